"""The triangle with and without costs, and its cells by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import asdict

from ltvcli.facts import orders
from tests.reference import Order
from tests.shops import AS_OF, engine, shop


def test_without_costs_everything_else_is_the_same() -> None:
    with engine(shop(3, 120, cost=True)) as opened:
        known = orders.gather(opened, AS_OF, None).triangle
        unasked = orders.gather(opened, AS_OF, None, has_cost=False).triangle

    costs = {"cost", "costed_revenue"}
    assert all(getattr(known, name).any() for name in costs)
    assert not any(getattr(unasked, name).any() for name in costs)
    found = {name: column.tolist() for name, column in asdict(unasked).items() if name not in costs}
    assert found == {name: asdict(known)[name].tolist() for name in found}


def test_orders_without_costs_give_the_same_either_way() -> None:
    with engine(shop(4, 120)) as opened:
        either = [
            asdict(orders.gather(opened, AS_OF, None, has_cost=has_cost).triangle)
            for has_cost in (True, False)
        ]

    first, second = (
        {name: (column.dtype, column.tolist()) for name, column in one.items()} for one in either
    )
    assert first == second


def test_a_refund_long_after_the_last_order_has_an_age_of_its_own() -> None:
    rows = [
        Order("first", date(2023, 1, 1), Decimal(-7), counted=False),
        Order("first", date(2025, 12, 31), Decimal(-2), counted=False),
        Order("a", date(2024, 12, 1), Decimal(10)),
        Order("a", date(2025, 12, 31), Decimal(-5), counted=False),
        Order("b", date(2024, 12, 1), Decimal(20)),
        Order("b", date(2024, 12, 31), Decimal(30)),
    ]
    with engine(rows) as opened:
        triangle = orders.gather(opened, date(2025, 6, 30), None).triangle

    places = (triangle.cohort, triangle.age_month, triangle.bucket)
    cells = zip(*(column.tolist() for column in places), triangle.revenue.tolist(), strict=True)
    of_2023, of_2024 = 12 * 2023, 12 * 2024 + 11
    assert sorted(cells) == [
        (of_2023, 0, 2, -7.0),
        (of_2023, 35, 2, -2.0),
        (of_2024, 0, 0, 10.0),
        (of_2024, 0, 1, 50.0),
        (of_2024, 12, 0, -5.0),
    ]


@pytest.mark.parametrize("revenue_above", [None, Decimal(100)])
def test_how_many_ages_there_may_be_changes_nothing(revenue_above: Decimal | None) -> None:
    with engine(shop(5, 150, segments=("web", "ads"))) as opened:
        orders.gather(opened, AS_OF, None, by_segment=True)
        found = [
            {
                name: column.tolist()
                for name, column in asdict(
                    orders.triangle(opened, revenue_above, ages=ages)
                ).items()
            }
            for ages in (25, 26, 1000, orders.MOST_AGES)
        ]
    assert found[0]["revenue"]
    assert all(one == found[0] for one in found)
