"""Cohorts of subscribers: by hand, by looking at every day, and by their MRR."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import assume, given

from ltvcli.analyses.cohorts import answer
from ltvcli.analyses.cohorts.answer import Cohorts
from ltvcli.analyses.mrr import answer as mrr
from ltvcli.choices import Metric, Period
from ltvcli.engines import duckdb
from ltvcli.errors import InternalError, NobodyPaidError, OrdersMetricError, UndatedCohortsError
from ltvcli.settings.settings import Settings
from ltvcli.units import DAYS_PER_MONTH
from tests.analyses.mrr.test_laws import as_ofs, histories
from tests.effort import examples
from tests.mrr_reference import NEVER, Stretch
from tests.subscribers import cohort, gathered, worth

DAY = timedelta(days=1)
JUNE = date(2024, 6, 30)
# 40 customers at 10 a month from January; 10 leave on 1 March, 6 on 1 May.
FORTY = cohort({2: 10, 4: 6}, stay=24)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def asked(
    engine: Any,
    history: Sequence[Stretch],
    as_of: date,
    metric: Metric = "ltv",
    by: Period = "month",
    **numbers: Any,
) -> Cohorts:
    facts = gathered(engine, history, as_of)
    return answer.answer(engine, facts, Settings(**numbers), by, metric)


def values(found: Cohorts) -> dict[tuple[str, int], Any]:
    return {
        (str(row["cohort"]), int(row["age_month"] or 0)): row["value"]
        for row in found.tables["triangle"]
    }


@pytest.mark.slow
def test_forty_customers_by_hand(engine: Any) -> None:
    stay = [values(asked(engine, FORTY, JUNE, "retention"))["2024-01", age] for age in range(5)]
    assert stay == [1.0, 1.0, 30 / 40, 30 / 40, 24 / 40]

    found = asked(engine, FORTY, JUNE, margin=0.5, cac=10.0)
    (row,) = found.tables["cohorts"]
    assert (row["customers"], row["customers_closing"], row["mrr"]) == (40, 24, 240.0)
    assert row["months"] == 5
    # Ten a month of all for the first 60 of 61 days, then of 30 and of 24 customers, half margin.
    assert row["ltv"] == pytest.approx(0.5 * 10 * (1 + 59 / 60 + 0.75 + 0.75 + 0.6), rel=0.02)
    assert row["payback_observed"] == 3.0
    assert (found.evidence.mrr, found.evidence.paying) == (240.0, 24)


def test_revenue_retention_counts_upgrades_and_a_returning_customer(engine: Any) -> None:
    history = [
        Stretch("up", date(2024, 1, 1), date(2024, 2, 1)),
        Stretch("up", date(2024, 2, 1), amount=Decimal(40), subscription="t"),
        Stretch("gone", date(2024, 1, 1), date(2024, 2, 1), amount=Decimal(20)),
        Stretch("back", date(2024, 1, 1), date(2024, 2, 1)),
        Stretch("back", date(2024, 4, 1), subscription="t"),
    ]
    shares = values(asked(engine, history, JUNE, "revenue-retention"))
    assert [shares["2024-01", age] for age in (0, 1, 2, 4)] == pytest.approx(
        [1, 1, 1 + 10 / 40 / 31, 1.25]  # April begins on the last day of month 2
    )
    stay = values(asked(engine, history, JUNE, "retention"))
    assert [stay["2024-01", age] for age in (0, 1, 2, 3, 4)] == pytest.approx(
        [1, 1 / 3, 1 / 3, 2 / 3, 2 / 3]
    )


@pytest.mark.slow
@given(histories(), as_ofs)
@examples(25)
def test_every_cell_is_that_of_looking_at_every_day(engine: Any, history: Any, as_of: date) -> None:
    paid = [
        one
        for one in history
        if one.state in {"paying", "past-due"}
        and one.amount > 0
        and one.start <= as_of
        and (one.end or NEVER) > one.start
    ]
    assume(paid)
    first: dict[str, date] = {}
    for one in paid:
        first[one.customer] = min(one.start, first.get(one.customer, NEVER))
    watched, stay, revenue, opening = (Counter[Any]() for _ in range(4))
    for name, begun in first.items():
        spans = [(one.start, one.end or NEVER, one.amount) for one in paid if one.customer == name]
        for age in range(floor(((as_of - begun).days + 1) / DAYS_PER_MONTH)):
            cell = f"{begun:%Y-%m}", age
            middle = begun + timedelta(days=floor((age + 0.5) * DAYS_PER_MONTH))
            watched[cell] += 1
            stay[cell] += any(start <= middle < end for start, end, _ in spans)
            opening[cell] += sum(float(amount) for start, _, amount in spans if start == begun)
            days = range(ceil(age * DAYS_PER_MONTH), ceil((age + 1) * DAYS_PER_MONTH))
            for day in (begun + timedelta(days=number) for number in days):
                amounts = [amount for start, end, amount in spans if start <= day < end]
                revenue[cell] += float(sum(amounts)) / len(days)

    for metric, parts, base in (
        ("retention", stay, watched),
        ("revenue-retention", revenue, opening),
        ("revenue", revenue, watched),
    ):
        found = values(asked(engine, history, as_of, metric))
        known = {cell: value for cell, value in found.items() if value is not None}
        assert known == pytest.approx({cell: parts[cell] / base[cell] for cell in watched})


@given(histories(), as_ofs)
@examples(25)
def test_cohorts_add_up_to_the_facts_and_to_mrr(engine: Any, history: Any, as_of: date) -> None:
    facts = gathered(engine, history, as_of)
    assume(facts.customers)
    rows = answer.answer(engine, facts, Settings(), "quarter", "ltv").tables["cohorts"]
    last = mrr.answer(engine, as_of)[-1]

    assert sum(float(row["revenue"] or 0) for row in rows) == pytest.approx(
        float(facts.net_revenue)
    )
    assert sum(int(row["customers"] or 0) for row in rows) == facts.customers
    closing = sum(Decimal(repr(row["mrr"])) for row in rows)
    assert closing == pytest.approx(Decimal(repr(last.closing)))
    assert sum(int(row["customers_closing"] or 0) for row in rows) == last.customers_closing


@pytest.mark.slow
def test_all_cohorts_together_are_the_customers_of_calc(engine: Any) -> None:
    found = asked(engine, FORTY, JUNE, margin=0.5)
    curve = worth(engine, FORTY, JUNE, margin=0.5).tables["curve"]

    for row, known in zip(found.tables["by_age"], curve, strict=False):
        for end in ("", "_low", "_high"):
            assert row[f"ltv{end}"] == pytest.approx(known[f"cumulative{end}"])


def test_newer_cohorts_that_retain_better_are_reported(engine: Any) -> None:
    older = cohort({1: 40}, stay=60, begun=date(2023, 1, 1))
    newer = [one._replace(customer="n" + one.customer) for one in cohort({}, stay=99)]
    found = asked(engine, [*older, *newer], JUNE, "revenue-retention")

    (headline, *_) = found.says
    assert headline.says.text.startswith("Newer cohorts retain better")
    assert headline.says.facts["what"] == "share of opening MRR"
    labels = {line.label: line.says.text for line in found.says}
    assert labels["F2/F3"].startswith("Not defined for subscriptions")
    assert "reconciles to the cent with ltv mrr" in labels["MRR"]


def test_where_nobody_left_yet_nothing_is_certain_and_nothing_differs(engine: Any) -> None:
    older = cohort({}, stay=40, begun=date(2023, 1, 1))
    newer = [one._replace(customer="n" + one.customer) for one in cohort({}, stay=40)]
    found = asked(engine, [*older, *newer], JUNE, "retention")

    for table in ("triangle", "by_age"):
        for row in found.tables[table]:
            assert (row["value"], row["value_low"], row["value_high"]) in (
                (1.0, None, None), (None, None, None)
            )  # fmt: skip
    assert [row["differs"] for row in found.tables["trend"]] == [False]


def test_what_subscriptions_do_not_have_is_refused(engine: Any) -> None:
    with pytest.raises(OrdersMetricError):
        asked(engine, FORTY, JUNE, "orders")
    with pytest.raises(NobodyPaidError):
        asked(engine, [Stretch("a", date(2024, 1, 1), state="trial")], JUNE)
    facts = gathered(engine, FORTY, JUNE, dated=False)
    with pytest.raises(UndatedCohortsError):
        answer.answer(engine, facts, Settings(), "month", "ltv")


def test_the_cohorts_must_have_all_of_the_mrr(engine: Any) -> None:
    facts = gathered(engine, FORTY, JUNE)
    engine.execute("delete from paid where customer = 'c39'")
    with pytest.raises(InternalError, match="MRR"):
        answer.answer(engine, facts, Settings(), "month", "ltv")
