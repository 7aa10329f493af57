"""The 95% interval of the mean behind a count."""

from __future__ import annotations

import math

from ltvcli.stats.numerics.normal import Z_95


def interval(count: int) -> tuple[float, float]:
    """Return the ends of the 95% interval of the mean of a Poisson count.

    Byar's approximation to the exact interval of Garwood (1936), Biometrika 28, 437-442; from 5 on
    within one per cent of it, below on the wide side.

    Source: Breslow & Day (1987), Statistical Methods in Cancer Research II, equations 2.13, 2.14.

    The exact ends for 10 are 4.795 and 18.390:

    >>> [round(end, 2) for end in interval(10)]
    [4.79, 18.39]
    >>> interval(0)[0]
    0.0
    """
    low = count * (1 - 1 / (9 * count) - Z_95 / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return max(low, 0.0), more * (1 - 1 / (9 * more) + Z_95 / (3 * math.sqrt(more))) ** 3
