"""Whether two counts of equal periods differ by more than chance."""

from __future__ import annotations

import math


def p_value(first: int, second: int, share: float = 0.5) -> float:
    """Return the two-sided p-value of two Poisson counts with means in a known ratio.

    Given their sum, the first is binomial: the exact conditional test.

    Args:
        first: count.
        second: count.
        share: of the mean of both that the first should have.

    Source: Przyborowski & Wilenski (1940), Biometrika 31, 313-323.

    5 against 0: both tails have (1/2)^5.

    >>> p_value(5, 0), p_value(3, 3)
    (0.0625, 1.0)
    """
    total = first + second
    if not total:
        return 1.0

    def chance(count: int) -> float:
        chosen = math.lgamma(total + 1) - math.lgamma(count + 1) - math.lgamma(total - count + 1)
        return math.exp(chosen + count * math.log(share) + (total - count) * math.log(1 - share))

    limit = chance(first) * (1 + 1e-9)
    return min(math.fsum(c for n in range(total + 1) if (c := chance(n)) <= limit), 1.0)
