"""Cohorts against an independent count, by hand, and what must hold for every shop."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltvcli import facts
from ltvcli.analyses import cohorts
from ltvcli.analyses.cohorts import Cohorts
from ltvcli.config import Settings
from ltvcli.results.cohorts import METRICS, PERIODS, Metric, Period
from tests.cohort_reference import Reference
from tests.reference import Order
from tests.shops import AS_OF, economics, engine, shop

few_examples = settings(max_examples=4, deadline=None)
seeds = st.integers(0, 10_000)


def asked(
    orders: Sequence[Order],
    by: Period = "month",
    metric: Metric = "ltv",
    as_of: date = AS_OF,
    **given: Any,
) -> Cohorts:
    with engine(orders) as opened:
        sums = facts.gather(opened, as_of, None)
        return cohorts.answer(opened, sums, Settings(**given), by, metric)


def columns(found: Cohorts, table: str, key: str) -> list[Any]:
    return [row[key] for row in found.tables[table]]


REFUNDS = [
    Order("refunds only", date(2025, 3, 1), Decimal("-7.25"), counted=False),
    Order("refund, long before anyone", date(2022, 3, 1), Decimal("-3.10"), counted=False),
]
CASES = [
    pytest.param(shop(1, 120), {}, id="a shop"),
    pytest.param(shop(2, 120, cost=True), {"cac": 90.0}, id="with costs"),
    pytest.param(shop(3, 120), {"margin": 0.4, "discount": 0.2, "cac": 30.0}, id="given numbers"),
    pytest.param(
        [
            *shop(4, 60, cost=True),
            *(replace(one, customer="x" + one.customer) for one in shop(5, 60)),
        ],
        {},
        id="costs of some orders only",
    ),
    pytest.param([*shop(6, 40), *REFUNDS], {}, id="refunds without orders"),
    pytest.param([Order("a", AS_OF, Decimal(10))], {}, id="one order on the last day"),
    pytest.param(
        [Order(f"c{n}", AS_OF - timedelta(days=n), Decimal(n + 1)) for n in range(90)],
        {},
        id="a customer a day",
    ),
]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("by", PERIODS)
@pytest.mark.parametrize(("orders", "given"), CASES)
def test_every_cell_is_that_of_a_plain_count(
    orders: list[Order], given: dict[str, float], by: Period, metric: Metric
) -> None:
    found = asked(orders, by, metric, **given)

    expected = Reference(orders, AS_OF, by)
    totals = expected.totals(metric, given.get("margin"), given.get("discount", 0.0))
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
@pytest.mark.parametrize(("orders", "given"), CASES)
def test_every_cohort_is_that_of_a_plain_count(
    orders: list[Order], given: dict[str, float], by: Period
) -> None:
    found = asked(orders, by, **given)

    expected = Reference(orders, AS_OF, by)
    totals = expected.totals("ltv", given.get("margin"), given.get("discount", 0.0))
    undiscounted = expected.totals("ltv", given.get("margin"), 0.0)
    assert columns(found, "cohorts", "cohort") == sorted(set(expected.cohort.values()))
    for row in found.tables["cohorts"]:
        cohort = str(row["cohort"])
        assert row["customers"] == expected.size(cohort)
        assert row["revenue"] == float(expected.revenue(cohort))
        months = expected.months(cohort) if expected.size(cohort) else 0
        assert row["months"] == months
        ltv = expected.value(totals, "ltv", cohort, months - 1) if months else None
        assert row["ltv"] == (ltv if ltv is None else pytest.approx(ltv, abs=1e-9))
        cac = given.get("cac")
        back = [
            age + 1
            for age in range(months)
            if cac and (expected.value(undiscounted, "ltv", cohort, age) or 0) >= cac
        ]
        assert row["payback_observed"] == (back[0] if back else None)
        if ltv is not None and cac:
            assert row["ltv_to_cac"] == pytest.approx(ltv / cac)
