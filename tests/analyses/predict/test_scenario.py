"""A scenario of new customers: how many come, what they bring, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from ltvcli.analyses.cohorts import left_truncation
from ltvcli.analyses.predict import answer, cohort_spread, scenario
from ltvcli.analyses.predict.answer import Prediction
from ltvcli.analyses.predict.intervals import Uncertainty
from ltvcli.errors import LastYearTruncatedError, NewCustomersUnvaluedError, NoLastYearError
from ltvcli.facts import orders as facts
from ltvcli.results import Row
from ltvcli.settings.parsing import LAST_YEAR
from ltvcli.settings.settings import Settings
from tests.reference import Order
from tests.shops import engine
from tests.simulated import known, last_day, simulated

DAYS, AHEAD = 540, 182
AS_OF = last_day(DAYS)
EVERYTHING = simulated(7, 600, DAYS + AHEAD, 0)
SHOP = known(EVERYTHING, AS_OF)
SIX = Settings(horizon=6.0)


@cache
def predict(
    asked: int | str | None, margin: float | None = None, discount: float | None = None
) -> Prediction:
    settings = replace(SIX, new_customers=asked, margin=margin, discount=discount)
    with engine(SHOP) as opened:
        return answer.answer(opened, facts.gather(opened, AS_OF, None), settings)


def parts(
    asked: int | str, margin: float | None = None, discount: float | None = None
) -> dict[str, dict[str, float]]:
    rows = predict(asked, margin, discount).tables["scenario"]
    return {str(row["part"]): numbers(row) for row in rows}


def numbers(row: Row) -> dict[str, float]:
    return {key: float(value) for key, value in row.items() if isinstance(value, (int, float))}


@pytest.mark.slow
def test_without_a_scenario_nothing_is_added() -> None:
    plain = predict(None)

    assert "scenario" not in plain.tables
    assert plain.tables["totals"] == predict(20).tables["totals"]


def test_known_customers_are_those_of_the_forecast_and_both_are_the_sum() -> None:
    found, totals = parts(20), numbers(predict(None).tables["totals"][1])

    assert found["known"] == totals
    for key in ("orders", "value"):
        assert found["both"][key] == pytest.approx(found["known"][key] + found["new"][key])
        width = {part: found[part][f"{key}_high"] - found[part][f"{key}_low"] for part in found}
        assert max(width["known"], width["new"]) < width["both"] < width["known"] + width["new"]


def test_value_is_proportional_to_the_number_of_customers() -> None:
    one, two = parts(20)["new"], parts(40)["new"]

    assert one["new_customers"] == pytest.approx(120)
    for key in ("new_customers", "orders", "value"):
        assert two[key] == pytest.approx(2 * one[key])
    # Customers are alike in season and trend, but their own noise averages out.
    assert 1 < two["value_high"] / two["value"] < one["value_high"] / one["value"]


def test_value_is_the_first_order_and_repeat_orders_before_the_end() -> None:
    new, found = predict(None).tables["new"][0], parts(20)["new"]
    first, whole = float(new["first_order"] or 0), float(new["value"] or 0)
    each = found["value"] / found["new_customers"]

    assert first < each < whole
    assert 1 < found["orders"] / found["new_customers"] < float(new["orders"] or 0)


def test_margin_and_discount_lower_the_value() -> None:
    plain, less = parts(20)["new"], parts(20, margin=0.4, discount=0.21)["new"]

    assert less["orders"] == plain["orders"]
    assert 1.21**-0.5 < less["value"] / (0.4 * plain["value"]) < 1.21**-0.15


def test_last_year_counts_new_customers_of_the_same_days_a_year_ago() -> None:
    first = {one.customer: one.day for one in sorted(SHOP, key=lambda one: one.day, reverse=True)}
    days = [AS_OF + timedelta(days=day - 365) for day in range(1, 184)]

    came = sum(day in days for day in first.values())
    assert came > 50
    assert parts(LAST_YEAR)["new"]["new_customers"] == came


def test_the_actual_result_is_inside_the_interval() -> None:
    first: dict[str, Order] = {}
    for one in sorted(EVERYTHING, key=lambda one: one.day):
        first.setdefault(one.customer, one)
    until = AS_OF + timedelta(days=183)
    coming = {name for name, one in first.items() if AS_OF < one.day <= until}
    value = sum(
        float(one.amount)
        for one in EVERYTHING
        if one.customer in coming and AS_OF < one.day <= until
    )

    found = parts(round(len(coming) / 6))["new"]
    assert found["value_low"] < value < found["value_high"]
    assert found["value_high"] < 2 * found["value_low"]


@pytest.mark.slow
def test_less_than_a_year_does_not_show_last_year() -> None:
    day = last_day(300)
    with engine(known(SHOP, day)) as opened:
        sums = facts.gather(opened, day, None)
        with pytest.raises(NoLastYearError) as raised:
            answer.answer(opened, sums, replace(SIX, new_customers=LAST_YEAR))
    assert raised.value.exit_code == 4


@pytest.mark.slow
def test_customers_who_only_seem_new_are_not_those_of_last_year() -> None:
    begins = AS_OF - timedelta(days=364)
    opening = [
        Order(f"old{number}", begins + timedelta(days=number % 20), SHOP[0].amount)
        for number in range(200)
    ]
    late = [one for one in SHOP if one.day >= begins] + opening
    with engine(late) as opened:
        sums = facts.gather(opened, AS_OF, None)
        asked = replace(SIX, new_customers=LAST_YEAR)
        truncation = left_truncation.find(sums, asked)
        assert truncation is not None
        with pytest.raises(LastYearTruncatedError):
            answer.answer(opened, sums, asked, truncation=truncation)


def test_where_no_new_customer_can_be_valued_there_is_no_scenario(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer, "newcomers", lambda *_: iter(()))
    with engine(SHOP) as opened:
        sums = facts.gather(opened, AS_OF, None)
        with pytest.raises(NewCustomersUnvaluedError):
            answer.answer(opened, sums, replace(SIX, new_customers=20))


def test_cohorts_that_differ_by_chance_alone_differ_less_than_those_that_do_not() -> None:
    chance = np.random.default_rng(1)
    expected = np.full((30, 100), 50.0)
    alike = expected * chance.gamma(4, 1 / 4, size=expected.shape)
    level = np.exp(chance.normal(0, 0.3, size=(30, 1)))

    same, apart = (
        cohort_spread.spread(actual, expected, 3_000).between for actual in (alike, alike * level)
    )
    assert same < 0.01
    assert 0.05 < apart < 0.15  # 0.3 squared, and the noise of 30 cohorts


def test_the_noise_of_one_customer_is_its_relative_variance() -> None:
    chance = np.random.default_rng(2)
    customers = chance.gamma(4, 25, size=(10, 100))  # 100 groups of one customer

    found = cohort_spread.spread(customers, np.full((10, 100), 100.0), 1_000)
    assert found.single == pytest.approx(1 / 4, rel=0.15)


class Linear:
    """A model of purchases in which a customer makes `rate` of them a week."""

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def expected_new(self, weeks: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.rate * weeks


def test_a_customer_of_the_first_day_repeats_as_a_new_customer_does_over_the_horizon() -> None:
    days, weeks = 182, 26.0
    outlook = SimpleNamespace(weeks=weeks, usual={"slow": Linear(0.1), "fast": Linear(0.3)})
    newcomer = SimpleNamespace(first=50.0, repeats=2.6, later=104.0)
    coming = np.zeros(days)
    coming[0] = 10.0

    found = scenario.add_up(coming, newcomer, outlook, discount=0.0)  # type: ignore[arg-type]

    to_the_end = (days - 0.5) / days  # customers come in the middle of a day
    assert found.customers == 10
    assert found.first == pytest.approx(500)
    assert found.repeats == pytest.approx(26 * to_the_end)
    assert found.later == pytest.approx(1040 * to_the_end)


@pytest.mark.parametrize(
    ("deviation", "between", "variance"),
    [(0.3, 0.0, 0.09 - 0.02), (0.3, 0.16, 0.16 / 2), (0.1, 0.0, 0.0)],
    ids=["error of a new customer", "spread of cohorts", "order value alone"],
)
def test_orders_of_new_customers_are_as_uncertain_as_the_larger_of_model_and_cohorts(
    deviation: float, between: float, variance: float
) -> None:
    uncertainty = Uncertainty(
        shared=0.04, period=0.0, dispersion=2.0, money=0.02, noise=0.0, stated=0.2, degrees=30.0
    )
    ahead = scenario.Ahead(customers=100.0, repeats=50.0, first=0.0, later=0.0)
    known = dict.fromkeys(
        ("orders", "orders_low", "orders_high", "value", "value_low", "value_high"), 0.0
    )

    _, new, _ = scenario.rows(
        ahead,
        known,
        SimpleNamespace(deviation=deviation),  # type: ignore[arg-type]
        uncertainty,
        cohort_spread.CohortSpread(between=between, single=0.0),
        margin=1.0,
        worth=1.0,
    )

    low, high = uncertainty.limits(50.0, (variance + 2.0 / 50) ** 0.5)
    assert (new["orders_low"], new["orders_high"]) == pytest.approx((100 + low, 100 + high))
