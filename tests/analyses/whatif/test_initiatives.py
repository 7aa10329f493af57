"""Initiatives: gain, feasibility and cost by hand, and the base counted customer by customer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.valuation.inputs import Prepared
from ltvcli.analyses.whatif.initiatives import _of_active
from ltvcli.analyses.whatif.reach import People, people
from ltvcli.analyses.whatif.scenario import Base, scenario
from ltvcli.errors import BeginsElsewhereError, NoBaseError
from ltvcli.results import Source
from ltvcli.settings.changes import changed
from tests.analyses.whatif.asked import row, whatif
from tests.analyses.whatif.test_measured import curves
from tests.shops import gathered, shop

# A customer is worth 100 x 50% / 10% = 500 and costs 100; ten are won a month for 1,000.
STEADY = {"arpu": 100, "churn": 0.1, "margin": 0.5, "cac": 100, "budget": 1000}
FACTS = gathered(shop(41, 200, cost=True))


def plan(lever: str, change: str, **more: Any) -> dict[str, Any]:
    said = {"name": lever, "lever": lever, "change": change, "cost": 1000, "probability": "50%"}
    return {**said, **more}


@pytest.mark.parametrize(
    ("one", "links", "ltv_gain", "base_gain"),
    [
        pytest.param(plan("arpu", "+10%"), {}, 50, 12 * 10 * 50,
                     id="a tenth more revenue of ten customers a month for a year"),
        pytest.param(plan("arpu", "+10%", months=3), {}, 50, 9 * 10 * 50,
                     id="it works after three months"),
        pytest.param(plan("arpu", "+10%", months="2y"), {}, 50, 0,
                     id="it works after the year is over"),
        pytest.param(plan("churn", "-20%"), {}, 125, 12 * 10 * 125, id="a fifth less churn"),
        pytest.param(plan("cac", "-10%"), {}, 0, 12 * 10 * 10,
                     id="as many customers, won for 90 each"),
        pytest.param(plan("budget", "+44%"), {}, 0, 12 * 10 * 0.44 * 400,
                     id="44% more customers, each 400 net"),
        pytest.param(plan("budget", "+44%"), {"cac": {"budget": 0.5}}, 0,
                     12 * 10 * (1.2 * 380 - 400),
                     id="at 1.2 times the CAC, 1.2 times as many, each 380 net"),
        pytest.param(plan("arpu", "+10%"), {"churn": {"arpu": 1.0}}, 0, 0,
                     id="a tenth more who leave cancel it out"),
    ],
)  # fmt: skip
def test_gain_by_hand(
    one: dict[str, Any], links: dict[str, dict[str, float]], ltv_gain: float, base_gain: float
) -> None:
    found = row(whatif(STEADY, links=links, planned=[one]), "priorities", name=one["name"])

    assert found["ltv_gain"] == pytest.approx(ltv_gain)
    assert found["base_gain"] == pytest.approx(base_gain)
    assert found["score"] == pytest.approx(0.5 * base_gain - 1000)
    assert found["roi"] == pytest.approx((0.5 * base_gain - 1000) / 1000)


def test_the_score_is_impact_times_feasibility_times_efficiency() -> None:
    """6,000 x 50% x (1 - 1,000 / 3,000) = 2,000."""
    found = row(whatif(STEADY, planned=[plan("arpu", "+10%")]), "priorities", name="arpu")

    impact, feasibility = found["base_gain"], found["probability"]
    efficiency = 1 - found["cost"] / (impact * feasibility)
    assert found["score"] == pytest.approx(impact * feasibility * efficiency) == 2000
    # 1,000 at 50% x 50 a customer
    assert found["customers_needed"] == pytest.approx(40)


def test_the_best_comes_first() -> None:
    planned = [
        plan("cac", "-10%", name="cheaper ads"),
        plan("arpu", "+10%", name="upsell"),
        plan("churn", "-20%", name="onboarding", cost=20_000),
    ]
    rows = whatif(STEADY, planned=planned).tables["priorities"]

    assert [(one["name"], round(float(one["score"] or 0))) for one in rows] == [
        ("upsell", 2000), ("cheaper ads", -400), ("onboarding", -12_500),
    ]  # fmt: skip


def test_what_costs_nothing_has_no_return_on_it() -> None:
    found = row(whatif(STEADY, planned=[plan("arpu", "+10%", cost=0)]), "priorities", name="arpu")

    assert (found["roi"], found["score"]) == (None, pytest.approx(3000))


def test_without_customers_to_count_the_gain_of_one_ranks() -> None:
    given = {key: value for key, value in STEADY.items() if key != "budget"}
    rows = whatif(given, planned=[plan("arpu", "+10%"), plan("churn", "-20%")]).tables["priorities"]

    assert [(one["name"], one["base_gain"], one["roi"]) for one in rows] == [
        ("churn", None, None), ("arpu", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "facts", "error"),
    [
        pytest.param(plan("aov", "+10%"), None, NoBaseError, id="order value of nobody's orders"),
        pytest.param(plan("cac", "90..80"), None, BeginsElsewhereError,
                     id="begins elsewhere than what was given"),
        pytest.param(plan("budget", "900..800"), None, BeginsElsewhereError,
                     id="begins elsewhere than the budget"),
        pytest.param(plan("margin", "10%->20%"), FACTS, BeginsElsewhereError,
                     id="begins elsewhere than the data says"),
    ],
)  # fmt: skip
def test_an_initiative_that_cannot_be_names_itself(
    one: dict[str, Any], facts: Any, error: type[Exception]
) -> None:
    given = STEADY if facts is None else {"cac": 30}
    with pytest.raises(error, match=f"{one['name']}: {one['lever']}"):
        whatif(given, facts, planned=[one])


def prepared() -> Prepared:
    """Half are there after a month, a quarter after two; 10, 4 and 2 come in, half is margin."""
    measured = curves()
    ages = replace(measured.by_age, horizon=3, active=[np.array([1.0])] * 3)
    revenue = list(ages.revenue)
    inputs = {
        "aov": 5.0, "churn": 0.5, "margin": 0.5, "cac": 3.0, "retention_cost": 0.0,
        "discount": 0.0, "revenue_by_age": revenue, "revenue_by_age_known": revenue,
        "active_by_age": ages.active,
    }  # fmt: skip
    return Prepared(
        inputs=inputs,
        sources=dict.fromkeys(inputs, Source.MEASURED),
        measured=replace(measured, by_age=ages),
        lived=False,
        strict=False,
    )


@pytest.mark.parametrize(
    ("lever", "change", "active", "months", "gain"),
    [
        pytest.param("aov", "+10%", [100], 0, 100 * 0.5 * 0.1 * (2 + 1) / 0.5,
                     id="of 100 in their first month 50 go on to bring 6 each, and a tenth more"),
        pytest.param("aov", "+10%", [0, 40], 0, 40 * 0.5 * 0.1 * 1 / 0.25,
                     id="of 40 in their second month 20 go on to bring 4 each"),
        pytest.param("aov", "+10%", [0, 0, 70], 0, 0, id="past the horizon nothing is known"),
        pytest.param("aov", "+10%", [100], 1, 100 * 0.25 * 0.1 * 1 / 0.25,
                     id="a month later 25 are left"),
        pytest.param("cac", "-10%", [100], 0, 0, id="they are won already"),
        pytest.param("churn", "-100%", [100], 0,
                     100 * 0.5 * ((2 * 1 / 0.375 + 1 * 1 / 0.25) / 1 - (2 + 1) / 0.5),
                     id="once it works nobody leaves: what came in per active month goes on"),
    ],
)  # fmt: skip
def test_extra_value_of_customers_active_now(
    lever: str, change: str, active: list[float], months: float, gain: float
) -> None:
    one = changed(lever, lever, change)
    assert one is not None
    base = Base(prepared=prepared(), method="observed", budget=None, links={})
    then = scenario(base, [one])

    found = _of_active(
        base.prepared, then.prepared, People(active=np.array(active, float), pace=None), months
    )

    assert found is not None
    assert float(np.asarray(found)[0]) == pytest.approx(gain)


def test_only_customers_who_are_still_active_are_counted() -> None:
    lifetimes = FACTS.lifetimes

    found = people(FACTS)

    assert found.active.sum() == lifetimes.customers[~lifetimes.ended].sum() < FACTS.customers
    # As many at each age as were born so long ago.
    assert len(found.active) <= 24


def test_the_gain_of_data_is_that_of_active_and_of_new_customers() -> None:
    found = row(whatif({"cac": 30}, FACTS, planned=[plan("aov", "+10%")]), "priorities", name="aov")
    pace = people(FACTS).pace
    assert pace is not None

    assert found["new_gain"] == pytest.approx(pace * 12 * found["ltv_gain"])
    assert 0 < found["active_gain"] < people(FACTS).active.sum() * found["ltv_gain"]
    assert found["base_gain"] == pytest.approx(found["active_gain"] + found["new_gain"])
    assert found["base_gain_low"] < found["base_gain"] < found["base_gain_high"]
