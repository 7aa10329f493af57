"""The 95% interval of a share."""

from __future__ import annotations

import math

from ltvcli.stats.numerics.normal import Z_95


def interval(hits: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Return the low and high end of Wilson's interval of the share `hits / n`; `n` is above 0.

    Args:
        hits: how many of them.
        n: how many in all.
        z: standard deviations either way; 95% if not given.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; preferred by Brown, Cai & DasGupta
    (2001), Statistical Science 16(2), 101-133.

    >>> [round(end, 4) for end in interval(8, 10)]
    [0.4902, 0.9433]
    >>> interval(0, 10)[0], interval(10, 10)[1]
    (0.0, 1.0)
    """
    share, extra = hits / n, z**2 / n
    middle = (share + extra / 2) / (1 + extra)
    half = math.sqrt(extra * (share * (1 - share) + extra / 4)) / (1 + extra)
    # With none or all, the ends are exactly 0 and 1, whatever the rounding.
    return 0.0 if hits == 0 else middle - half, 1.0 if hits == n else middle + half
