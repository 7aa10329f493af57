"""Segments of subscribers are valued like all of them, add up to them, and keep the first plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltvcli.analyses.calc.answer import answer as economics
from ltvcli.analyses.segments import answer, comparison
from ltvcli.analyses.segments.comparison import Segmented
from ltvcli.analyses.valuation.observed import measure
from ltvcli.engines import duckdb
from ltvcli.facts import subscriptions
from ltvcli.facts.subsets import of_segment, without
from ltvcli.results.segments import Differs, Segment
from ltvcli.settings.settings import Settings, from_python
from tests import effort
from tests.mrr_reference import Stretch, fill
from tests.subscribers import cohort, worth

JUNE = date(2024, 6, 30)
BASIC = cohort({1: 6, 2: 12, 3: 9, 4: 7}, stay=46)
PRO = [
    one._replace(customer="p" + one.customer, amount=Decimal(50), plan="pro")
    for one in cohort({3: 4}, stay=46)
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def gathered(engine: Any, history: Sequence[Stretch], as_of: date = JUNE) -> Any:
    """Gather the facts by plan."""
    fill(engine, history)
    engine.execute("alter table periods add column segment text")
    engine.execute("update periods set segment = plan")
    return subscriptions.gather(engine, as_of, by_segment=True)


def segmented(engine: Any, history: Sequence[Stretch], **options: Any) -> Segmented:
    sums = gathered(engine, history)
    return comparison.answer(from_python({"by": ("plan",)} | options), sums)


def by_name(found: Segmented) -> dict[str, Segment]:
    return {one.name: one for one in found.segments}


@pytest.mark.slow
def test_segments_add_up_to_all_customers(engine: Any) -> None:
    found = segmented(engine, [*BASIC, *PRO])
    whole = gathered(engine, [*BASIC, *PRO])

    assert sum(one.customers for one in found.segments) == whole.customers == 130
    assert sum(one.orders for one in found.segments) == whole.orders
    assert sum(one.revenue for one in found.segments) == pytest.approx(float(whole.net_revenue))
    paying = [one.recurring for one in found.segments if one.recurring]
    assert sum(one.paying for one in paying) == 92
    assert sum(one.mrr for one in paying) == 46 * 10 + 46 * 50


@pytest.mark.parametrize(("name", "history"), effort.nth(2, [("basic", BASIC), ("pro", PRO)]))
def test_a_segment_is_valued_as_if_it_were_the_whole(
    engine: Any, name: str, history: Sequence[Stretch]
) -> None:
    one = by_name(segmented(engine, [*BASIC, *PRO], horizon=5, margin=0.5, cac=15.0))[name]
    alone = worth(engine, history, JUNE, horizon=5.0, margin=0.5, cac=15.0)
    (observed,) = (method for method in alone.methods if method.method == "observed")

    assert one.ltv is not None
    assert one.payback is not None
    assert one.recurring is not None
    assert (one.ltv.value, one.payback.value) == pytest.approx((observed.ltv, observed.payback))
    for key in ("arpu", "churn", "lifespan"):
        value = getattr(one.recurring, key).value
        assert value == pytest.approx(getattr(alone.figures, key).value)
    assert one.recurring.churn is not None
    assert one.recurring.churn.low is not None
    assert one.recurring.churn.low < one.recurring.churn.value


def test_the_others_are_all_but_the_segment(engine: Any) -> None:
    facts = gathered(engine, [*BASIC, *PRO])
    codes = {name: code for code, name in enumerate(facts.segments)}
    rest = measure(without(facts, of_segment(facts, codes["pro"])), 5.0)
    alone = measure(of_segment(facts, codes["basic"]), 5.0)

    for key in ("arpu", "churn", "lifespan"):
        assert rest.values[key][0] == pytest.approx(alone.values[key][0])


def test_a_plan_with_a_higher_value_differs_and_comes_first(engine: Any) -> None:
    whale = Stretch("whale", date(2024, 1, 1), amount=Decimal(900), plan="pro")
    facts = gathered(engine, [*BASIC, *PRO, whale])
    settings = from_python({"by": ("plan",), "margin": 0.5})
    found = answer.answer(engine, facts, settings, losses=False)

    assert {one.name: one.differs for one in found.segments} == {
        "basic": Differs.LOWER,
        "pro": Differs.HIGHER,
    }
    labels = {line.label: line.says.text for line in found.says}
    assert "not defined for subscriptions" in labels["Orders"]
    (basic,) = [row for row in found.tables["segments"] if row["segment"] == "basic"]
    assert {"arpu", "churn", "lifespan", "mrr", "customers_closing", "subscriptions"} <= {*basic}
    assert {"aov", "frequency", "repeat_rate", "orders"} & {*basic} == set()
    assert found.concentration.left_out == 1
    assert found.concentration.ltv is not None
    assert found.concentration.ltv_without is not None
    assert found.concentration.ltv_without.value < found.concentration.ltv.value


def test_two_halves_of_one_kind_do_not_differ(engine: Any) -> None:
    half = [one._replace(plan="ab"[number % 2]) for number, one in enumerate(BASIC)]
    found = by_name(segmented(engine, half))

    assert {one.differs for one in found.values()} == {Differs.NO}


def test_a_customer_stays_in_the_first_plan(engine: Any) -> None:
    history = [
        Stretch("up", date(2024, 1, 1), date(2024, 3, 1), plan="basic"),
        Stretch("up", date(2024, 3, 1), amount=Decimal(90), plan="pro", subscription="t"),
        Stretch("trial", date(2024, 1, 1), date(2024, 1, 15), plan="basic", state="trial"),
        Stretch("trial", date(2024, 1, 15), plan="pro", subscription="t"),
        Stretch("both", date(2024, 2, 1), plan="basic", amount=Decimal(5)),
        Stretch("both", date(2024, 2, 1), plan="pro", amount=Decimal(50), subscription="t"),
        Stretch("nameless", date(2024, 2, 1), plan=None),
    ]
    facts = gathered(engine, history)

    assert facts.segments == ("pro", "basic", "")
    assert [total.customers for total in facts.totals] == [2, 1, 1]
    assert sum(total.net_revenue for total in facts.totals) == facts.net_revenue
    found = by_name(segmented(engine, history, min_customers=1))
    assert found["basic"].recurring is not None
    assert found["basic"].recurring.mrr == 90  # what who began with basic pays now


def test_churn_that_nobody_has_shown_yet_is_unknown_and_not_zero(engine: Any) -> None:
    loyal = [one._replace(customer="l" + one.customer, plan="loyal") for one in cohort({}, stay=40)]
    found = by_name(segmented(engine, [*BASIC, *loyal]))["loyal"]

    assert found.recurring is not None
    assert found.recurring.churn is None


@pytest.mark.slow
def test_all_subscribers_as_one_segment_are_those_of_calc(engine: Any) -> None:
    facts = gathered(engine, BASIC)
    found = segmented(engine, BASIC, margin=0.5)
    calc = economics(Settings(margin=0.5), facts)
    (observed,) = (method for method in calc.methods if method.method == "observed")

    (only,) = found.segments
    assert only.ltv is not None
    assert (only.ltv.value, only.ltv.low, only.ltv.high) == pytest.approx(
        (observed.ltv, observed.low, observed.high)
    )
    assert only.differs is None
