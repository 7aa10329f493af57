"""Ratios of observed to expected counts, shrunk towards 1 by how much they differ beyond chance.

A ratio has the prior Gamma(nu, nu), of mean 1; given its count, it is Gamma(O + nu, E + nu). Where
counts vary less than Poisson ones, nu weighs chance by that much less (quasi-Poisson); the interval
does not, and is too wide rather than too narrow.

Source: Clayton & Kaldor (1987), Biometrics 43, 671-681; moments of Marshall (1991), Applied
Statistics 40, 283-294.
"""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.stats.numerics.incomplete_gamma import quantile

LEVEL = 0.8
"""Of the interval."""


def strength(
    observed: Sequence[float], expected: Sequence[float], dispersion: float = 1.0
) -> float | None:
    """Return nu, by moments; None where the ratios differ by no more than chance.

    Args:
        observed: counts `(n,)`.
        expected: counts `(n,)`, above 0.
        dispersion: variance of a count by chance, over its mean: 1 for Poisson counts, below 1 for
            counts of those who stayed, which are binomial.

    Two ratios 1.5 and 0.5 of 100 expected each vary by 0.25, chance alone by 0.01:

    >>> round(strength([150, 50], [100, 100]), 6) == round(1 / 0.24, 6)
    True
    >>> strength([100, 100], [100, 100]) is None
    True
    """
    total = sum(expected)
    if total <= 0:
        return None
    mean = sum(observed) / total
    spread = (
        sum(
            exposure * (count / exposure - mean) ** 2
            for count, exposure in zip(observed, expected, strict=True)
        )
        / total
    )
    beyond = spread - dispersion * mean * len(expected) / total
    return dispersion * mean**2 / beyond if beyond > 0 else None


def shrunk(observed: float, expected: float, nu: float) -> float:
    """Return the mean of the ratio given its count.

    Args:
        observed: count.
        expected: count.
        nu: strength of the prior, in expected counts.

    >>> round(shrunk(18, 14.0, 10), 4), round(shrunk(3, 5.6, 10), 4)
    (1.1667, 0.8333)
    """
    return (observed + nu) / (expected + nu)


def interval(
    observed: float, expected: float, nu: float, level: float = LEVEL
) -> tuple[float, float]:
    """Return the ends of the interval of the ratio given its count.

    Args:
        observed: count.
        expected: count.
        nu: strength of the prior, in expected counts.
        level: of the interval.

    >>> [round(end, 2) for end in interval(3, 5.6, 10)]
    [0.55, 1.14]
    """
    tail = (1 - level) / 2
    shape, rate = observed + nu, expected + nu
    return quantile(shape, tail) / rate, quantile(shape, 1 - tail) / rate
