"""Two means with unequal variances: difference, interval and test.

Source: Welch (1947), The Generalization of Student's Problem when Several Different Population
Variances are Involved, Biometrika 34, 28-35; degrees of freedom as there, not rounded.
"""

from __future__ import annotations

import math
from functools import cache

from msgspec import Struct

from ltvcli.stats.numerics.incomplete_beta import incomplete_beta

LEVEL = 0.95
_STEPS = 60


class Sample(Struct, frozen=True, kw_only=True):
    """Size, mean and standard deviation (divisor n - 1) of a sample of two or more."""

    n: int
    mean: float
    sd: float

    @property
    def squared_error(self) -> float:
        """The variance of the mean."""
        return self.sd**2 / self.n


class Difference(Struct, frozen=True, kw_only=True):
    """A difference of two means, its standard error and the degrees of freedom behind it."""

    value: float
    error: float
    degrees: float

    @property
    def half_width(self) -> float:
        """Half the width of the 95% interval."""
        return quantile((1 + LEVEL) / 2, self.degrees) * self.error if self.error else 0.0

    def p_value(self, against: float = 0.0) -> float:
        """Return the two-sided p-value of the hypothesis that the difference is `against`."""
        if not self.error:
            return float(self.value == against)
        t = (self.value - against) / self.error
        return two_sided(t, self.degrees)


def difference(treated: Sample, control: Sample) -> Difference:
    """Return the mean of `treated` less that of `control`.

    Variances 4 / 4 = 1 and 0 / 9 = 0: the error is 1, with the degrees of freedom of the first.

    >>> difference(Sample(n=4, mean=5.0, sd=2.0), Sample(n=9, mean=3.0, sd=0.0))
    Difference(value=2.0, error=1.0, degrees=3.0)
    """
    first, second = treated.squared_error, control.squared_error
    total = first + second
    degrees = float(treated.n + control.n - 2)
    if total:
        terms = zip((first, second), (treated, control), strict=True)
        degrees = total**2 / sum(term**2 / max(sample.n - 1, 1) for term, sample in terms)
    return Difference(
        value=treated.mean - control.mean, error=math.sqrt(total), degrees=max(degrees, 1.0)
    )


def two_sided(t: float, degrees: float) -> float:
    """Return the probability that Student's t lies at least as far from 0 as `t`.

    >>> round(two_sided(12.7062047, 1.0), 6), round(two_sided(2.0, 2.5), 4)
    (0.05, 0.1574)
    """
    return incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t))


@cache
def quantile(probability: float, degrees: float) -> float:
    """Return the t that Student's t stays below with `probability` (above 0.5, below 1).

    >>> round(quantile(0.975, 1.0), 4), round(quantile(0.975, 1e7), 4)
    (12.7062, 1.96)
    """
    outside = 2 * (1 - probability)
    low, high = 0.0, 2.0
    while two_sided(high, degrees) > outside:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, degrees) > outside else (low, middle)
    return (low + high) / 2
