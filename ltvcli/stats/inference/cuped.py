"""CUPED: means adjusted for values before the assignment.

Source: Deng, Xu, Kohavi & Walker (2013), Improving the Sensitivity of Online Controlled Experiments
by Utilizing Pre-Experiment Data, WSDM 2013, equations 4 and 5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from ltvcli.stats.inference.welch import Sample


class Before(Struct, frozen=True, kw_only=True):
    """Values of a group before the assignment: mean, standard deviation, covariance.

    Divisors are n - 1.
    """

    mean: float
    sd: float
    covariance: float


class Adjusted(Struct, frozen=True, kw_only=True):
    """Adjusted samples, the share of variance saved, and the slope."""

    samples: tuple[Sample, ...]
    saved: float
    theta: float = 0.0


def adjusted(samples: Sequence[Sample], before: Sequence[Before]) -> Adjusted:
    """Subtract from each outcome theta times the earlier value, less its mean over all groups.

    Theta is the slope within groups, the same for all. Means of groups change by chance only; their
    variance falls by the square of the correlation.

    Args:
        samples: the outcome of each group.
        before: of each group, in the same order.

    The earlier value equals the outcome, so only the common mean is left:

    >>> half = Sample(n=5, mean=2.0, sd=3.0), Sample(n=5, mean=4.0, sd=3.0)
    >>> found = adjusted(half, [Before(mean=s.mean, sd=3.0, covariance=9.0) for s in half])
    >>> [sample.mean for sample in found.samples], found.saved
    ([3.0, 3.0], 1.0)
    """
    customers = sum(sample.n for sample in samples)
    pairs = list(zip(samples, before, strict=True))
    spread = sum((sample.n - 1) * earlier.sd**2 for sample, earlier in pairs)
    together = sum((sample.n - 1) * earlier.covariance for sample, earlier in pairs)
    variance = sum((sample.n - 1) * sample.sd**2 for sample in samples)
    if not spread or not variance:
        return Adjusted(samples=tuple(samples), saved=0.0)
    theta = together / spread
    mean = sum(sample.n * earlier.mean for sample, earlier in pairs) / customers
    freed = []
    for sample, earlier in pairs:
        left = sample.sd**2 - 2 * theta * earlier.covariance + theta**2 * earlier.sd**2
        freed.append(
            Sample(
                n=sample.n,
                mean=sample.mean - theta * (earlier.mean - mean),
                sd=math.sqrt(max(left, 0.0)),
            )
        )
    return Adjusted(samples=tuple(freed), saved=together**2 / (spread * variance), theta=theta)
