"""Signs of risk: a forecast that depends on few customers, and a shrinking base."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from ltvcli.analyses.predict import signs
from ltvcli.analyses.predict.intervals import Uncertainty
from ltvcli.checks.predict import orders_changed_level
from ltvcli.checks.predict.few_carry_repeat_orders import FEW
from ltvcli.stats.purchases.record import Cells
from tests.formats.prediction_reports import prediction

UNCERTAINTY = Uncertainty(
    shared=0.02, period=0.01, dispersion=1.0, money=0.001, noise=0.0, stated=0.1, degrees=8
)


def cells(orders: np.ndarray) -> Cells:
    """Return records of one customer each, with `orders` repeat orders."""
    time = np.full(len(orders), 9.0)
    return Cells(frequency=orders, recency=time, age=time, weight=np.ones(len(orders)))


def overstated(
    errors: list[float], *, calendar_known: bool = True, chance: float = 0.0025
) -> float:
    holdouts: Any = [SimpleNamespace(chance_of_total=chance) for _ in errors]
    return signs.overstated(holdouts, np.array(errors), calendar_known=calendar_known)


def test_three_big_buyers_carry_a_shop() -> None:
    orders = np.array([*[100.0] * 3, *[1.0] * 200, *[0.0] * 500])

    assert signs.carriers(cells(orders)) == 3
    assert signs.concentration(cells(orders)) == pytest.approx((3 * 100**2 + 200) / 500**2)


def test_customers_counted_together_are_distinguished() -> None:
    orders = np.array([4.0, 4.0, 4.0, 1.0, 0.0])
    together = Cells(
        frequency=np.array([0.0, 1.0, 4.0]),
        recency=np.zeros(3),
        age=np.full(3, 9.0),
        weight=np.array([1.0, 1.0, 3.0]),
    )

    assert signs.carriers(together) == signs.carriers(cells(orders)) == 2
    assert signs.concentration(together) == pytest.approx(signs.concentration(cells(orders)))


def test_usual_differences_between_customers_are_no_alarm() -> None:
    """Orders of a gamma mixture, as unlike as those of CDNOW (r = .24) or of regular buyers."""
    alarms = 0
    for seed in range(50):
        chance = np.random.default_rng(seed)
        rate = chance.gamma((0.24, 0.55, 1.0, 3.0)[seed % 4], 4.0, 1500)
        orders = chance.poisson(rate).astype(float)
        alarms += signs.carriers(cells(orders)) <= FEW * (orders > 0).sum()

    assert alarms == 0


def test_no_orders_are_carried_by_nobody() -> None:
    assert signs.carriers(cells(np.zeros(3))) == 0
    assert signs.concentration(cells(np.zeros(3))) == 0


def test_a_forecast_that_was_too_high_each_time_is_overstated() -> None:
    assert overstated([-0.2, -0.3, -0.25, -0.25]) == pytest.approx(1 - np.exp(-0.25))
    assert overstated([-0.25, -0.25, -0.25]) == pytest.approx(1 - np.exp(-0.25))
    assert overstated([-0.4, -0.4, -0.4, 0.01]) == 0
    assert overstated([-0.1, -0.1, -0.1]) == 0
    assert overstated([-0.3, -0.3]) == 0
    assert overstated([-0.3, -0.3, -0.3], calendar_known=False) == 0
    assert overstated([-0.3, -0.3, -0.3], chance=0.1) == 0


def test_signs_widen_the_interval_and_no_sign_leaves_it() -> None:
    assert UNCERTAINTY.widened(100.0, 50.0, 0.03, 0.0, 0.0) == UNCERTAINTY
    few, falling = (
        UNCERTAINTY.widened(100.0, 50.0, *both, 0.0) for both in ((0.07, 0.0), (0.0, 0.25))
    )

    assert few.of_orders(100.0) ** 2 == pytest.approx(UNCERTAINTY.of_orders(100.0) ** 2 + 0.04)
    assert falling.of_value(100.0, 900.0) > UNCERTAINTY.of_value(100.0, 900.0)
    assert cast(float, falling.shared) == pytest.approx(0.02 + np.log(0.75) ** 2)
    halved = UNCERTAINTY.widened(100.0, 50.0, 0.03, 0.0, np.log(0.5))
    assert halved.shared == pytest.approx(0.02 + np.log(0.5) ** 2 / 3)


@pytest.mark.parametrize(("calendar", "may_be_a_season"), [(None, True), (0.0, False)])
def test_a_change_of_level_may_be_a_season_until_one_can_be_estimated(
    calendar: float | None, may_be_a_season: bool
) -> None:
    """From 60 weeks on, not from 13 months on."""
    report = prediction(
        history_days=400, calendar=calendar, changed=-0.3, changed_since=date(2026, 1, 1)
    )
    found = orders_changed_level.check(report)

    assert found is not None
    assert ("a season, or a" in found.says.text) == may_be_a_season
