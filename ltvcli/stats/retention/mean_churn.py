"""The churn of the last months as a single rate, for formulas with a constant churn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.stats.inference import wilson

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

RULE_OF_THREE = 3.0
"""If none of n customers left, the 95% upper limit of the rate is 3 / n.

Source: Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745.
"""


class MeanChurn(Struct, frozen=True, kw_only=True):
    """Leavers per customer and month over `months` months, with its 95% interval."""

    value: float
    low: float
    high: float
    left: float
    exposure: float  # customer-months: the customers at the start of each month, added up
    months: int


def last_months(opening: ArrayLike, left: ArrayLike, months: int = 6) -> MeanChurn | None:
    """Average the churn of the last months, each weighted by its customers.

    It is leavers over customers at the start, both summed, so a month of ten customers counts a
    tenth of a month of a hundred. None if no month has customers.

    The interval is Wilson's. Where nobody left, the high end is 3 / exposure, the highest churn
    that would show no leaver in one case of twenty.

    Args:
        opening: `(m,)` customers at the start of each month, complete months only, oldest first.
        left: `(m,)` those of them who left by its end.
        months: how many of the last months to use; all if there are fewer.

    Two of 100 and two of 60 left, four in 160 customer-months:

    >>> churn = last_months([100, 60], [2, 2])
    >>> churn.value, round(churn.low, 4), round(churn.high, 4)
    (0.025, 0.0098, 0.0625)
    >>> last_months([300], [0]).high
    0.01

    Raises:
        ValueError: the arrays differ in length, or a month has more leavers than customers, or a
            negative number of them.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212, preferred by Brown, Cai & DasGupta
    (2001), Statistical Science 16(2), 101-133; Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745,
    for 3 / exposure.
    """
    import numpy as np

    at_start = np.asarray(opening, dtype=np.float64)
    gone = np.asarray(left, dtype=np.float64)
    if at_start.shape != gone.shape or not ((gone >= 0) & (gone <= at_start)).all():
        raise ValueError("each month needs its customers and no more leavers than those")
    at_start, gone = at_start[-months:], gone[-months:]
    exposure, leavers = float(at_start.sum()), float(gone.sum())
    if exposure == 0:
        return None
    low, high = wilson.interval(leavers, exposure)
    if leavers == 0:
        high = min(RULE_OF_THREE / exposure, 1.0)
    return MeanChurn(
        value=leavers / exposure,
        low=low,
        high=high,
        left=leavers,
        exposure=exposure,
        months=len(at_start),
    )
