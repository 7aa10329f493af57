"""Revenue concentration, compared with a plain list of revenue per customer."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.analyses.segments import concentration
from ltvcli.analyses.valuation.observed import observed_ltv
from ltvcli.facts import orders as facts
from ltvcli.facts.subsets import merged
from ltvcli.results.segments import Concentration
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, engine, gathered, shop

SAID = {"retention_cost": 12.0, "discount": 0.1, "margin": 0.5}


def concentrated(orders: Sequence[Order], horizon: int = 3) -> Concentration:
    with engine(orders) as opened:
        sums = facts.gather(opened, AS_OF, 3.0, with_costs=True)
        of_top = concentration.gather(opened, sums)
        return concentration.answer(of_top, observed_ltv(merged(sums), horizon, SAID), SAID)


def brought(orders: Sequence[Order]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in orders:
        found[one.customer] += one.amount
    buyers = {one.customer for one in orders if one.counted}
    return {name: sum_ for name, sum_ in found.items() if name in buyers}


@pytest.mark.slow
@examples(4)
@given(st.integers(0, 10_000), st.integers(1, 260))
def test_shares_are_those_of_a_sorted_list(seed: int, customers: int) -> None:
    orders = shop(seed, customers)
    found = concentrated(orders)
    ranked = sorted(brought(orders).values(), reverse=True)

    for top, share in zip(found.tops, (0.01, 0.05, 0.1), strict=False):
        count = math.ceil(Decimal(str(share)) * len(ranked))
        assert top.customers == count
        assert top.revenue == pytest.approx(float(sum(ranked[:count])))
        assert top.share == pytest.approx(float(sum(ranked[:count]) / sum(ranked)))
    assert found.tops[-1].revenue == float(ranked[0])
    assert found.median == pytest.approx(float(median(ranked)))
    assert found.mean == pytest.approx(float(mean(ranked)))


@pytest.mark.slow
@examples(4)
@given(st.integers(0, 10_000))
def test_the_value_without_the_largest_is_that_of_a_shop_without_them(seed: int) -> None:
    orders = shop(seed, 230, cost=True)
    found = concentrated(orders)
    assert found.above is not None
    small = {name for name, sum_ in brought(orders).items() if float(sum_) <= found.above}
    buyers = {one.customer for one in orders if one.counted}
    left = [one for one in orders if one.customer in small or one.customer not in buyers]
    expected = observed_ltv(gathered(left, lapse_after=3.0), 3, SAID)

    assert found.left_out == len(buyers) - len(small) == 3
    assert found.ltv_without is not None
    assert expected.ltv is not None
    assert found.ltv_without.value == pytest.approx(expected.ltv[0], rel=1e-9)


def test_with_equal_outcomes_nobody_is_excluded() -> None:
    orders = [Order(f"c{n}", AS_OF - timedelta(days=200), Decimal(10)) for n in range(150)]
    found = concentrated(orders)

    assert found.left_out == 0
    assert found.ltv_without == found.ltv
    assert found.tops[0].share == pytest.approx(2 / 150)


def test_no_revenue_has_no_shares() -> None:
    orders = [Order(f"c{n}", AS_OF - timedelta(days=200), Decimal(0)) for n in range(150)]
    found = concentrated(orders)

    assert [one.share for one in found.tops] == [None] * 4


def test_refunds_of_people_who_never_bought_count_in_nobodys_share() -> None:
    orders = shop(3, 100)
    refund = Order("ghost", AS_OF - timedelta(days=9), Decimal(-500), None, counted=False)

    assert concentrated([*orders, refund]).tops == concentrated(orders).tops


def test_a_shop_with_one_customer() -> None:
    order = Order("a", AS_OF - timedelta(days=200), Decimal(10))
    found = concentrated([order, replace(order, day=AS_OF - timedelta(days=100))])

    assert {one.share for one in found.tops} == {1.0}
    assert (found.above, found.left_out) == (None, 0)
