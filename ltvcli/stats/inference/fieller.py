"""The relative difference of two means, with the interval of Fieller.

Source: Fieller (1954), Some Problems in Interval Estimation, Journal of the Royal Statistical
Society B 16, 175-185; the form for independent means.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from ltvcli.stats.inference.welch import Sample


class Relative(Struct, frozen=True, kw_only=True):
    """The ratio of two means, less 1; the ends are None if the interval is unbounded."""

    value: float
    low: float | None
    high: float | None


def relative(treated: Sample, control: Sample, critical: float) -> Relative | None:
    """Return the relative difference of the mean of `treated` from that of `control`.

    None where the mean of `control` is not above 0. Where it may be 0, the interval has no ends.

    Args:
        treated: mean and its spread.
        control: the same of the base.
        critical: quantile of the interval, 1.96 or that of Student's t.

    Errors of 1 on both: 20 / 10 - 1 = 1, g = 0.04, (2 -+ 0.2 sqrt(1 + 4 - 0.04)) / 0.96 - 1:

    >>> from ltvcli.stats.inference.welch import Sample
    >>> found = relative(Sample(n=4, mean=20, sd=2), Sample(n=4, mean=10, sd=2), 2.0)
    >>> found.value, round(found.low, 4), round(found.high, 4)
    (1.0, 0.6194, 1.5473)
    """
    if control.mean <= 0:
        return None
    ratio = treated.mean / control.mean
    scale = (critical / control.mean) ** 2
    uncertain = scale * control.squared_error
    if uncertain >= 1:
        return Relative(value=ratio - 1, low=None, high=None)
    spread = treated.squared_error * (1 - uncertain) + ratio**2 * control.squared_error
    half = math.sqrt(scale * spread)
    return Relative(
        value=ratio - 1,
        low=(ratio - half) / (1 - uncertain) - 1,
        high=(ratio + half) / (1 - uncertain) - 1,
    )
