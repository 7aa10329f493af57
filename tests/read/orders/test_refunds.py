"""Refunds that exceed their orders are told with counts and money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ltvcli.results import Quantity
from ltvcli.units import Unit

Load = Callable[..., Any]


def alerts(loaded: Any) -> dict[str, Any]:
    (file,) = loaded.reading.inputs
    return dict(file.alerts)


def test_a_refund_column_that_exceeds_its_orders_is_reported(load: Load) -> None:
    loaded = load(
        "purchase id,client,order date,total price,total refunded\n"
        "1,ann,2026-01-05,40,0\n2,ben,2026-01-06,30,45.5\n3,cem,2026-01-07,20,25\n"
    )

    assert alerts(loaded) == {
        "refunds-exceed-orders": {
            "orders": Quantity(2, Unit.COUNT), "excess": Quantity(20.5, Unit.MONEY),
        }
    }  # fmt: skip


def test_a_refund_row_that_exceeds_its_order_is_reported(load: Load) -> None:
    loaded = load(
        "order id,customer,date,order total\n"
        "7,ann,2026-01-05,100\n8,ben,2026-01-06,30\n8,ben,2026-01-09,-70\n"
    )

    assert alerts(loaded)["refunds-exceed-orders"]["excess"] == Quantity(40, Unit.MONEY)


def test_revenue_below_zero_is_reported(load: Load) -> None:
    loaded = load("customer,date,total,refund\nann,2026-01-05,10,500\nben,2026-01-06,30,0\n")

    assert alerts(loaded)["negative-revenue"] == {"revenue": Quantity(-460, Unit.MONEY)}


def test_full_and_partial_refunds_are_not_reported(load: Load) -> None:
    loaded = load("customer,date,total,refund\nann,2026-01-05,10,10\nben,2026-01-06,30,5\n")

    assert alerts(loaded) == {}
