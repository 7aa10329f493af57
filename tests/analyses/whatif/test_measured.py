"""Levers on measured curves: before is what calc prints, and churn reshapes survival by age."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.calc.answer import answer
from ltvcli.analyses.valuation.by_age import ByAge
from ltvcli.analyses.valuation.measured import Measured
from ltvcli.analyses.whatif import curves as _curves
from ltvcli.errors import BeginsElsewhereError, NotALeverHereError, NothingToChangeError
from ltvcli.settings.settings import from_python
from ltvcli.stats.retention.kaplan_meier import Survival
from tests.analyses.whatif.asked import row, whatif
from tests.shops import AS_OF, gathered, shop

pytestmark = pytest.mark.sampled

ORDERS = shop(41, 200, cost=True)
FACTS = gathered(ORDERS)
GIVEN = {"cac": 30, "retention_cost": 2, "discount": 0.1}


def test_before_equals_calc_to_the_last_digit() -> None:
    calc = answer(from_python(GIVEN), FACTS)
    found = whatif(GIVEN, FACTS, churn="-10%", aov="+500")

    assert replace(found.before, prepared=None) == replace(calc, tables={}, prepared=None)
    best = next(one for one in calc.methods if one.method == "observed")
    first = found.tables["levers"][0]
    assert (first["ltv"], first["ltv_low"], first["ltv_high"]) == (best.ltv, best.low, best.high)
    assert first["ltv_to_cac"] == calc.verdict.ltv_to_cac
    assert first["payback_observed"] == calc.payback_verdict.payback_observed


def curves() -> Measured:
    """Everyone active for half a month, half of them for a month more, a quarter to the end."""
    ages = ByAge(
        horizon=2,
        supported=2,
        longest=3,
        customers=[np.array([8.0])] * 3,
        revenue=[np.array([10.0]), np.array([4.0]), np.array([2.0])],
        orders=[np.array([1.0]), np.array([0.5]), np.array([0.25])],
        active=[np.array([0.75]), np.array([0.375])],
        survival=Survival(
            times=np.array([0.5, 1.5]),
            at_risk=np.array([[8.0, 4.0]]),
            ended=np.array([[4.0, 2.0]]),
            survival=np.array([[0.5, 0.25]]),
        ),
    )
    return Measured(values={}, sources={}, by_age=ages)


def test_twice_the_churn_squares_the_curve() -> None:
    """Active in month 0: (1 + 1/4) / 2 for (1 + 1/2) / 2, so 10 become 10 x 0.625 / 0.75."""
    _, found = _curves.with_churn(curves(), 2.0)

    assert [float(one[0]) for one in found["active_by_age"]] == [0.625, (0.25 + 0.0625) / 2]
    assert [float(one[0]) for one in found["revenue_by_age_known"]] == pytest.approx(
        [10 * 0.625 / 0.75, 4 * 0.15625 / 0.375, 2 * 0.0625 / 0.25]
    )
    assert float(found["lifespan"][0]) == 0.625 + 0.15625
    expected = 1 * 0.625 / 0.75 + 0.5 * 0.15625 / 0.375
    assert float(found["orders_per_customer"][0]) == pytest.approx(expected)
    assert float(found["frequency"][0]) == pytest.approx(12 * expected / 0.78125)


def test_no_churn_keeps_everyone_as_long_as_anyone_was_seen() -> None:
    _, found = _curves.with_churn(curves(), 0.0)

    assert [float(one[0]) for one in found["active_by_age"]] == [1.0, 1.0]


def test_an_age_that_nobody_reached_stays_unknown() -> None:
    measured = curves()
    survival = replace(measured.by_age.survival, survival=np.array([[0.5, 0.0]]))
    gone = replace(measured, by_age=replace(measured.by_age, survival=survival))

    _, found = _curves.with_churn(gone, 0.5)

    assert float(found["revenue_by_age_known"][2][0]) == 2.0


def test_a_churn_of_subscriptions_is_a_share_of_those_there() -> None:
    """Two months at 10% are one at 19%."""
    assert float(_curves.power(0.1, 0.19)) == pytest.approx(2.0)


def independent(power: float) -> float:
    """LTV of the shop with another churn: Kaplan-Meier, areas and sums one by one."""
    lifetimes, triangle, observed = FACTS.lifetimes, FACTS.triangle, FACTS.observed
    ended = {True: {}, False: {}}  # type: dict[bool, dict[float, int]]
    for months, over, n in zip(
        lifetimes.life_months, lifetimes.ended, lifetimes.customers, strict=True
    ):
        kind = ended[bool(over)]
        kind[float(months)] = kind.get(float(months), 0) + int(n)
    times = sorted({*ended[True], *ended[False]})
    share, steps = 1.0, []
    for time in times:
        at_risk = sum(n for kind in ended.values() for t, n in kind.items() if t >= time)
        share *= 1 - ended[True].get(time, 0) / at_risk
        steps.append((time, share))

    def area(month: int, k: float) -> float:
        total, at, level = 0.0, float(month), 1.0
        for time, after in steps:
            if time <= month:
                level = after
            elif time < month + 1:
                total += level**k * (time - at)
                at, level = time, after
        return total + level**k * (month + 1 - at)

    found = answer(from_python(GIVEN), FACTS)
    assert found.horizon is not None
    assert found.figures.margin is not None
    monthly = 1.1 ** (1 / 12)
    total = 0.0
    for age in range(found.horizon):
        there = sum(
            int(n)
            for n, months in zip(observed.customers, observed.observed_months, strict=True)
            if months > age
        )
        came = sum(
            float(revenue)
            for revenue, month, whole in zip(
                triangle.revenue, triangle.age_month, triangle.complete, strict=True
            )
            if month == age and whole
        )
        before, after = area(age, 1.0), area(age, power)
        brought = came / there * after / before * found.figures.margin.value - after * 2 / 12
        total += brought / monthly**age
    return total


@pytest.mark.parametrize(
    ("change", "power"), [("+0%", 1.0), ("-10%", 0.9), ("+100%", 2.0), ("-100%", 0.0)]
)
def test_churn_agrees_with_sums_made_one_by_one(change: str, power: float) -> None:
    found = row(whatif(GIVEN, FACTS, churn=change), "levers", lever="churn")

    assert found["ltv"] == pytest.approx(independent(power), rel=1e-9)


@pytest.mark.parametrize(
    ("lever", "change"),
    [("aov", "+10%"), ("frequency", "+10%"), ("arpu", "+10%"), ("margin", "+10%")],
)
def test_what_scales_revenue_scales_margin_at_every_age(lever: str, change: str) -> None:
    given = {"cac": 30, "discount": 0.1}
    now, then = (
        row(whatif(given, FACTS, **{lever: change}), "levers", lever=name)
        for name in ("none", lever)
    )

    assert then["ltv"] == pytest.approx(1.1 * now["ltv"])
    assert then["ltv_high"] - then["ltv"] == pytest.approx(1.1 * (now["ltv_high"] - now["ltv"]))


def test_extra_cost_per_order_is_compared_with_its_margin() -> None:
    aov = answer(from_python({}), FACTS).figures.aov
    assert aov is not None
    rows = whatif({}, FACTS, aov="+5").tables["levers"]

    assert rows[1]["ltv"] == pytest.approx(float(rows[0]["ltv"] or 0) * (1 + 5 / aov.value))


def test_the_gain_is_surer_than_either_value() -> None:
    found = row(whatif(GIVEN, FACTS, churn="-10%"), "levers", lever="churn")

    gain = found["gain_high"] - found["gain_low"]
    assert 0 < gain < found["ltv_high"] - found["ltv_low"]
    assert found["gain_low"] > 0


def test_basic_follows_the_curves_too() -> None:
    """Orders per year times lifespan times order value stay what is expected by age."""
    found = whatif(GIVEN, FACTS, churn="-10%")

    figures = found.after.figures
    assert figures.aov
    assert figures.orders_per_customer
    assert figures.margin
    assert row(found, "methods", method="basic")["ltv_after"] == pytest.approx(
        figures.aov.value * figures.orders_per_customer.value * figures.margin.value
    )


@pytest.mark.parametrize(
    ("change", "fine"), [("15%->10%", False), ("MEASURED->10%", True), ("->10%", True)]
)
def test_a_change_starts_from_the_measured_value(change: str, fine: bool) -> None:
    churn = answer(from_python(GIVEN), FACTS).figures.churn
    assert churn is not None
    text = change.replace("MEASURED", f"{churn.value:.4f}")

    if fine:
        found = whatif(GIVEN, FACTS, churn=text)
        assert found.after.figures.churn is not None
        assert found.after.figures.churn.value == 0.1
        assert found.before.figures.churn == churn
    else:
        with pytest.raises(BeginsElsewhereError) as refused:
            whatif(GIVEN, FACTS, churn=text)
        assert refused.value.facts["end"] == "10%"


def test_how_long_customers_stay_follows_from_churn() -> None:
    with pytest.raises(NotALeverHereError):
        whatif(GIVEN, FACTS, lifespan="+6mo")


def test_a_given_lifespan_moves_with_churn() -> None:
    found = whatif({**GIVEN, "lifespan": "12mo"}, FACTS, churn="-20%")

    assert found.after.figures.lifespan is not None
    assert found.after.figures.lifespan.value == pytest.approx(15)


def test_too_little_data_has_values_but_no_grade() -> None:
    few = gathered(shop(3, 20), AS_OF + timedelta(days=200))
    found = whatif({"cac": 5}, few, aov="+10%")

    assert {one["grade"] for one in found.tables["levers"]} == {"unknown"}
    assert found.tables["breakeven"] == ()


def test_nobody_seen_for_a_month_is_nothing_to_change() -> None:
    new = [one for one in shop(5, 60) if (AS_OF - one.day).days < 25]
    fresh = {one.customer for one in new} - {
        one.customer for one in shop(5, 60) if (AS_OF - one.day).days >= 25
    }
    with pytest.raises(NothingToChangeError):
        whatif({}, gathered([one for one in new if one.customer in fresh]), aov="+10%")


def test_no_figure_is_other_than_finite() -> None:
    found = whatif(
        {**GIVEN, "growth": "10%"}, FACTS, links={"cac": {"budget": 0.5}},
        planned=[{"name": "x", "lever": "churn", "change": "-100%", "cost": 1, "feasibility": 3}],
        churn="-100%", budget="+20%",
    )  # fmt: skip

    cells: list[Any] = [
        cell for rows in found.tables.values() for one in rows for cell in one.values()
    ]
    assert all(math.isfinite(cell) for cell in cells if isinstance(cell, float))
