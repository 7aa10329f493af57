"""80% intervals of what one customer will do: number of orders, and what they bring.

Orders follow a negative binomial law with the mean that is forecast and the variance that the
models give them, widened to what customers differed by on earlier days, and by the doubt that all
share. What they bring is nothing if there is no order, else it follows a lognormal law with the
mean and variance of so many purchases.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict.intervals import LEVEL, Doubt
from ltvcli.stats.inference import negative_binomial
from ltvcli.stats.numerics.normal import quantiles
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.forecasts import Outlook

    Floats = NDArray[np.float64]

ENDS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
_LEAST_NOISE, _UNTOLD_NOISE = 0.25, 1.0  # of what a purchase brings: variance over squared mean


def ranges(seen: Outlook, orders: Floats, doubt: Doubt) -> Mapping[str, Floats]:
    """Return the ends of the interval of one customer of each record `(c,)`.

    Args:
        seen: of today.
        orders: forecast of one customer `(c,)`.
        doubt: about totals, and what customers differed by.

    Returns:
        orders_low, orders_high; and value_low, value_high as multiples of the expected value.
    """
    there = orders > 0
    mean = orders[there]
    spread = np.maximum(_spread(seen, doubt)[there], 0.0)
    shared = spread + math.expm1(doubt.shared)
    noise = _noise(seen, mean, spread, there, doubt)
    low, high = (negative_binomial.quantile(end, mean, shared) for end in ENDS)
    least, most = (_value(end, mean, shared, noise, doubt.money) for end in ENDS)
    found = {"orders_low": low, "orders_high": high, "value_low": least, "value_high": most}
    return {key: _placed(one, there) for key, one in found.items()}


def _spread(seen: Outlook, doubt: Doubt) -> Floats:
    """Return (variance - mean) / mean^2 `(c,)`: by the models, and as wide as customers were."""
    models = [seen.orders[name] for name in seen.usual] or [next(iter(seen.orders.values()))]
    mean: Floats = np.mean(models, axis=0)
    weight = seen.cells.weight
    total = dot(weight, mean)
    usual = dot(weight, seen.variance) / total if total > 0 else 1.0
    variance = seen.variance * max(1.0, doubt.dispersion / usual)
    return np.divide(variance - mean, mean**2, out=np.zeros(len(mean)), where=mean > 0)


def _noise(
    seen: Outlook, mean: Floats, spread: Floats, there: NDArray[np.bool_], doubt: Doubt
) -> float:
    """Tell by how much purchases differ in what they bring, as customers of earlier days showed.

    The mean square of what a customer brings has a part by the number of purchases; the rest is
    this.
    """
    if not doubt.noise or not len(mean):
        return _UNTOLD_NOISE
    weight, paid = seen.cells.weight[there], (seen.paid * seen.lift)[there]
    squares = doubt.noise * dot(weight * mean, paid)
    by_number = dot(weight, paid**2 * mean**2 * (1 + spread))
    each = dot(weight, paid**2 * mean)
    return max((squares - by_number) / each - 1, _LEAST_NOISE) if each > 0 else _UNTOLD_NOISE


def _value(probability: float, mean: Floats, spread: Floats, noise: float, money: float) -> Floats:
    """Return a quantile `(c,)` of what a customer brings, over what is expected of them."""
    some = 1 - negative_binomial.none(mean, spread)
    first = mean / some
    second = (mean * (1 + noise) + mean**2 * (1 + spread)) * math.exp(money) / some
    variance = np.log(second / first**2)  # of the log
    share = np.maximum(probability - (1 - some), 0.0) / some
    found = first * np.exp(np.sqrt(variance) * quantiles(share) - variance / 2) / mean
    return np.where(share > 0, found, 0.0)


def _placed(values: Floats, there: NDArray[np.bool_]) -> Floats:
    found = np.zeros(len(there))
    found[there] = values
    return found
