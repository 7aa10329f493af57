"""Accuracy of a forecast of orders by customer, from counts of customers with the same record.

Every sum is over customers: a row for `weight` of them counts that many times, and customers with
equal values share ranks, so that counting customers together changes nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TENTHS = 10


class Score(Struct, frozen=True, kw_only=True):
    """Predicted against actual orders of customers known at a cut-off.

    bias: predicted / actual - 1 of the total; None where nothing was ordered.
    spearman, gini: how well customers were ranked, 1 at best, 0 by chance; None where the forecast,
        or the number of orders, is the same for everybody.
    """

    predicted: float
    actual: float
    bias: float | None
    rmse: float
    mae: float
    spearman: float | None
    gini: float | None


class Tenth(Struct, frozen=True, kw_only=True):
    """A tenth of the customers, those of the highest forecast first; sums of orders."""

    customers: float
    predicted: float
    actual: float
    variance: float


def score(predicted: Floats, actual: Floats, weight: Floats) -> Score:
    """Score a forecast against actual orders of customers.

    Args:
        predicted: orders expected of each customer of a row `(n,)`.
        actual: orders each of them placed `(n,)`.
        weight: customers in the row `(n,)`.

    `gini` is the normalised Gini: the covariance of actual orders with the rank of the forecast, as
    a share of that with their own rank. Source: Lerman & Yitzhaki (1984), Economics Letters 15,
    363-368, the covariance form; Frees, Meyers & Cummings (2011), JASA 106, 1085-1098, for ranking
    by a forecast.

    >>> result = score(np.array([0.5, 2.0]), np.array([0.0, 3.0]), np.array([2.0, 1.0]))
    >>> result.predicted, result.actual, result.bias, result.spearman, result.gini
    (3.0, 3.0, 0.0, 1.0, 1.0)
    """
    customers = float(weight.sum())
    total, total_actual = dot(weight, predicted), dot(weight, actual)
    by_forecast, by_actual = ranks(predicted, weight), ranks(actual, weight)
    errors = predicted - actual
    best = _covariance(actual, by_actual, weight)
    return Score(
        predicted=total,
        actual=total_actual,
        bias=total / total_actual - 1 if total_actual else None,
        rmse=math.sqrt(dot(weight, errors**2) / customers),
        mae=dot(weight, np.abs(errors)) / customers,
        spearman=_correlation(by_forecast, by_actual, weight),
        gini=_covariance(actual, by_forecast, weight) / best if best > 0 else None,
    )


def ranks(values: Floats, weight: Floats) -> Floats:
    """Rank `values` `(n,)`, smallest first from 1; equal values share the mean of their ranks."""
    _, group = np.unique(values, return_inverse=True)
    customers = np.bincount(group, weights=weight)
    mean_ranks: Floats = (customers.cumsum() - (customers - 1) / 2)[group]
    return mean_ranks


def tenths(
    predicted: Floats, actual: Floats, weight: Floats, variance: Floats
) -> tuple[Tenth, ...]:
    """Sum each decile of the customers, in order of forecast, highest first.

    Args:
        predicted: orders expected of each customer of a row `(n,)`.
        actual: orders each of them placed `(n,)`.
        weight: customers in the row `(n,)`.
        variance: of the orders of one customer of a row, by the forecast `(n,)`.

    Customers with the same forecast on either side of a border count with their mean orders.
    """
    _, group = np.unique(-predicted, return_inverse=True)
    sums = [
        np.bincount(group, weights=weight * values) for values in (1, predicted, actual, variance)
    ]
    reached = np.concatenate([[0.0], sums[0].cumsum()])
    borders = np.linspace(0, reached[-1], TENTHS + 1)
    parts = [
        np.diff(np.interp(borders, reached, np.concatenate([[0.0], total.cumsum()])))
        for total in sums
    ]
    return tuple(
        Tenth(
            customers=float(customers),
            predicted=float(predicted_orders),
            actual=float(actual_orders),
            variance=float(orders_variance),
        )
        for customers, predicted_orders, actual_orders, orders_variance in zip(*parts, strict=True)
    )


def _covariance(left: Floats, right: Floats, weight: Floats) -> float:
    return float(
        np.average(
            (left - np.average(left, weights=weight)) * (right - np.average(right, weights=weight)),
            weights=weight,
        )
    )


def _correlation(left: Floats, right: Floats, weight: Floats) -> float | None:
    spread = _covariance(left, left, weight) * _covariance(right, right, weight)
    return _covariance(left, right, weight) / math.sqrt(spread) if spread > 0 else None
