"""The sums of the engine equal those of a plain loop over orders."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.reference import Order, figures
from tests.shops import AS_OF, economics, points, shop

pytestmark = pytest.mark.sampled

CASES = [
    pytest.param(shop(1, 150), {}, id="a shop"),
    pytest.param(shop(2, 150, cost=True), {}, id="with a cost column"),
    pytest.param(shop(3, 150), {"margin": 0.4, "discount": 0.1}, id="margin and discount given"),
    pytest.param(shop(4, 150), {"retention_cost": 12.0, "discount": 0.1}, id="retention cost"),
    pytest.param(shop(5, 90), {"horizon": 4}, id="a shorter horizon"),
    pytest.param(shop(6, 5), {}, id="five customers"),
    pytest.param(shop(7, 120, stay=0.2), {}, id="hardly anyone returns"),
    pytest.param(shop(8, 60, stay=1.0), {}, id="everyone stays"),
    pytest.param([Order("a", AS_OF, Decimal(10))], {}, id="one order on the last day"),
    pytest.param(
        [
            *shop(9, 60),
            Order("refunds only", date(2025, 3, 1), Decimal("-7.25"), None, counted=False),
        ],
        {},
        id="someone with refunds only",
    ),
    pytest.param(
        [Order(f"c{n}", AS_OF - timedelta(days=400), Decimal(n + 1)) for n in range(40)],
        {},
        id="one order each",
    ),
]


@pytest.mark.parametrize(("orders", "settings"), CASES)
def test_values_equal_those_of_a_plain_loop_over_orders(
    orders: list[Order], settings: dict[str, float]
) -> None:
    expected = figures(orders, AS_OF, **settings)
    found = economics(orders, **settings)

    assert found.horizon == expected.pop("horizon")
    actual = points(found)
    assert expected.keys() <= actual.keys()
    assert {key: actual[key] for key in expected} == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_given_lapse_time_is_taken() -> None:
    orders = shop(10, 100)
    months = 2.0
    expected = figures(orders, AS_OF, lapse_after_days=months * 30.436875)

    assert points(economics(orders, lapse_after=months))["lifespan"] == pytest.approx(
        expected["lifespan"], rel=1e-9
    )
