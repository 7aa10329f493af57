"""The tornado agrees with recomputation, break-evens with a root found by brute force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ltvcli.analyses.calc.answer import answer, value_and_grade
from ltvcli.analyses.valuation.inputs import measured, prepare
from ltvcli.analyses.whatif.scenario import Base, scenario
from ltvcli.formulas.bands import band
from ltvcli.results import Grade
from ltvcli.settings.changes import Change
from ltvcli.settings.settings import from_python
from tests import effort
from tests.analyses.whatif.asked import row, whatif
from tests.shops import gathered, shop

pytestmark = pytest.mark.sampled

STEADY = {"arpu": 10_000, "churn": 0.05, "margin": 0.5, "cac": 40_000}
SHOP = {"aov": 8000, "margin": 0.4, "frequency": 3, "lifespan": 24.0, "cac": 5000}
FACTS = gathered(shop(41, 200, cost=True))
MEASURED = {"cac": 30, "retention_cost": 2}


def calc(given: Mapping[str, Any]) -> float:
    ratio = answer(from_python(given), None).verdict.ltv_to_cac
    assert ratio is not None
    return ratio


@pytest.mark.parametrize("given", [STEADY, SHOP], ids=["by churn", "by lifespan"])
def test_the_tornado_of_numbers_is_calc_again(given: dict[str, Any]) -> None:
    rows = whatif(given).tables["sensitivity"]

    assert {one["lever"] for one in rows} == given.keys()
    for one in rows:
        lever = str(one["lever"])
        for side, factor in (("down", 0.9), ("up", 1.1)):
            changed = given[lever] * factor
            value = f"{changed}mo" if lever == "lifespan" else changed
            expected = calc({**given, lever: value})
            assert one[f"ltv_to_cac_{side}"] == pytest.approx(expected), (lever, side)
    swings = [float(one["swing"] or 0) for one in rows]
    assert swings == pytest.approx(sorted(swings, reverse=True))


@pytest.mark.parametrize(
    "links", effort.nth(2, [{}, {"churn": {"aov": 0.5}, "cac": {"budget": 0.3}}])
)
def test_the_tornado_of_data_is_each_change_alone(links: dict[str, dict[str, float]]) -> None:
    rows = whatif(MEASURED, FACTS, links=links).tables["sensitivity"]

    assert {one["lever"] for one in rows} == {
        "churn", "aov", "frequency", "margin", "cac", "retention_cost",
        *(["budget"] if links else []),
    }  # fmt: skip
    for one in rows:
        lever = str(one["lever"])
        for side, change in (("down", "-10%"), ("up", "+10%")):
            found = row(
                whatif(MEASURED, FACTS, links=links, **{lever: change}), "levers", lever=lever
            )
            assert one[f"ltv_{side}"] == pytest.approx(found["ltv"]), (lever, side)
            assert one[f"ltv_to_cac_{side}"] == pytest.approx(found["ltv_to_cac"]), (lever, side)


def test_the_swing_is_from_the_worst_to_the_best() -> None:
    """Half the margin is 2.5 at 50%: 2.25 at 45%, 2.75 at 55%."""
    found = row(whatif(STEADY), "sensitivity", lever="margin")

    assert found["swing"] == pytest.approx(0.5)


def test_nobody_has_more_than_all_of_the_revenue() -> None:
    found = row(whatif({**STEADY, "margin": 0.95}), "sensitivity", lever="margin")

    assert (found["ltv_up"], found["ltv_to_cac_up"]) == (None, None)
    assert found["swing"] == pytest.approx(0.95 * 0.1 * 5)


def test_without_a_cac_the_swing_is_in_money() -> None:
    given = {key: value for key, value in STEADY.items() if key != "cac"}
    found = row(whatif(given), "sensitivity", lever="margin")

    assert (found["swing"], found["ltv_to_cac_up"]) == (pytest.approx(20_000), None)


@pytest.mark.parametrize(
    ("given", "lever", "side", "value", "grade"),
    [
        pytest.param(STEADY, "churn", "down", 5000 / 120_000, "healthy",
                     id="5,000 / churn is 3 x 40,000"),
        pytest.param(STEADY, "churn", "up", 5000 / 80_000, "caution",
                     id="5,000 / churn is 2 x 40,000"),
        pytest.param(STEADY, "cac", "up", 50_000, "caution", id="100,000 is 2 x CAC"),
        pytest.param(STEADY, "cac", "down", 100_000 / 3, "healthy", id="100,000 is 3 x CAC"),
        pytest.param(STEADY, "margin", "down", 0.4, "caution", id="80,000 takes a margin of 40%"),
        pytest.param(STEADY, "margin", "up", 0.6, "healthy", id="120,000 takes a margin of 60%"),
        pytest.param(STEADY, "arpu", "down", 8000, "caution", id="80,000 takes 8,000 a month"),
        pytest.param(SHOP, "aov", "down", 6250, "improvable", id="6,250 x 2.4 is 3 x 5,000"),
        pytest.param(SHOP, "lifespan", "down", 18.75, "improvable", id="800 x months is 15,000"),
        pytest.param({**STEADY, "margin": 0.3}, "margin", "up", 0.4, "improvable",
                     id="the next grade, not the best"),
    ],
)  # fmt: skip
def test_break_even_by_hand(
    given: dict[str, Any], lever: str, side: str, value: float, grade: str
) -> None:
    found = row(whatif(given), "breakeven", lever=lever, side=side)

    assert found["value"] == pytest.approx(value)
    assert found["grade"] == grade
    assert found["distance"] == pytest.approx(abs(value / given[lever] - 1))


def test_the_best_grade_has_nothing_above_it() -> None:
    rows = whatif(SHOP).tables["breakeven"]

    assert [(one["lever"], one["side"]) for one in rows] == [
        ("aov", "down"), ("frequency", "down"), ("lifespan", "down"), ("margin", "down"),
        ("cac", "up"),
    ]  # fmt: skip


def test_no_value_of_the_lever_changes_the_grade() -> None:
    """Even all of the revenue is 1 x CAC here, and 2 takes twice as much."""
    found = row(
        whatif({**STEADY, "margin": 0.9, "cac": 180_000}), "breakeven", lever="margin", side="up"
    )

    assert (found["value"], found["grade"]) == (None, None)


def brute_force(ratio: Callable[[float], float], start: float, end: float) -> float | None:
    """Walk from start to end in many steps until the band changes; the middle of that step."""
    steps = 3000
    here = band(ratio(start))
    before = start
    for n in range(1, steps + 1):
        at = start + (end - start) * n / steps
        if band(ratio(at)) != here:
            return (before + at) / 2
        before = at
    return None


@pytest.mark.parametrize(
    ("lever", "end"),
    effort.nth(2, [("churn", 0.0), ("churn", 1.0), ("margin", 0.0), ("margin", 1.0)]),
)
def test_break_even_of_numbers_agrees_with_brute_force(lever: str, end: float) -> None:
    side = "up" if end else "down"
    root = brute_force(
        lambda value: calc({**STEADY, "discount": 0.1, lever: value}), STEADY[lever], end
    )
    found = row(whatif({**STEADY, "discount": 0.1}), "breakeven", lever=lever, side=side)

    assert root is not None
    assert found["value"] == pytest.approx(root, abs=1 / 3000)


def graded(
    given: Mapping[str, Any], links: Mapping[str, Mapping[str, float]], lever: str, value: float
) -> Grade:
    """Grade one change alone, as the table of levers does."""
    settings = from_python(given)
    prepared = prepare(settings, measured(settings, FACTS))
    base = Base(prepared=prepared, method="observed", budget=None, links=links)
    change = Change(lever=lever, text="", end=value)
    return value_and_grade(scenario(base, [change]).prepared).verdict.grade


LINKS = {"churn": {"aov": 0.4, "cac": -0.2}, "retention_cost": {"aov": 1.0}}


@pytest.mark.parametrize("links", [{}, LINKS], ids=["alone", "with what answers"])
@pytest.mark.parametrize("cac", [30, 60, 200])
def test_at_a_break_even_of_data_the_grade_turns(
    cac: float, links: dict[str, dict[str, float]]
) -> None:
    """A hair before it the grade is as it is, a hair past it the one that is named."""
    given = {"cac": cac, "retention_cost": 2}
    found = whatif(given, FACTS, links=links)
    rows, before = found.tables["breakeven"], found.before.verdict.grade

    assert len(rows) >= 6
    for one in rows:
        if one["value"] is None:
            continue
        lever, value = str(one["lever"]), float(one["value"])
        out = 1e-7 if one["side"] == "up" else -1e-7
        grades = [graded(given, links, lever, value * (1 + hair)) for hair in (-out, out)]
        assert grades == [before, one["grade"]], one


@pytest.mark.parametrize(("side", "end"), [("down", 0.0), ("up", 1.0)])
@pytest.mark.parametrize("cac", effort.family([45, 60]))
def test_break_even_churn_of_data_agrees_with_brute_force(
    cac: float, side: str, end: float
) -> None:
    found = whatif({"cac": cac}, FACTS)
    churn = found.before.figures.churn
    assert churn is not None
    edges = {one["side"]: one for one in found.tables["breakeven"] if one["lever"] == "churn"}
    edge = edges.get(side, {"value": None})
    before, here = churn.value, found.before.verdict.grade
    for n in range(1, 41):
        at = churn.value + (end - churn.value) * n / 40
        grade = graded({"cac": cac}, {}, "churn", at)
        if grade != here:
            assert edge["value"] is not None
            assert min(before, at) <= edge["value"] <= max(before, at)
            assert edge["grade"] == grade
            return
        before = at
    assert edge["value"] is None
