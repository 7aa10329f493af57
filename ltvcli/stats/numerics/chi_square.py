"""The upper tail of the chi-square distribution, exactly, without scipy."""

from __future__ import annotations

import math


def upper_tail(value: float, degrees: int) -> float:
    """Return the probability that a chi-square variable exceeds `value`.

    Args:
        value: 0 or more.
        degrees: degrees of freedom, 1 or more.

    A finite sum, exact for whole degrees.

    Source: Abramowitz & Stegun (1964), equations 26.4.4 (odd) and 26.4.5 (even).

    With 2 degrees it is exp(-value / 2); 5% lie above 3.8415 with 1 degree, 7.8147 with 3:

    >>> round(upper_tail(2.0, 2), 6), round(upper_tail(3.8415, 1), 4)
    (0.367879, 0.05)
    >>> round(upper_tail(7.8147, 3), 4)
    0.05
    """
    half = value / 2
    if degrees % 2:
        total = math.erfc(math.sqrt(half))
        term = math.exp(-half) * math.sqrt(half) * 2 / math.sqrt(math.pi)
        first = 1.5
    else:
        total, term, first = 0.0, math.exp(-half), 1.0
    for step in range(degrees // 2):
        total += term
        term *= half / (first + step)
    return min(total, 1.0)
