"""Segments are valued like all customers, add up to them, and names change nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.analyses.calc.answer import answer as economics
from ltvcli.analyses.segments import comparison
from ltvcli.analyses.segments.comparison import Segmented
from ltvcli.analyses.valuation.observed import observed_ltv
from ltvcli.facts.subsets import merged, of_segment, without
from ltvcli.results import Estimate, Grade, Source
from ltvcli.results.acquisition import Acquisition, ChannelCost
from ltvcli.results.segments import Budget, Differs, Segment
from ltvcli.settings.settings import from_python
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, gathered, shop

seeds = st.integers(0, 10_000)
few_examples = examples(4)
NAMES = ("web", "shop", "mail", "")


def segmented_shop(seed: int, customers: int, *, cost: bool = False) -> list[Order]:
    """Tell the customers of a shop apart by chance."""
    chance = random.Random(seed)
    of: dict[str, str] = {}
    orders = shop(seed, customers, cost=cost)
    for one in orders:
        of.setdefault(one.customer, chance.choice(NAMES))
    return [replace(one, segment=of[one.customer] or None) for one in orders]


def segmented(
    orders: Sequence[Order], acquisition: Acquisition | None = None, **options: Any
) -> Segmented:
    sums = gathered(orders, by_segment=True)
    return comparison.answer(from_python({"by": ("channel",)} | options), sums, acquisition)


def by_name(found: Segmented) -> dict[str, Segment]:
    return {one.name: one for one in found.segments}


def worths(found: Segmented) -> dict[str, tuple[Any, ...]]:
    return {
        name: (one.customers, one.ltv, one.aov, one.repeat_rate, one.grade, one.differs, one.p)
        for name, one in by_name(found).items()
    }


@pytest.mark.slow
@few_examples
@given(seeds)
def test_segments_add_up_to_all_customers(seed: int) -> None:
    orders = segmented_shop(seed, 150, cost=True)
    whole = gathered(orders)
    found = segmented(orders, min_customers=40)

    assert sum(one.customers for one in found.segments) == whole.customers
    assert sum(one.orders for one in found.segments) == whole.orders
    revenue = sum(Decimal(str(one.revenue)) for one in found.segments)
    assert revenue == whole.net_revenue
    assert sum(one.share or 0 for one in found.segments) == pytest.approx(1)


@pytest.mark.slow
@few_examples
@given(seeds)
def test_a_segment_is_valued_as_if_it_were_the_whole_shop(seed: int) -> None:
    orders = segmented_shop(seed, 200, cost=True)
    one = by_name(segmented(orders, horizon=4, cac=20.0, lapse_after=3.0))["web"]
    alone = [order for order in orders if order.segment == "web"]
    told = from_python({"horizon": 4, "cac": 20.0})
    found = economics(told, gathered(alone, lapse_after=3.0))
    (observed,) = (method for method in found.methods if method.method == "observed")

    assert one.ltv is not None
    assert one.ltv.value == pytest.approx(observed.ltv, rel=1e-12)
    assert one.aov is not None
    assert found.figures.aov is not None
    assert one.aov.value == pytest.approx(found.figures.aov.value, rel=1e-12)
    assert one.ltv_to_cac is not None
    assert one.ltv_to_cac.value == pytest.approx(observed.ltv_to_cac, rel=1e-12)
    assert one.grade is observed.grade
    assert one.payback is not None
    assert one.payback.value == observed.payback


@pytest.mark.slow
@few_examples
@given(seeds)
def test_a_new_name_changes_nothing(seed: int) -> None:
    orders = segmented_shop(seed, 200)
    names = {"web": "zzz", "shop": "客", "mail": "=1+1"}
    renamed = [replace(one, segment=names.get(one.segment or "")) for one in orders]
    plain, other = worths(segmented(orders)), worths(segmented(renamed))

    assert {names.get(name, name): one for name, one in plain.items()} == other


@few_examples
@given(seeds)
def test_a_segment_twice_has_the_same_figures(seed: int) -> None:
    orders = segmented_shop(seed, 200)
    again = [
        replace(one, customer=one.customer + "'", segment="again")
        for one in orders
        if one.segment == "web"
    ]
    found = by_name(segmented([*orders, *again], horizon=4, lapse_after=3.0))
    one, other = found["web"], found["again"]

    for key in ("ltv", "aov", "frequency", "repeat_rate"):
        assert getattr(one, key).value == pytest.approx(getattr(other, key).value, rel=1e-12)
    assert (one.customers, one.orders, one.revenue) == (
        other.customers,
        other.orders,
        other.revenue,
    )


@few_examples
@given(seeds)
def test_all_others_are_measured_as_if_the_segment_had_never_been(seed: int) -> None:
    orders = segmented_shop(seed, 150, cost=True)
    options = {"lapse_after": 3.0, "by_segment": True}
    sums = gathered(orders, **options)  # type: ignore[arg-type]
    code = sums.segments.index("web")
    said = {"retention_cost": 12.0, "discount": 0.1}
    found = observed_ltv(without(merged(sums), of_segment(sums, code)), 3, said)
    left = [one for one in orders if one.segment != "web"]
    expected = observed_ltv(gathered(left, **options), 3, said)  # type: ignore[arg-type]

    assert found.ltv is not None
    assert expected.ltv is not None
    assert found.ltv[0] == pytest.approx(expected.ltv[0], rel=1e-9)
    assert found.facts.customers == expected.facts.customers


def customers(
    name: str, count: int, *, since: int, amount: int = 10, each: int = 30
) -> list[Order]:
    """Customers who came `since` days ago and order every `each` days."""
    return [
        Order(f"{name}{n}", AS_OF - timedelta(days=day), Decimal(amount + n % 7), segment=name)
        for n in range(count)
        for day in range(since, -1, -each)
    ]


def test_small_segments_are_pooled_counted_and_not_compared() -> None:
    orders = customers("a", 60, since=400) + customers("b", 60, since=400)
    orders += customers("tiny", 3, since=400) + customers("few", 4, since=400)
    found = segmented(orders, cac=10)
    *_, last = found.segments

    assert (last.name, last.gathered, last.customers) == ("other", 2, 7)
    assert last.differs is None
    assert last.difference is None
    assert last.grade is Grade.UNKNOWN


def test_a_segment_called_other_is_one_of_its_own() -> None:
    found = segmented(customers("a", 40, since=400) + customers("other", 40, since=400))

    assert [one.gathered for one in found.segments] == [0, 0]


def test_a_young_segment_is_valued_over_its_own_months_and_has_no_verdict() -> None:
    orders = customers("old", 300, since=400) + customers("young", 40, since=100)
    found = segmented(orders, cac=10)
    old, young = by_name(found)["old"], by_name(found)["young"]

    assert (found.horizon, old.horizon, young.horizon) == (12, 12, 3)
    assert old.grade is Grade.HEALTHY
    assert young.grade is Grade.UNKNOWN
    assert young.ltv is not None
    assert old.ltv is not None
    assert young.ltv.value < old.ltv.value
    # Over the same three months both do the same.
    assert young.differs is Differs.NO
    assert young.difference is not None
    assert abs(young.difference.value) < 1


def test_one_segment_has_nothing_to_be_held_against() -> None:
    (found,) = segmented(customers("a", 60, since=400)).segments

    assert (found.differs, found.difference, found.p) == (None, None, None)


def test_a_segment_worth_three_times_as_much_is_marked_with_the_difference() -> None:
    orders = customers("a", 60, since=400) + customers("b", 60, since=400)
    orders += customers("c", 60, since=400, amount=30)
    found = by_name(segmented(orders))

    assert found["c"].differs is Differs.HIGHER
    assert found["a"].differs is Differs.LOWER
    assert found["c"].difference is not None
    assert found["c"].difference.value == pytest.approx(20 * 13, rel=0.01)
    assert next(iter(by_name(segmented(orders, cac=20)))) == "c"


def test_without_cac_segments_are_sorted_by_revenue() -> None:
    orders = customers("a", 60, since=400) + customers("b", 90, since=400)

    assert [one.name for one in segmented(orders).segments] == ["b", "a"]


def test_a_segment_whose_cost_is_not_known_takes_the_margin_of_all() -> None:
    orders = [
        replace(one, cost=one.amount / 2) if one.segment == "a" else one
        for one in customers("a", 60, since=400) + customers("b", 60, since=400)
    ]
    found = by_name(segmented(orders))

    assert found["a"].ltv is not None
    assert found["b"].ltv is not None
    assert found["b"].ltv.value == pytest.approx(found["a"].ltv.value)


def channel(name: str, cac: float, marginal: tuple[float, float, float] | None) -> ChannelCost:
    value, low, high = marginal or (0.0, 0.0, 0.0)
    more = Estimate(value=value, low=low, high=high, source=Source.MEASURED) if marginal else None
    return ChannelCost(
        channel=name,
        segments=(name,),
        spend=cac * 60,
        customers=60,
        cac=Estimate(value=cac, source=Source.MEASURED),
        marginal=more,
        marginal_missing=None,
    )


def spent(*channels: ChannelCost) -> Acquisition:
    cost = Estimate(value=10.0, source=Source.MEASURED)
    return Acquisition(
        first=AS_OF - timedelta(days=400),
        last=AS_OF,
        lag_days=0,
        spend=1000.0,
        spread=0.0,
        outside=0.0,
        customers=120,
        paid_customers=120,
        blended=cost,
        paid=cost,
        marginal=None,
        paid_missing=None,
        marginal_missing=None,
        months=(),
        channels=channels,
        by_month=(),
    )


def test_channels_are_ranked_by_return_with_advice_on_spend() -> None:
    orders = [order for name in "abc" for order in customers(name, 60, since=400)]
    found = segmented(
        orders,
        spent(
            channel("a", 80.0, (300.0, 250.0, 380.0)),
            channel("b", 20.0, (50.0, 40.0, 60.0)),
            channel("c", 40.0, (150.0, 60.0, 900.0)),
        ),
    )

    assert [one.name for one in found.segments] == ["b", "c", "a"]
    assert [one.budget for one in found.segments] == [Budget.MORE, Budget.UNKNOWN, Budget.LESS]
    best = found.segments[0]
    assert best.ltv is not None
    assert best.returned is not None
    assert best.returned.value == pytest.approx(best.ltv.value / 50)
    assert best.returned.low is not None
    assert best.returned.low > 1


def test_the_noise_of_a_cac_widens_ltv_to_cac() -> None:
    orders = customers("a", 60, since=400) + customers("b", 60, since=400)
    found = by_name(segmented(orders, spent(channel("a", 50.0, None), channel("b", 50.0, None))))
    known = by_name(segmented(orders, cac=50))

    def width(one: Segment) -> float:
        assert one.ltv_to_cac is not None
        assert one.ltv_to_cac.low is not None
        assert one.ltv_to_cac.high is not None
        return one.ltv_to_cac.high - one.ltv_to_cac.low

    assert width(found["a"]) > 2 * width(known["a"])


def test_a_cac_given_beats_one_from_spend() -> None:
    orders = customers("a", 60, since=400) + customers("b", 60, since=400)
    found = by_name(segmented(orders, spent(channel("a", 50.0, (10.0, 9.0, 11.0))), cac=20))

    assert found["a"].cac == found["b"].cac == Estimate(value=20.0, source=Source.GIVEN)
    assert found["a"].marginal_cac is not None


def test_a_segment_of_refunds_only_has_no_value_but_its_money_counts() -> None:
    orders = customers("a", 60, since=400) + customers("b", 60, since=400)
    orders.append(Order("ghost", AS_OF, Decimal(-50), None, counted=False, segment="back"))
    found = segmented(orders, cac=10)
    *_, last = found.segments

    assert (last.name, last.gathered, last.customers, last.revenue) == ("other", 1, 0, -50.0)
    assert (last.ltv, last.aov, last.grade) == (None, None, Grade.UNKNOWN)
    assert sum(one.revenue for one in found.segments) == float(gathered(orders).net_revenue)


def test_a_difference_counts_only_if_it_survives_all_comparisons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Alone p = 0.03 is significant; as the smallest of four it becomes 0.12 (Holm)."""
    chances = iter([0.03, 0.2, 0.5, 0.9])
    monkeypatch.setattr(comparison, "p_value", lambda _: next(chances))

    segments = [
        segment for segment in segmented(segmented_shop(3, 200)).segments if segment.p is not None
    ]

    assert sorted(segment.p or 0 for segment in segments) == pytest.approx([0.12, 0.6, 1, 1])
    assert {segment.differs for segment in segments} == {Differs.NO}


def test_a_difference_beyond_chance_keeps_its_mark_among_four(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chances = iter([0.012, 0.2, 0.5, 0.9])
    monkeypatch.setattr(comparison, "p_value", lambda _: next(chances))

    found = segmented(segmented_shop(3, 200)).segments
    marked = [segment for segment in found if segment.differs in (Differs.HIGHER, Differs.LOWER)]

    assert [segment.p for segment in marked] == [pytest.approx(0.048)]
