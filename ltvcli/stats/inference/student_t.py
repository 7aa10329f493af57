"""Student's t for whole degrees of freedom, exactly, without scipy."""

from __future__ import annotations

import math
from functools import cache


def cdf(t: float, degrees: int) -> float:
    """Return the probability of at most `t`, with `degrees` (1 or more) degrees of freedom.

    A finite sum, exact for whole degrees.

    Source: Abramowitz & Stegun (1964), equations 26.7.3 (odd) and 26.7.4 (even).

    >>> cdf(0.0, 5), round(cdf(1.0, 1), 12), round(cdf(12.706204736432, 1), 9)
    (0.5, 0.75, 0.975)
    """
    angle = math.atan2(t, math.sqrt(degrees))
    sine, square = math.sin(angle), math.cos(angle) ** 2
    if degrees % 2:
        term, total = math.cos(angle), 0.0
        for k in range(3, degrees + 1, 2):
            total += term
            term *= square * (k - 1) / k
        inside = 2 / math.pi * (angle + sine * total)
    else:
        term, total = 1.0, 0.0
        for k in range(2, degrees + 1, 2):
            total += term
            term *= square * (k - 1) / k
        inside = sine * total
    return min(max(0.5 + inside / 2, 0.0), 1.0)


@cache
def quantile(probability: float, degrees: int) -> float:
    """Return the t whose `cdf` is `probability` (above 0, below 1).

    >>> round(quantile(0.975, 1), 4), round(quantile(0.975, 99), 4), quantile(0.5, 3)
    (12.7062, 1.9842, 0.0)
    """
    if probability == 0.5:  # noqa: PLR2004 - the median of a symmetric distribution
        return 0.0
    if probability < 0.5:  # noqa: PLR2004
        return -quantile(1 - probability, degrees)
    low, high = 0.0, 1.0
    while cdf(high, degrees) < probability:
        low, high = high, high * 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if cdf(middle, degrees) < probability else (low, middle)
    return high
