"""Cohorts compared with an independent count, by hand, and by laws for every shop."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.analyses.cohorts import answer
from ltvcli.analyses.cohorts.answer import Cohorts
from ltvcli.choices import METRICS, PERIODS, SUBSCRIPTIONS_METRIC, Metric, Period
from ltvcli.errors import InternalError
from ltvcli.facts import orders as facts
from ltvcli.settings.settings import Settings
from tests import effort
from tests.cohort_reference import Reference
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, economics, engine, shop

few_examples = examples(4)
seeds = st.integers(0, 10_000)


def asked(
    orders: Sequence[Order],
    by: Period = "month",
    metric: Metric = "ltv",
    as_of: date = AS_OF,
    **numbers: Any,
) -> Cohorts:
    with engine(orders) as opened:
        sums = facts.gather(opened, as_of, None)
        return answer.answer(opened, sums, Settings(**numbers), by, metric)


def columns(found: Cohorts, table: str, key: str) -> list[Any]:
    return [row[key] for row in found.tables[table]]


REFUNDS = [
    Order("refunds only", date(2025, 3, 1), Decimal("-7.25"), counted=False),
    Order("refund, long before anyone", date(2022, 3, 1), Decimal("-3.10"), counted=False),
]


def costed(orders: list[Order]) -> list[Order]:
    """Costs that differ by month, of nearly all orders of early months and of few of later ones."""
    return [
        replace(one, cost=one.amount * (one.day.month + 2) / 20)
        if number % 10 < (9 if one.day < date(2025, 1, 1) else 2) and one.counted
        else one
        for number, one in enumerate(orders)
    ]


CASES = [
    pytest.param((shop(1, 120), {}), id="a shop"),
    pytest.param((shop(2, 120, cost=True), {"cac": 90.0}), id="with costs"),
    pytest.param((shop(3, 120), {"margin": 0.4, "discount": 0.2, "cac": 30.0}), id="given numbers"),
    pytest.param(
        (
            [
                *shop(4, 60, cost=True),
                *(replace(one, customer="x" + one.customer) for one in shop(5, 60)),
            ],
            {},
        ),
        id="costs of some orders only",
    ),
    pytest.param((costed(shop(11, 90)), {}), id="costs of few orders of some cohorts"),
    pytest.param(([*shop(6, 40), *REFUNDS], {}), id="refunds without orders"),
    pytest.param(([Order("a", AS_OF, Decimal(10))], {}), id="one order on the last day"),
    pytest.param(
        ([Order(f"c{n}", AS_OF - timedelta(days=n), Decimal(n + 1)) for n in range(90)], {}),
        id="a customer a day",
    ),
]


@dataclass(frozen=True)
class Loaded:
    """Orders in an engine, with their sums and the numbers that are given with them."""

    orders: list[Order]
    numbers: dict[str, float]
    engine: Any
    sums: facts.Facts

    def asked(self, by: Period, metric: Metric = "ltv") -> Cohorts:
        return answer.answer(self.engine, self.sums, Settings(**self.numbers), by, metric)


@pytest.fixture(scope="module", params=CASES)
def loaded(request: pytest.FixtureRequest) -> Iterator[Loaded]:
    orders, numbers = request.param
    with engine(orders) as opened:
        yield Loaded(orders, numbers, opened, facts.gather(opened, AS_OF, None))


@pytest.mark.parametrize(
    ("by", "metric"),
    effort.nth(
        4,
        [
            pytest.param(
                by, metric, marks=() if by == "month" or metric == "ltv" else pytest.mark.slow
            )
            for by in PERIODS
            for metric in METRICS
            if metric != SUBSCRIPTIONS_METRIC
        ],
    ),
)
def test_every_cell_is_that_of_a_plain_count(loaded: Loaded, by: Period, metric: Metric) -> None:
    found, numbers = loaded.asked(by, metric), loaded.numbers

    expected = Reference(loaded.orders, AS_OF, by)
    totals = expected.totals(metric, numbers.get("margin"), numbers.get("discount", 0.0))
    for row in found.tables["triangle"]:
        cohort, age = str(row["cohort"]), int(row["age_month"] or 0)
        value = expected.value(totals, metric, cohort, age)
        assert row["customers"] == expected.watched(cohort, age)
        assert row["complete"] is bool(
            value is not None and row["customers"] == expected.size(cohort)
        )
        assert row["value"] == (value if value is None else pytest.approx(value, abs=1e-9))
    cells = {(row["cohort"], row["age_month"]) for row in found.tables["triangle"]}
    assert totals.keys() <= cells


@pytest.mark.parametrize("by", PERIODS)
def test_every_cohort_is_that_of_a_plain_count(loaded: Loaded, by: Period) -> None:
    found, numbers = loaded.asked(by), loaded.numbers

    expected = Reference(loaded.orders, AS_OF, by)
    totals = expected.totals("ltv", numbers.get("margin"), numbers.get("discount", 0.0))
    undiscounted = expected.totals("ltv", numbers.get("margin"), 0.0)
    assert columns(found, "cohorts", "cohort") == sorted(set(expected.cohort.values()))
    for row in found.tables["cohorts"]:
        cohort = str(row["cohort"])
        assert row["customers"] == expected.size(cohort)
        assert row["revenue"] == float(expected.revenue(cohort))
        months = expected.months(cohort) if expected.size(cohort) else 0
        assert row["months"] == months
        ltv = expected.value(totals, "ltv", cohort, months - 1) if months else None
        assert row["ltv"] == (ltv if ltv is None else pytest.approx(ltv, abs=1e-9))
        cac = numbers.get("cac")
        back = [
            age + 1
            for age in range(months)
            if cac and (expected.value(undiscounted, "ltv", cohort, age) or 0) >= cac
        ]
        assert row["payback_observed"] == (back[0] if back else None)
        if ltv is not None and cac:
            assert row["ltv_to_cac"] == pytest.approx(ltv / cac)


@pytest.mark.slow
@few_examples
@given(seeds)
def test_all_cohorts_together_are_the_customers_of_calc(seed: int) -> None:
    orders = shop(seed, 80, cost=True)
    found = asked(orders)
    curve = economics(orders).tables["curve"]

    both = zip(found.tables["by_age"], curve, strict=False)
    for row, known in both:
        for end in ("", "_low", "_high"):
            assert row[f"ltv{end}"] == pytest.approx(known[f"cumulative{end}"])
    assert sum(columns(found, "cohorts", "customers")) == len({one.customer for one in orders})


@few_examples
@given(seeds)
def test_the_cells_add_up_to_what_was_accepted(seed: int) -> None:
    orders = shop(seed, 80)
    revenue = float(sum(one.amount for one in orders))
    found = asked(orders, "quarter", "orders")

    assert sum(columns(found, "triangle", "revenue")) == pytest.approx(revenue)
    assert sum(columns(found, "cohorts", "revenue")) == pytest.approx(revenue)


@few_examples
@given(seeds)
def test_a_quarter_is_its_three_months(seed: int) -> None:
    orders = shop(seed, 80)
    months, quarters = (asked(orders, by, "revenue") for by in PERIODS)

    for key in ("customers", "revenue"):
        added: dict[str, float] = {}
        for row in months.tables["cohorts"]:
            year, month = str(row["cohort"]).split("-")
            name = f"{year}-Q{(int(month) + 2) // 3}"
            added[name] = added.get(name, 0) + float(row[key] or 0)
        assert added == pytest.approx(
            dict(
                zip(
                    columns(quarters, "cohorts", "cohort"),
                    columns(quarters, "cohorts", key),
                    strict=True,
                )
            )
        )


@few_examples
@given(seeds)
def test_row_order_does_not_change_the_answer(seed: int) -> None:
    orders = shop(seed, 60, cost=True)
    mixed = random.Random(seed).sample(orders, len(orders))

    assert asked(mixed, metric="retention") == asked(orders, metric="retention")


@pytest.mark.slow
@few_examples
@given(seeds)
def test_ten_times_the_money_is_ten_times_every_value(seed: int) -> None:
    orders = shop(seed, 60)
    rich = [replace(one, amount=10 * one.amount) for one in orders]
    once, tenfold = asked(orders, cac=20.0), asked(rich, cac=200.0)

    for key in ("ltv", "ltv_low", "ltv_high", "revenue"):
        expected = [one if one is None else 10 * one for one in columns(once, "cohorts", key)]
        assert columns(tenfold, "cohorts", key) == pytest.approx(expected)
    for key in ("grade", "payback_observed", "payback_observed_low", "payback_observed_high"):
        assert columns(tenfold, "cohorts", key) == columns(once, "cohorts", key)
    assert columns(tenfold, "trend", "p") == pytest.approx(columns(once, "trend", "p"))


def test_the_sums_of_the_engine_must_be_the_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = shop(1, 30)
    with engine(orders) as opened:
        sums = facts.gather(opened, AS_OF, None)
        opened.execute("delete from triangle where age_month = 0 and bucket = 0")
        with pytest.raises(InternalError):
            answer.answer(opened, sums, Settings(), "month", "ltv")


def daily(first: date, amounts: Sequence[float], who: str, month: int = 31) -> list[Order]:
    """Customers who come on one day and order once in each of their months."""
    return [
        Order(f"{who}{n}", first + timedelta(days=age * month), Decimal(str(amount)))
        for n in range(40)
        for age, amount in enumerate(amounts)
    ]


def test_two_cohorts_have_the_values_counted_by_hand() -> None:
    orders = [*daily(date(2025, 1, 1), [10, 10, 10], "a"), *daily(date(2025, 3, 1), [20], "b")]
    found = asked(orders, as_of=date(2025, 4, 30), margin=0.5, cac=10.0)

    january, march = found.tables["cohorts"]
    assert (january["cohort"], march["cohort"]) == ("2025-01", "2025-03")
    assert (january["months"], march["months"]) == (3, 2)
    # 10 at the start and after 31 and 62 days: months 0, 1 and 2 of life, half of it margin.
    assert columns(found, "triangle", "value") == [5.0, 10.0, 15.0, 10.0, 10.0]
    assert (january["ltv"], january["ltv_to_cac"], january["grade"]) == (15.0, 1.5, "caution")
    assert (january["payback_observed"], march["payback_observed"]) == (2.0, 1.0)
    assert march["grade"] == "unknown"  # two months are too few for a verdict
    assert found.evidence.unfinished == 0.0


def test_a_month_that_only_some_have_lived_is_marked_and_of_those_who_have() -> None:
    early, late = (daily(date(2025, 1, day), [10, 6], f"d{day}-") for day in (1, 20))
    found = asked([*early, *late], as_of=date(2025, 3, 10), metric="revenue")

    first, second = found.tables["triangle"]
    assert (first["customers"], first["complete"], first["value"]) == (80, True, 10.0)
    # Of those who came on the 20th, the second order is there, but not the whole second month.
    assert (second["customers"], second["complete"], second["value"]) == (40, False, 6.0)
    assert second["revenue"] == 480.0
    assert found.evidence.unfinished == 240.0


def test_a_cohort_is_not_over_before_its_last_day() -> None:
    orders = daily(date(2025, 1, 1), [10], "a")

    assert columns(asked(orders, as_of=date(2025, 1, 30)), "cohorts", "over") == [False]
    assert columns(asked(orders, as_of=date(2025, 1, 31)), "cohorts", "over") == [True]
    assert columns(asked(orders, "quarter", as_of=date(2025, 3, 30)), "cohorts", "over") == [False]


def test_one_customer_has_a_value_and_no_interval() -> None:
    found = asked([Order("a", date(2025, 1, 1), Decimal(10)), *daily(date(2025, 6, 1), [20], "b")])

    assert columns(found, "cohorts", "ltv") == [10.0, 20.0]
    assert columns(found, "cohorts", "ltv_low")[0] is None


def test_the_interval_of_a_small_cohort_knows_only_its_own_customers() -> None:
    """The mean of 10, 20 and 30 has the classic interval of three, whoever else there is."""
    three = [Order(f"s{n}", date(2025, 1, 1), Decimal(10 * n)) for n in (1, 2, 3)]
    many = [Order(f"m{n}", date(2025, 6, 1), Decimal(20)) for n in range(500)]
    found = asked([*three, *many]).tables["cohorts"][0]

    half = 4.302652729749 * 10 / 3**0.5
    assert (found["ltv_low"], found["ltv_high"]) == pytest.approx((20 - half, 20 + half))


def test_a_discount_makes_later_months_worth_less_but_pays_back_as_soon() -> None:
    orders = daily(date(2025, 1, 1), [10, 10, 10], "a")
    plain, discounted = (asked(orders, discount=rate, cac=30.0) for rate in (0.0, 0.5))

    (before,), (after,) = columns(plain, "cohorts", "ltv"), columns(discounted, "cohorts", "ltv")
    assert before == 30.0
    assert after == pytest.approx(10 + 10 / 1.5 ** (1 / 12) + 10 / 1.5 ** (2 / 12))
    assert columns(discounted, "cohorts", "payback_observed") == [3.0]


def test_a_cohort_has_the_margin_of_its_own_orders() -> None:
    cheap = [replace(one, cost=Decimal(2)) for one in daily(date(2025, 1, 1), [10], "a")]
    dear = [replace(one, cost=Decimal(8)) for one in daily(date(2025, 2, 1), [10], "b")]

    assert columns(asked([*cheap, *dear]), "cohorts", "ltv") == pytest.approx([8.0, 2.0])
    assert columns(asked([*cheap, *dear], margin=0.3), "cohorts", "ltv") == [3.0, 3.0]


def test_without_a_margin_values_are_marked_as_revenue() -> None:
    found = asked(daily(date(2025, 1, 1), [10], "a"))

    assert found.basis == "revenue"
    assert columns(found, "cohorts", "margin") == [None]


def test_revenue_of_cohorts_is_exact_beyond_the_digits_of_a_float() -> None:
    """Ten million orders of 0.10 are 1,000,000.00, which binary fractions do not add up to."""
    from ltvcli.analyses.cohorts.answer import _revenue

    sums = {
        "cohort": np.array([24_300, 24_300, 24_301]),
        "revenue": np.array(["90071992547409.93", "0.01", "0.10"], dtype=object),
        "orders": np.array([1, 1, 1]),
    }
    total = Decimal("90071992547410.04")
    cells: Any = SimpleNamespace(months=np.array([24_300, 24_301]))

    assert _revenue(sums, cells, total, 3) == [Decimal("90071992547409.94"), Decimal("0.10")]
    with pytest.raises(InternalError):
        _revenue(sums, cells, total + Decimal("0.01"), 3)
