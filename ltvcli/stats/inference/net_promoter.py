"""The net promoter score and its interval: the adjusted Wald interval of a paired difference.

Source: Bonett & Price (2012), Adjusted Wald Confidence Interval for a Difference of Binomial
Proportions Based on Paired Data, Journal of Educational and Behavioral Statistics 37, 479-488;
for the net promoter score Rocks (2016), Interval Estimation for the Net Promoter Score, The
American Statistician 70, 365-372.
"""

from __future__ import annotations

import math

from msgspec import Struct

from ltvcli.stats.numerics.normal import Z_95

ADDED, ADDED_EACH = 3.0, 0.75
"""Answers added to all, and to promoters and to detractors."""
MOST = 100.0


class NetPromoter(Struct, frozen=True, kw_only=True):
    """Promoters less detractors per 100 answers, its 95% interval, and its standard error."""

    value: float
    low: float
    high: float
    error: float


def score(promoters: int, passives: int, detractors: int) -> NetPromoter | None:
    """Return the score of answers; None without any.

    Args:
        promoters: who gave 9 or 10.
        passives: who gave 7 or 8.
        detractors: who gave 0 to 6.

    Of 100 answers 50 promote and 20 detract; the interval is around (50.75 - 20.75) / 103:

    >>> nps = score(50, 30, 20)
    >>> nps.value, round(nps.low, 2), round(nps.high, 2)
    (30.0, 14.05, 44.2)

    Where few answers are all alike, the score lies beyond that interval, which is widened to it:

    >>> nps = score(1, 0, 0)
    >>> nps.value, round(nps.low, 2), nps.high
    (100.0, -48.5, 100.0)
    """
    n = promoters + passives + detractors
    if not n:
        return None
    adjusted = n + ADDED
    for_it, against = (promoters + ADDED_EACH) / adjusted, (detractors + ADDED_EACH) / adjusted
    centre = for_it - against
    error = math.sqrt((for_it + against - centre**2) / adjusted)
    ends = (MOST * (centre + sign * Z_95 * error) for sign in (-1, 1))
    low, high = (min(MOST, max(-MOST, end)) for end in ends)
    value = MOST * (promoters - detractors) / n
    return NetPromoter(value=value, low=min(low, value), high=max(high, value), error=MOST * error)
