"""Monthly figures of subscriptions equal those of `ltv mrr` and of its retention."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ltvcli.analyses.benchmark import retention
from ltvcli.analyses.check import of_periods, of_subscriptions
from ltvcli.analyses.check.groups import TOGETHER
from ltvcli.analyses.mrr import answer as mrr
from ltvcli.engines import duckdb
from ltvcli.facts import subscriber_periods
from ltvcli.settings.assumptions import Assumptions
from tests.analyses.benchmark.test_retention import AS_OF, history
from tests.subscribers import gathered

NAMED = ("mrr", "subscribers", "arpu", "logo_churn", "nrr", "grr")


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    with duckdb.open([], tmp_path, None) as opened:
        yield opened


def test_months_are_those_of_mrr(engine: Any) -> None:
    gathered(engine, history(1), AS_OF)
    found = of_subscriptions.monthly(engine, AS_OF, date(2024, 1, 1), NAMED)
    months = [month for month in mrr.answer(engine, AS_OF) if month.complete]

    assert [month.name for month in found.months] == [f"{month.month:%Y-%m}" for month in months]
    for figure, key in (
        ("mrr", "closing"), ("subscribers", "customers_closing"), ("arpu", "arpu"),
    ):  # fmt: skip
        values = [value.value if value else None for value in found.values[figure]]
        assert values == [getattr(month, key) for month in months]
    assert found.worth["grr"] == months[-1].opening


def test_retention_is_that_of_the_month(engine: Any) -> None:
    gathered(engine, history(1), AS_OF)
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
    gathered(engine, history(1), AS_OF)
    found = of_subscriptions.monthly(engine, AS_OF, date(2024, 1, 1), ["mrr"])

    assert set(found.values) == {"mrr"}


@pytest.mark.slow
def test_segments_add_up_to_all(engine: Any) -> None:
    """What is counted and what is measured by period are the same subscribers."""
    as_of = date(2025, 10, 31)  # while subscribers still come
    facts = gathered(engine, history(2, 600), as_of)
    periods = subscriber_periods.gather(engine, facts)
    named = ("mrr", "subscribers", "new_customers", "period_ltv", "ltv_to_cac")
    counted = of_subscriptions.monthly(engine, as_of, facts.first, NAMED)
    (valued,) = of_periods.monthly(periods, TOGETHER, named, Assumptions(cac=20.0), None)
    found = of_subscriptions.joined(counted, valued)

    assert found.months == counted.months
    for figure in ("mrr", "subscribers"):
        for month, value in zip(valued.months, valued.values[figure], strict=True):
            exact = counted.values[figure][counted.months.index(month)]
            assert exact is not None
            assert exact.value == pytest.approx(value.value if value else 0.0)
    ltv, ratio = found.values["period_ltv"][-1], found.values["ltv_to_cac"][-1]
    assert ltv is not None
    assert ratio is not None
    assert ratio.value == pytest.approx(ltv.value / 20)
    assert found.values["mrr"][-1] == counted.values["mrr"][-1]  # exactly, without an interval
    assert {"period_ltv", "ltv_to_cac", "mrr", "grr"} <= found.worth.keys()
