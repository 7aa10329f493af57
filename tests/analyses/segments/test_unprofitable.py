"""Customers who cost more than they bring, compared with plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ltvcli.analyses.segments import comparison, unprofitable
from ltvcli.analyses.segments.unprofitable import Costs
from ltvcli.facts import orders as facts
from ltvcli.results import Row
from ltvcli.results.segments import Losses
from ltvcli.settings.settings import from_python
from tests.reference import Order
from tests.shops import AS_OF, engine


def found(
    orders: Sequence[Order],
    cac: dict[str, float] | None = None,
    **costs: Any,
) -> tuple[Losses, tuple[Row, ...]]:
    with engine(orders) as opened:
        sums = facts.gather(opened, AS_OF, None, by_segment=True, with_costs=True)
        told = from_python({"by": ("channel",), "min_customers": 2})
        segmented = comparison.answer(told, sums)
        by_code = {code: (cac or {}).get(name) for code, name in enumerate(sums.segments)}
        taken: dict[str, Any] = {"margin": 1.0, "margin_given": False, "serve": 0.0} | costs
        losses = unprofitable.answer(opened, segmented, Costs(cac=by_code, **taken))
        return losses, unprofitable.listed(opened, segmented)


def order(customer: str, amount: float, days: int = 400, **rest: Any) -> Order:
    rest = {"segment": "web"} | rest
    return Order(customer, AS_OF - timedelta(days=days), Decimal(str(amount)), **rest)


def listed(*orders: Order, **options: Any) -> dict[str, float]:
    _, rows = found([*orders, order("plain", 500), order("usual", 500)], **options)
    return {str(row["customer"]): float(row["contribution"] or 0) for row in rows}


def test_revenue_less_cac_below_zero_is_a_loss() -> None:
    assert listed(order("a", 19.5), order("b", 20.0), cac={"web": 20.0}) == {"a": -0.5}


def test_what_an_order_cost_is_taken_from_the_order_and_else_from_the_margin() -> None:
    sold_below_cost = order("a", 10, cost=Decimal(12))
    unknown = order("b", 10)

    assert listed(sold_below_cost, unknown, margin=0.4) == {"a": -2.0}
    assert listed(sold_below_cost, unknown, margin=0.4, cac={"web": 5.0}) == {"a": -7.0, "b": -1.0}


def test_a_margin_that_was_given_beats_the_cost_of_orders() -> None:
    assert listed(order("a", 10, cost=Decimal(12)), margin=0.4, margin_given=True) == {}


def test_cost_to_serve_is_a_rate_or_a_column_of_orders() -> None:
    assert listed(order("a", 10), cac={"web": 9.0}, serve=0.2) == {"a": -1.0}
    assert listed(order("a", 10, serve=Decimal(11))) == {"a": -1.0}


def test_refunds_are_taken_off() -> None:
    refund = order("a", -15, days=300, counted=False)

    assert listed(order("a", 10), refund) == {"a": -5.0}


def test_who_had_less_time_is_counted_apart() -> None:
    young = [order(f"y{n}", 10, days=40) for n in range(3)]
    old = [order(f"o{n}", 10) for n in range(4)]
    rich = [order(f"r{n}", 900) for n in range(30)]
    losses, rows = found([*young, *old, *rich], cac={"web": 20.0})
    (one,) = losses.unprofitable

    assert losses.months == 12
    assert (one.of, one.customers, one.contribution) == (34, 4, -40.0)
    assert one.net == 30 * 880 - 40
    assert (one.young_of, one.young, one.young_contribution) == (3, 3, -30.0)
    assert {(row["seasoned"], row["months"]) for row in rows} == {(False, 1), (True, 13)}


def test_each_segment_has_its_cac_and_small_ones_are_pooled() -> None:
    orders = [order(f"{name}{n}", 10, segment=name) for name in ("web", "mail") for n in range(3)]
    orders += [order("x", 10, segment="tiny"), order("y", 10, segment="odd")]
    losses, _ = found(orders, cac={"web": 30.0, "mail": 4.0, "tiny": 11.0})
    rows = {one.name: (one.gathered, one.of, one.customers) for one in losses.unprofitable}

    assert rows == {"web": (0, 3, 3), "mail": (0, 3, 0), "other": (2, 2, 1)}
    assert losses.without_cac == 1  # the customer of `odd`
    assert next(iter(losses.unprofitable)).name == "web"


@pytest.mark.slow
def test_list_does_not_depend_on_the_order_of_rows() -> None:
    orders = [order("a@example.com", 1), order("b", 500), order("c", 500)]
    _, rows = found(orders, cac={"web": 20.0})
    _, again = found(orders[::-1], cac={"web": 20.0})

    assert [row["customer"] for row in rows] == ["a@example.com"]
    assert rows == again


def test_traits_of_unprofitable_customers_are_reported_with_their_p_value() -> None:
    once = [order(f"o{n}", 10 + n % 5, segment=f"{'ab'[n % 2]}") for n in range(40)]
    twice = [
        order(f"t{n}", 10 + n % 5, days=days, segment=f"{'ab'[n % 2]}")
        for n in range(60)
        for days in (400, 300)
    ]
    some = [order(f"s{n}", 5, days=days, segment="a") for n in range(3) for days in (400, 300)]
    losses, _ = found([*once, *twice, *some], cac={"a": 18.0, "b": 18.0})
    first, *_ = losses.traits

    assert first.says.text.startswith("Only one order")
    assert (first.customers, first.of) == (40, 40)
    assert first.ratio.value == pytest.approx(63 / 3)
    assert first.p < 0.001
    assert all(one.p < 0.05 and one.ratio.value > 1 for one in losses.traits)


def test_chance_alone_is_not_reported_as_a_trait() -> None:
    orders = [order(f"c{n}", 10 if n % 5 else 30, segment="ab"[n % 2]) for n in range(100)]
    orders += [order(f"c{n}", 30, days=200, segment="ab"[n % 2]) for n in range(0, 100, 7)]
    losses, _ = found(orders, cac={"a": 20.0, "b": 20.0})

    assert not any("{segment}" in one.says.text for one in losses.traits)


def test_nobody_below_zero_shares_nothing() -> None:
    losses, rows = found([order("a", 10), order("b", 10)])

    assert (losses.traits, rows) == ((), ())
    assert sum(one.customers for one in losses.unprofitable) == 0
