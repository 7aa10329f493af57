"""The negative binomial distribution: orders of customers whose rates differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_POISSON = 1e-9  # a spread below this changes no count
MOST_ORDERS = 10_000.0
"""Mean above which orders are counted in larger units, which bounds the running time."""


def none(mean: Floats, spread: Floats) -> Floats:
    """Return the probability `(n,)` of 0.

    `mean` and `spread` `(n,)` are as for `quantile`.

    >>> none(np.array([1.0, 2.0]), np.array([0.0, 1.0])).round(4).tolist()
    [0.3679, 0.3333]
    """
    wide = np.maximum(spread, _POISSON)
    probability: Floats = np.exp(-np.log1p(mean * wide) / wide)
    return probability


def quantile(probability: float, mean: Floats, spread: Floats) -> Floats:
    """Return the smallest numbers `(n,)` that are not exceeded with this `probability`.

    A mean above MOST_ORDERS is counted in units of several orders, with a spread that leaves the
    variance as it is (or larger), so the result is a multiple of the unit then.

    Args:
        probability: below 1. By Markov's inequality the result is at most mean / (1 - probability),
            which bounds the number of steps.
        mean: above 0 and finite `(n,)`.
        spread: variance is mean + spread x mean^2; 0 is a Poisson law `(n,)`.

    >>> quantile(0.9, np.array([0.01, 2.0, 50.0]), np.array([1.0, 1.0, 0.1])).tolist()
    [0.0, 5.0, 73.0]

    Source: Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, 5.1 and 5.10 (each
    probability from the one before).
    """
    unit = np.maximum(np.ceil(mean / MOST_ORDERS), 1.0)
    # Variance over the square of the mean is spread + 1 / mean, whatever the unit.
    spread = np.where(unit > 1, np.maximum(spread - (unit - 1) / mean, 0.0), spread)
    return unit * _counted(probability, mean / unit, spread)


def _counted(probability: float, mean: Floats, spread: Floats) -> Floats:
    """Add up probabilities, beginning at 0."""
    size = 1 / np.maximum(spread, _POISSON)
    again = np.log(mean) - np.log(mean + size)
    quantiles = np.zeros(len(mean))
    left = np.arange(len(mean))
    log_probability = -size * np.log1p(mean / size)  # of 0, in logs: it underflows for many orders
    log_sum = log_probability
    count = 0
    while len(left := left[(short := log_sum < np.log(probability))]):
        size, again, log_probability, log_sum = (
            size[short],
            again[short],
            log_probability[short],
            log_sum[short],
        )
        log_probability = log_probability + again + np.log((size + count) / (count + 1))
        log_sum = np.logaddexp(log_sum, log_probability)
        count += 1
        quantiles[left] = count
    return quantiles
