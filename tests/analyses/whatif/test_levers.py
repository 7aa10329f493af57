"""Levers, from given numbers: every case can be checked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from ltvcli.errors import (
    EndlessLifeError,
    LtvError,
    MissingNumberError,
    NoBaseError,
    OutOfRangeError,
)
from ltvcli.results import Grade, PaybackGrade
from tests.analyses.whatif.asked import row, whatif

# 10,000 a month, half of it margin, a twentieth leave: 100,000, at a CAC of 40,000 it is 2.5.
STEADY = {"arpu": 10_000, "churn": 0.05, "margin": 0.5, "cac": 40_000}
# 8,000 x 40% x 3 a year x 2 years = 19,200, at a CAC of 5,000 it is 3.84.
SHOP = {"aov": 8000, "margin": 0.4, "frequency": 3, "lifespan": "24mo", "cac": 5000}


@pytest.mark.parametrize(
    ("given", "lever", "change", "ltv", "ratio", "payback", "grade"),
    [
        pytest.param(STEADY, "churn", "5%->4%", 125_000, 3.125, 8, "healthy",
                     id="churn from 5 to 4%: 5,000 / 4%"),
        pytest.param(STEADY, "churn", "+1pt", 5000 / 0.06, 5000 / 0.06 / 40_000, 8, "improvable",
                     id="a point more churn: 5,000 / 6%"),
        pytest.param(STEADY, "arpu", "+10%", 110_000, 2.75, 40_000 / 5500, "improvable",
                     id="a tenth more ARPU: 5,500 / 5%"),
        pytest.param(STEADY, "margin", "+10pt", 120_000, 3.0, 40_000 / 6000, "healthy",
                     id="ten points more margin: 6,000 / 5%, just healthy"),
        pytest.param(STEADY, "cac", "+10%", 100_000, 100_000 / 44_000, 8.8, "improvable",
                     id="a tenth more CAC: 100,000 / 44,000"),
        pytest.param(STEADY, "cac", "->120000", 100_000, 100_000 / 120_000, 24, "danger",
                     id="three times the CAC"),
        pytest.param(SHOP, "aov", "+500", 20_400, 4.08, 5000 / (8500 * 0.4 * 3 / 12), "healthy",
                     id="500 more an order: 8,500 x 40% x 6"),
        pytest.param(SHOP, "frequency", "3->2", 12_800, 2.56, 5000 / (8000 * 0.4 * 2 / 12),
                     "improvable", id="two orders a year: 8,000 x 40% x 4"),
        pytest.param(SHOP, "lifespan", "2y..3y", 28_800, 5.76, 6.25, "healthy",
                     id="a year longer: 8,000 x 40% x 9"),
        pytest.param(SHOP, "margin", "-10%", 17_280, 3.456, 5000 / (8000 * 0.36 / 4), "healthy",
                     id="a tenth less margin: 8,000 x 36% x 6"),
        pytest.param(SHOP | {"arpu": 2000}, "arpu", "+10%", 21_120, 4.224, 5000 / 880, "healthy",
                     id="a tenth more ARPU is a tenth more an order"),
        pytest.param(SHOP | {"churn": 1 / 24}, "churn", "-20%", 24_000, 4.8, 6.25, "healthy",
                     id="a fifth less churn is a quarter longer a life"),
        pytest.param(STEADY | {"discount": 0.21}, "churn", "->0%", 5000 * 1.21 ** (1 / 12)
                     / (1.21 ** (1 / 12) - 1), None, 8, "healthy",
                     id="nobody leaves: the discount alone bounds it"),
    ],
)  # fmt: skip
def test_one_lever(
    given: dict[str, Any], lever: str, change: str, ltv: float, ratio: float | None,
    payback: float, grade: str,
) -> None:  # fmt: skip
    found = row(whatif(given, **{lever: change}), "levers", lever=lever)

    assert found["ltv"] == pytest.approx(ltv)
    assert found["ltv_to_cac"] == pytest.approx(ltv / given["cac"] if ratio is None else ratio)
    assert found["payback"] == pytest.approx(payback)
    assert found["grade"] == grade
    assert found["change"] == change


def test_the_baseline_is_first_and_the_combination_last() -> None:
    found = whatif(STEADY, churn="5%->4%", arpu="+10%")
    rows = found.tables["levers"]

    assert [one["lever"] for one in rows] == ["none", "churn", "arpu", "interaction", "all"]
    assert (rows[0]["ltv"], rows[0]["ltv_to_cac"], rows[0]["payback"]) == (100_000, 2.5, 8)
    assert rows[-1]["ltv"] == pytest.approx(5500 / 0.04)


def test_the_interaction_is_what_is_more_than_the_sum() -> None:
    """25,000 by churn, 10,000 by ARPU, 37,500 by both: 2,500 by both at once."""
    found = whatif(STEADY, churn="5%->4%", arpu="+10%")

    assert row(found, "levers", lever="interaction")["gain"] == pytest.approx(2500)
    assert row(found, "levers", lever="interaction")["ratio_gain"] == pytest.approx(2500 / 40_000)


def test_no_change_is_reported_too() -> None:
    rows = whatif(STEADY).tables["levers"]

    assert [one["lever"] for one in rows] == ["none", "all"]
    assert {**rows[0], "lever": "all"} == rows[1]


def test_verdicts_before_and_after() -> None:
    found = whatif(STEADY, churn="5%->4%", cac="+100%")

    assert (found.before.verdict.grade, found.after.verdict.grade) == (
        Grade.IMPROVABLE, Grade.CAUTION,
    )  # fmt: skip
    assert (found.before.payback_verdict.grade, found.after.payback_verdict.grade) == (
        PaybackGrade.IDEAL, PaybackGrade.SLOW,
    )  # fmt: skip


def test_a_change_may_state_the_current_value() -> None:
    said = {key: value for key, value in STEADY.items() if key not in ("churn", "cac")}
    found = whatif(said, churn="5%..4%", cac="40000+10%")

    assert found.tables["levers"] == tuple(
        {**one, "change": said} for one, said in zip(
            whatif(STEADY, churn="..4%", cac="+10%").tables["levers"],
            (None, "5%..4%", "40000+10%", None, None),
            strict=True,
        )
    )  # fmt: skip


def test_every_method_is_shown_with_the_headline() -> None:
    found = whatif(SHOP | {"retention_cost": 1000}, retention_cost="+500", aov="+500")

    ec = row(found, "methods", method="ec")
    assert (ec["ltv"], ec["ltv_after"]) == (17_200, pytest.approx(20_400 - 1500 * 2))
    assert row(found, "methods", method="basic")["ltv_after"] == pytest.approx(20_400)


@pytest.mark.parametrize(
    ("given", "links", "changes", "ltv", "cac"),
    [
        pytest.param(STEADY, {"cac": {"budget": 0.5}}, {"budget": "+44%"}, 100_000, 48_000,
                     id="44% more spend at an elasticity of a half: 1.44^0.5 = 1.2 times the CAC"),
        pytest.param(STEADY, {"cac": {"budget": 0.5}}, {"budget": "+44%", "cac": "->50000"},
                     100_000, 60_000, id="what answers comes on top of what is changed"),
        pytest.param(STEADY, {"churn": {"arpu": 1.0}}, {"arpu": "+25%"}, 100_000, 40_000,
                     id="a quarter more ARPU and a quarter more churn cancel out"),
        pytest.param(SHOP, {"frequency": {"aov": -0.5}}, {"aov": "+21%"}, 19_200 * 1.1, 5000,
                     id="21% dearer orders, 1 / 1.1 as often"),
        pytest.param(STEADY, {"cac": {"budget": 0.5}, "churn": {"cac": 2}}, {"budget": "+44%"},
                     100_000, 48_000, id="what answers has no answer of its own"),
        pytest.param(STEADY, {"cac": {"budget": 0.5}}, {"arpu": "+10%"}, 110_000, 40_000,
                     id="nothing answers to what stays"),
        pytest.param({**STEADY, "budget": 1000}, {"cac": {"budget": 1}}, {"budget": "+500"},
                     100_000, 60_000, id="1,000 and 500 more: half as much again"),
        pytest.param(STEADY, {"cac": {"budget": 1}}, {"budget": "1000..1500"}, 100_000, 60_000,
                     id="a budget that is said in the change"),
    ],
)  # fmt: skip
def test_linked_levers_move_by_their_elasticities(
    given: dict[str, Any], links: dict[str, dict[str, float]], changes: dict[str, str],
    ltv: float, cac: float,
) -> None:  # fmt: skip
    found = row(whatif(given, links=links, **changes), "levers", lever="all")

    assert found["ltv"] == pytest.approx(ltv)
    assert found["ltv_to_cac"] == pytest.approx(ltv / cac)


def test_what_moved_along_is_listed() -> None:
    found = whatif(STEADY, links={"cac": {"budget": 0.5}}, budget="+44%")

    (linked,) = found.tables["linked"]
    assert {**linked, "value_after": round(float(linked["value_after"] or 0), 6)} == {
        "lever": "budget", "moves": "cac", "elasticity": 0.5, "value": 40_000,
        "value_after": 48_000, "unit": "money",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "changes", "error"),
    [
        pytest.param({"arpu": 1, "margin": 0.5}, {"cac": "+10%"}, MissingNumberError,
                     id="too few numbers, as in ltv calc"),
        pytest.param({"arpu": 1, "churn": 0.1}, {"cac": "+10%"}, NoBaseError,
                     id="a tenth more of what?"),
        pytest.param(SHOP, {"churn": "-10%"}, NoBaseError, id="a churn that nobody said"),
        pytest.param(STEADY, {"budget": "+500"}, NoBaseError, id="500 more than what?"),
        pytest.param(STEADY, {"margin": "+60pt"}, OutOfRangeError, id="a margin above 100%"),
        pytest.param(STEADY, {"cac": "-50000"}, OutOfRangeError, id="a CAC below 0"),
        pytest.param(SHOP, {"lifespan": "-100%"}, OutOfRangeError, id="no life at all"),
        pytest.param(STEADY, {"churn": "-100%"}, EndlessLifeError, id="nobody ever leaves"),
    ],
)  # fmt: skip
def test_changes_that_cannot_be(
    given: dict[str, Any], changes: dict[str, str], error: type[LtvError]
) -> None:
    with pytest.raises(error):
        whatif(given, **changes)


@pytest.mark.parametrize(
    ("links", "error"),
    [
        pytest.param({"margin": {"arpu": 10}}, OutOfRangeError, id="a margin above 100%"),
        pytest.param({"frequency": {"arpu": 1}}, NoBaseError, id="orders nobody counted"),
    ],
)
def test_elasticities_with_impossible_results_are_errors(
    links: dict[str, dict[str, float]], error: type[LtvError]
) -> None:
    with pytest.raises(error, match="elasticities"):
        whatif(STEADY, links=links, arpu="+20%")


def test_without_a_cac_there_is_no_ratio_but_a_value() -> None:
    given = {key: value for key, value in STEADY.items() if key != "cac"}
    found = whatif(given, links={"cac": {"budget": 1}}, churn="..4%", budget="+10%")

    last = row(found, "levers", lever="all")
    assert (last["ltv"], last["ltv_to_cac"], last["grade"]) == (
        pytest.approx(125_000), None, "unknown",
    )  # fmt: skip
    assert found.tables["breakeven"] == ()
    assert "cash" not in found.tables
