"""Left truncation: first months in which far more customers seem new than in a usual month."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

# Three times the usual month is more than a season; 1.5 times is an ordinary month again.
FAR_MORE = 3.0
ORDINARY = 1.5
ENOUGH_MONTHS = 3
# A usual month is one of the year that follows the first.
YEAR = 12


class InflatedMonths(Struct, frozen=True, kw_only=True):
    """How many first `months` hold too many new customers, and how many a `usual` month has."""

    months: int
    usual: float


def inflated_months(new: Sequence[float], far_more: float = FAR_MORE) -> InflatedMonths | None:
    """Return the first months with far more new customers than usual; None if none has.

    Customers acquired before the data begins seem new at their next order: most of them in the
    first months, fewer and fewer later. If nobody was new after the first months, the data follows
    a closed group, and nothing is inflated.

    Args:
        new: customers by month of their first order, for every month from the first on.
        far_more: how many times the usual month the first has to be.

    Source: Klein & Moeschberger (2003), Survival Analysis, chapter 3 (left truncation); the
    factors are rules of thumb.

    >>> inflated_months([400, 160, 100, 70, 60, 60, 60])
    InflatedMonths(months=3, usual=60.0)
    >>> inflated_months([60, 60, 90, 70, 60]), inflated_months([400, 500, 300, 0, 0, 0, 0, 0])
    (None, None)
    """
    from statistics import median

    if len(new) <= ENOUGH_MONTHS:
        return None
    usual = median(new[1 : 1 + YEAR])
    if usual <= 0 or new[0] < far_more * usual:
        return None
    months = next((n for n, count in enumerate(new) if count <= ORDINARY * usual), len(new))
    if after := new[months : months + YEAR]:
        usual = median(after)
    return InflatedMonths(months=months, usual=usual)
