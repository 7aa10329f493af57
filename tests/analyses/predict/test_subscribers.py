"""Forecasts of subscribers: backtests see no later data, and never flatter."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.predict import retention_backtest as backtest
from ltvcli.analyses.predict import subscribers
from ltvcli.analyses.predict.answer import Prediction
from ltvcli.analyses.predict.retention_forecasts import MEAN_CHURN, NO_CHURN, SBG
from ltvcli.engines import duckdb
from ltvcli.errors import (
    HorizonPastPredictionError,
    NobodyPaidError,
    NobodyPaysError,
    TooFewMonthsToPredictError,
    TooFewToPredictError,
    UndatedForecastError,
    UnknownNameError,
)
from ltvcli.facts import subscriptions
from ltvcli.settings.settings import Settings
from tests.mrr_reference import Stretch, fill
from tests.subscribers import anniversary, cohort

LAST = date(2024, 12, 31)
DAYS = 365


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def world(seed: int, customers: int = 300) -> list[Stretch]:
    """Make subscribers of two plans who leave at a renewal with a chance of their own."""
    chance = random.Random(seed)
    history = []
    for number in range(customers):
        begun = date(2022, 1, 1) + timedelta(days=chance.randrange(1095))
        leaves = chance.betavariate(1, 12)
        months = 1
        while chance.random() >= leaves and anniversary(begun, months) < LAST + 400 * DAY:
            months += 1
        plan, price = chance.choice([("basic", 10), ("basic", 10), ("pro", 30)])
        end = anniversary(begun, months)
        history.append(Stretch(f"c{number}", begun, end, Decimal(price), plan=plan))
    return history


DAY = timedelta(days=1)
WORLD = world(1)


def gathered(engine: Any, history: Sequence[Stretch], as_of: date = LAST, **known: Any) -> Any:
    fill(engine, history)
    engine.execute("alter table periods add column segment text")
    engine.execute("update periods set segment = plan")
    return subscriptions.gather(engine, as_of, by_segment=True, **known)


def predicted(
    engine: Any, history: Sequence[Stretch], as_of: date = LAST, model: str = "auto", **given: Any
) -> Prediction:
    facts = gathered(engine, history, as_of)
    return subscribers.answer(engine, facts, Settings(**given), model)


def number(row: Mapping[str, Any], key: str) -> float:
    return float(row[key])


@pytest.fixture(scope="module")
def known(engine: Any) -> Prediction:
    return predicted(engine, WORLD, margin=0.5, cac=40.0)


def test_what_is_paid_later_lies_in_the_interval(known: Prediction) -> None:
    until = LAST + DAYS * DAY
    paid = 0.0
    for one in WORLD:
        if one.start <= LAST < (one.end or LAST):
            days = (min(one.end or until, until + DAY) - LAST - DAY).days
            paid += float(one.amount) * days / 30.436875
    future = known.tables["totals"][1]

    assert number(future, "value_low") < 0.5 * paid < number(future, "value_high")
    assert number(future, "value") == pytest.approx(0.5 * paid, rel=0.1)
    assert known.evidence.models_win is not None
    assert len(known.evidence.cutoffs) == 4


def test_groups_add_up_to_the_total(known: Prediction) -> None:
    past, future = known.tables["totals"]
    for table in ("segments", "cohorts"):
        rows = known.tables[table]
        assert sum(number(row, "value") for row in rows) == pytest.approx(number(future, "value"))
        assert sum(number(row, "past_value") for row in rows) == pytest.approx(
            number(past, "value")
        )
        assert sum(number(row, "customers_closing") for row in rows) == past["customers"]
        assert sum(number(row, "customers") for row in rows) == len(WORLD)


def test_the_new_customer_is_the_average_of_the_plans(known: Prediction) -> None:
    everyone, *plans = known.tables["new"]
    count = number(everyone, "customers")

    assert everyone["segment"] is None
    for key in ("value", "first_mrr", "expected_months"):
        mean = sum(number(row, key) * number(row, "customers") for row in plans) / count
        assert number(everyone, key) == pytest.approx(mean)
    assert everyone["pltv_to_cac"] == pytest.approx(number(everyone, "value") / 40)
    assert number(everyone, "payback_low") <= number(everyone, "payback")


@pytest.mark.slow
def test_a_test_knows_nothing_of_later_days(engine: Any) -> None:
    """Whoever leaves after a cut-off: what was said on it stays, only what came changes."""
    later = [
        one._replace(end=LAST) if one.end and date(2024, 1, 2) < one.end < LAST else one
        for one in WORLD
    ]
    said = []
    for history in (WORLD, later):
        facts = gathered(engine, history)
        (newest, *_) = backtest.holdouts(engine, facts, 12, {})
        said.append((newest.moment.as_of, newest.revenue(SBG), newest.revenue(MEAN_CHURN)))
    assert said[0] == said[1]
    assert said[0][0] < date(2024, 1, 2)


def test_the_forecast_with_the_smaller_errors_is_used(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    missed = {SBG: 0.3, MEAN_CHURN: 0.1, NO_CHURN: 0.9}
    monkeypatch.setattr(
        backtest, "errors", lambda holdouts, model: np.full(len(holdouts), missed[model])
    )
    plain = predicted(engine, WORLD)
    missed[SBG] = 0.05
    model = predicted(engine, WORLD)

    assert (plain.evidence.chosen, plain.evidence.models_win) == (MEAN_CHURN, False)
    assert (model.evidence.chosen, model.evidence.models_win) == (SBG, True)
    assert [row["chosen"] for row in plain.tables["backtest"]][:3] == [False, True, False]
    assert plain.tables["totals"][1] != model.tables["totals"][1]


@pytest.mark.slow
def test_without_a_backtest_the_lower_forecast_is_used_and_shown_as_untested(engine: Any) -> None:
    as_of = date(2022, 4, 20)
    young = [one for one in WORLD if one.start < as_of]
    history = [*young, *cohort({1: 9, 2: 4}, 30, date(2022, 1, 2))]
    found = predicted(engine, history, as_of, horizon=4.0)

    assert found.evidence.cutoffs == ()
    values = [
        number(predicted(engine, history, as_of, model, horizon=4.0).tables["totals"][1], "value")
        for model in (SBG, MEAN_CHURN)
    ]
    assert number(found.tables["totals"][1], "value") == min(values) < max(values)
    labels = {line.label: line.says.text for line in found.says}
    assert "too short for a backtest" in labels["Backtest"]
    assert "is assumed: no backtest" in labels["Uncertainty"]


def test_a_worse_record_widens_the_interval() -> None:
    good, bad = (backtest.record(np.full(4, error), 12, 12) for error in (0.02, 0.4))
    none = backtest.record(np.empty(0), 0, 12)

    assert good.half < none.half < bad.half
    longer = backtest.record(np.full(4, 0.02), 12, 24)
    assert longer.half == pytest.approx(2**0.5 * good.half)


@pytest.mark.slow
def test_a_discount_lowers_what_is_ahead_and_no_test(engine: Any, known: Prediction) -> None:
    found = predicted(engine, WORLD, margin=0.5, cac=40.0, discount=0.5)

    assert number(found.tables["totals"][1], "value") < number(known.tables["totals"][1], "value")
    assert found.tables["backtest"] == known.tables["backtest"]


@pytest.mark.slow
def test_the_end_of_a_yearly_plan_is_counted_in_years(engine: Any) -> None:
    yearly = [
        replace_end(one, anniversary(one.start, 12 * (1 + index % 3)))
        for index, one in enumerate(WORLD)
    ]
    facts = gathered(engine, yearly)
    found = subscribers.answer(engine, facts, Settings(), every={"basic": 12, "pro": 12})

    assert {row["every"] for row in found.tables["models"] if row["model"] == SBG} == {12}


def replace_end(one: Stretch, end: date) -> Stretch:
    return one._replace(end=end)


@pytest.mark.slow
def test_what_cannot_be_predicted_is_refused(engine: Any) -> None:
    with pytest.raises(UnknownNameError, match="bg-nbd"):
        predicted(engine, WORLD, model="bg-nbd")
    with pytest.raises(NobodyPaidError):
        predicted(engine, [Stretch("a", date(2024, 1, 1), state="trial")])
    with pytest.raises(TooFewToPredictError):
        predicted(engine, WORLD[:20])
    with pytest.raises(TooFewMonthsToPredictError):
        predicted(engine, cohort({1: 5}, 40, date(2024, 11, 1)))
    with pytest.raises(HorizonPastPredictionError):
        predicted(engine, WORLD, horizon=120.0)
    with pytest.raises(NobodyPaysError):
        predicted(engine, cohort({2: 40}, 0))
    facts = replace(gathered(engine, WORLD), dated=False)
    with pytest.raises(UndatedForecastError):
        subscribers.answer(engine, facts, Settings())
