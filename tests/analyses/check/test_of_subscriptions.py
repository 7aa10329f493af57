"""Figures of subscriptions by month are those of `ltv mrr`, and of retention over that month."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ltvcli.analyses.benchmark import retention
from ltvcli.analyses.check import of_subscriptions
from ltvcli.analyses.mrr import answer as mrr
from ltvcli.engines import duckdb
from tests.analyses.benchmark.test_retention import AS_OF, history
from tests.subscribers import gathered

NAMED = ("mrr", "customers", "arpu", "new_customers", "logo_churn", "nrr", "grr")


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    with duckdb.open([], tmp_path, None) as opened:
        gathered(opened, history(1), AS_OF)
        yield opened


def test_months_are_those_of_mrr(engine: Any) -> None:
    found = of_subscriptions.monthly(engine, AS_OF, date(2024, 1, 1), NAMED)
    months = [month for month in mrr.answer(engine, AS_OF) if month.complete]

    assert [month.name for month in found.months] == [f"{month.month:%Y-%m}" for month in months]
    for figure, key in (
        ("mrr", "closing"), ("customers", "customers_closing"), ("arpu", "arpu"),
        ("new_customers", "customers_new"),
    ):  # fmt: skip
        values = [value.value if value else None for value in found.values[figure]]
        assert values == [getattr(month, key) for month in months]
    assert found.worth["grr"] == months[-1].opening


def test_retention_is_that_of_the_month(engine: Any) -> None:
    first = date(2024, 1, 1)
    found = of_subscriptions.monthly(engine, AS_OF, first, NAMED)

    for place, month in enumerate(found.months):
        kept = retention.between(engine, month.first - timedelta(days=1), month.last, first)
        for figure in ("logo_churn", "nrr", "grr"):
            assert found.values[figure][place] == kept.get(figure)
    assert found.values["nrr"][0] is None
    last = found.values["logo_churn"][-1]
    assert last is not None
    assert last.low is not None


def test_only_what_is_named_is_measured(engine: Any) -> None:
    found = of_subscriptions.monthly(engine, AS_OF, date(2024, 1, 1), ["mrr"])

    assert set(found.values) == {"mrr"}


def test_plans_add_up_to_mrr(engine: Any) -> None:
    whole = of_subscriptions.monthly(engine, AS_OF, date(2024, 1, 1), NAMED)
    plans = of_subscriptions.by_plan(engine, AS_OF, NAMED)
    last = [plan.values["mrr"][-1] for plan in plans]

    assert sum(value.value for value in last if value) == pytest.approx(
        whole.values["mrr"][-1].value  # type: ignore[union-attr]
    )
