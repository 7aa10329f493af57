"""First months in which far more customers look new than in a usual month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Three times the usual month is more than a season; 1.5 times is an ordinary month again.
FAR_MORE = 3.0
ORDINARY = 1.5
ENOUGH_MONTHS = 3
# A usual month is one of the year that follows the first.
YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowding:
    """How many first `months` are crowded, against the new customers of a `usual` month later."""

    months: int
    usual: float


def crowded(new: Sequence[float], far_more: float = FAR_MORE) -> Crowding | None:
    """Tell whether the first month holds far more new customers than a usual one.

    Customers who were there before the data begins look new when they order next: most of them in
    the first months, fewer and fewer later. Where nobody came after the first months, the data
    follows a closed group, and they are no crowd.

    Args:
        new: customers by month of their first order, from the first month on, none left out.
        far_more: how many times the usual month the first has to be.

    Source: Klein & Moeschberger (2003), Survival Analysis, chapter 3 (left truncation); the
    factors are rules of thumb.

    >>> crowded([400, 160, 100, 70, 60, 60, 60])
    Crowding(months=3, usual=60.0)
    >>> crowded([60, 60, 90, 70, 60]), crowded([400, 500, 300, 0, 0, 0, 0, 0])
    (None, None)
    """
    from statistics import median

    if len(new) <= ENOUGH_MONTHS:
        return None
    usual = median(new[1 : 1 + YEAR])
    if usual <= 0 or new[0] < far_more * usual:
        return None
    months = next((n for n, one in enumerate(new) if one <= ORDINARY * usual), len(new))
    if after := new[months : months + YEAR]:
        usual = median(after)
    return Crowding(months=months, usual=usual)
