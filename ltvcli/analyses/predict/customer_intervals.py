"""80% intervals of a single customer: number of orders, and their value.

Orders follow a negative binomial distribution with the predicted mean and the variance of the
models, widened to the differences between customers in the backtest, and by the uncertainty that
all share. Their value is 0 without an order, else it follows a lognormal distribution with the mean
and variance of that number of purchases.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict.intervals import LEVEL, Uncertainty
from ltvcli.stats.inference import negative_binomial
from ltvcli.stats.numerics.normal import quantiles
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.forecasts import Outlook

    Floats = NDArray[np.float64]

ENDS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
_LEAST_NOISE, _ASSUMED_NOISE = 0.25, 1.0  # of the value of a purchase: variance over squared mean


def ranges(seen: Outlook, orders: Floats, uncertainty: Uncertainty) -> Mapping[str, Floats]:
    """Return the ends of the interval of one customer of each record `(c,)`.

    Args:
        seen: forecasts of today.
        orders: forecast of one customer `(c,)`.
        uncertainty: uncertainty of totals, and differences between customers.

    Returns:
        orders_low, orders_high; and value_low, value_high as multiples of the expected value.
    """
    ordering = orders > 0
    mean = orders[ordering]
    spread = np.maximum(_spread(seen, uncertainty)[ordering], 0.0)
    shared = spread + math.expm1(uncertainty.shared)
    noise = _noise(seen, mean, spread, ordering, uncertainty)
    low, high = (negative_binomial.quantile(end, mean, shared) for end in ENDS)
    least, most = (_value(end, mean, shared, noise, uncertainty.money) for end in ENDS)
    ends = {"orders_low": low, "orders_high": high, "value_low": least, "value_high": most}
    return {key: _placed(values, ordering) for key, values in ends.items()}


def _spread(seen: Outlook, uncertainty: Uncertainty) -> Floats:
    """Return (variance - mean) / mean^2 `(c,)`: of the models, and as wide as in the backtest."""
    models = [seen.orders[name] for name in seen.usual] or [next(iter(seen.orders.values()))]
    variances = [seen.variances[name] for name in seen.usual] or models
    mean: Floats = np.mean(models, axis=0)
    variance: Floats = np.mean(variances, axis=0)
    weight = seen.cells.weight
    total = dot(weight, mean)
    usual = dot(weight, variance) / total if total > 0 else 1.0
    variance = variance * max(1.0, uncertainty.dispersion / usual)
    return np.divide(variance - mean, mean**2, out=np.zeros(len(mean)), where=mean > 0)


def _noise(
    seen: Outlook,
    mean: Floats,
    spread: Floats,
    ordering: NDArray[np.bool_],
    uncertainty: Uncertainty,
) -> float:
    """Return the relative variance of the value of a purchase, from the backtest.

    The mean square of a customer's value is due to the number of purchases, and to this.
    """
    if not uncertainty.noise or not len(mean):
        return _ASSUMED_NOISE
    weight, paid = seen.cells.weight[ordering], (seen.paid * seen.lift)[ordering]
    squares = uncertainty.noise * dot(weight * mean, paid)
    by_number = dot(weight, paid**2 * mean**2 * (1 + spread))
    each = dot(weight, paid**2 * mean)
    return max((squares - by_number) / each - 1, _LEAST_NOISE) if each > 0 else _ASSUMED_NOISE


def _value(probability: float, mean: Floats, spread: Floats, noise: float, money: float) -> Floats:
    """Return a quantile `(c,)` of a customer's value, over the expected value."""
    ordering = 1 - negative_binomial.none(mean, spread)
    first = mean / ordering
    second = (mean * (1 + noise) + mean**2 * (1 + spread)) * math.exp(money) / ordering
    variance = np.log(second / first**2)  # of the log
    share = np.maximum(probability - (1 - ordering), 0.0) / ordering
    quantile = first * np.exp(np.sqrt(variance) * quantiles(share) - variance / 2) / mean
    return np.where(share > 0, quantile, 0.0)


def _placed(values: Floats, where: NDArray[np.bool_]) -> Floats:
    placed = np.zeros(len(where))
    placed[where] = values
    return placed
