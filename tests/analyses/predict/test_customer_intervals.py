"""Intervals of single customers: variance of the models, widened by the backtest."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from scipy import stats

from ltvcli.analyses.predict.customer_intervals import ranges
from ltvcli.analyses.predict.intervals import Uncertainty

SURE = Uncertainty(
    shared=0.0, period=0.0, dispersion=1.0, money=0.0, noise=0.0, stated=0.0, degrees=4
)
MEAN = np.array([0.0, 0.2, 3.0, 40.0])


def outlook(spread: float = 0.5) -> Any:
    """Customers of whom the models expect MEAN, each purchase at 10."""
    return SimpleNamespace(
        cells=SimpleNamespace(weight=np.array([5.0, 50.0, 20.0, 1.0])),
        orders={"model": MEAN},
        usual={"model": None},
        variances={"model": MEAN + spread * MEAN**2},
        paid=np.full(4, 10.0),
        lift=1.0,
    )


def test_orders_follow_the_variance_of_the_models() -> None:
    found = ranges(outlook(), MEAN, SURE)

    law = stats.nbinom(2.0, 2 / (2 + MEAN[1:]))
    assert found["orders_low"].tolist() == [0.0, *law.ppf(0.1)]
    assert found["orders_high"].tolist() == [0.0, *law.ppf(0.9)]


def test_a_corrected_forecast_keeps_differences_between_customers() -> None:
    found = ranges(outlook(), 2 * MEAN, SURE)

    law = stats.nbinom(2.0, 2 / (2 + 2 * MEAN[1:]))
    assert found["orders_high"].tolist() == [0.0, *law.ppf(0.9)]


@pytest.mark.parametrize(
    "uncertainty",
    [replace(SURE, dispersion=30.0), replace(SURE, shared=0.2)],
    ids=["customers differed more than models say", "all may be off together"],
)
def test_uncertainty_widens(uncertainty: Uncertainty) -> None:
    sure, doubtful = ranges(outlook(0.1), MEAN, SURE), ranges(outlook(0.1), MEAN, uncertainty)

    assert doubtful["orders_high"][3] > sure["orders_high"][3]
    assert doubtful["orders_low"][3] < sure["orders_low"][3]
    assert doubtful["value_high"][3] > sure["value_high"][3]


def test_value_has_the_mean_and_variance_of_so_many_purchases() -> None:
    spread, noise, mean = 0.1, 1.0, MEAN[3]
    found = ranges(outlook(spread), MEAN, SURE)

    # Hardly anybody has no order at all, so a lognormal law with these is all there is.
    variance = math.log(1 + (mean * noise + mean + spread * mean**2) / mean**2)
    for end, probability in (("value_low", 0.1), ("value_high", 0.9)):
        away = stats.norm.ppf(probability) * math.sqrt(variance)
        assert found[end][3] == pytest.approx(math.exp(away - variance / 2), rel=1e-2)


def test_noise_of_purchases_is_what_earlier_days_leave_of_it() -> None:
    weight, paid = outlook().cells.weight, 10.0
    noise = 2.0
    squares = weight @ (paid**2 * (MEAN * (1 + noise) + MEAN**2 * 1.5))
    seen = replace(SURE, noise=float(squares / (weight @ (paid * MEAN))))

    wide, plain = ranges(outlook(), MEAN, seen), ranges(outlook(), MEAN, SURE)
    more = math.log(wide["value_high"][3] / plain["value_high"][3])
    assert more > 0
    assert (
        ranges(outlook(), MEAN, replace(SURE, noise=1e-9))["value_high"][3] < plain["value_high"][3]
    )


def test_customers_most_likely_inactive_have_no_expected_value() -> None:
    found = ranges(outlook(), np.full(4, 0.05), SURE)

    assert found["orders_high"].tolist() == [0.0] * 4
    assert found["value_high"].tolist() == [0.0] * 4
