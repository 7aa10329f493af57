"""What must hold for every shop, whatever it sells."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.effort import examples
from tests.shops import economics, points, shop

MONEY = ("net_revenue", "aov", "arpu", "arpu-churn", "basic", "ec", "observed", "cac")
COUNTS = ("customers", "orders", "net_revenue")

seeds = st.integers(0, 10_000)
few_examples = examples(4)


@few_examples
@given(seeds)
def test_row_order_does_not_change_the_answer(seed: int) -> None:
    orders = shop(seed, 60)
    mixed = random.Random(seed).sample(orders, len(orders))

    assert economics(mixed, cac=20.0) == economics(orders, cac=20.0)


@few_examples
@given(seeds)
def test_ten_times_the_money_is_ten_times_every_value(seed: int) -> None:
    orders = shop(seed, 60)
    rich = [replace(one, amount=10 * one.amount) for one in orders]
    once, tenfold = economics(orders, cac=20.0), economics(rich, cac=200.0)
    expected = {k: v * 10 if k in MONEY else v for k, v in points(once).items()}

    assert points(tenfold) == pytest.approx(expected, rel=1e-9)
    assert tenfold.verdict.grade is once.verdict.grade
    assert tenfold.verdict.probability == pytest.approx(once.verdict.probability)
    assert tenfold.payback_verdict.payback_observed == once.payback_verdict.payback_observed


@pytest.mark.slow
@few_examples
@given(seeds)
def test_every_customer_twice_changes_no_average(seed: int) -> None:
    orders = shop(seed, 60)
    twins = [replace(one, customer=one.customer + "'") for one in orders]
    # One horizon for both: with more customers more months would be enough observed.
    once = points(economics(orders, horizon=3.0))
    twice = points(economics(orders + twins, horizon=3.0))
    expected = {k: 2 * v if k in COUNTS else v for k, v in once.items()}

    assert twice == pytest.approx(expected, rel=1e-9)


@pytest.mark.slow
@few_examples
@given(seeds)
def test_ids_are_only_names(seed: int) -> None:
    orders = shop(seed, 120)
    renamed = [replace(one, customer=f"客 {one.customer[::-1]}; drop table") for one in orders]

    assert points(economics(renamed)) == pytest.approx(points(economics(orders)), rel=1e-12)


@few_examples
@given(seeds)
def test_order_value_times_orders_is_the_basic_value(seed: int) -> None:
    found = points(economics(shop(seed, 60), margin=0.4))

    product = found["aov"] * found["frequency"] * found["lifespan"] / 12
    assert product == pytest.approx(found["aov"] * found["orders_per_customer"], rel=1e-12)
    assert found["basic"] == pytest.approx(product * 0.4, rel=1e-12)


@few_examples
@given(seeds)
def test_the_curve_adds_up_to_the_observed_value(seed: int) -> None:
    found = economics(shop(seed, 60), margin=0.4)
    curve = found.tables["curve"]

    assert len(curve) == found.horizon
    assert curve[-1]["cumulative"] == pytest.approx(points(found)["observed"], rel=1e-12)
    assert all(row["cumulative_low"] <= row["cumulative_high"] for row in curve)  # type: ignore[operator]


@few_examples
@given(seeds)
def test_the_intervals_hold_their_figures_and_the_chances_add_up(seed: int) -> None:
    found = economics(shop(seed, 60), margin=0.4, cac=30.0)

    for one in found.methods:
        assert one.low <= one.ltv <= one.high  # type: ignore[operator]
    assert found.verdict.probability is not None
    assert sum(found.verdict.probability.values()) == pytest.approx(1.0)
