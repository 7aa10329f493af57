"""Without a margin every value is revenue, so a grade is the best one possible."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.analyses.calc import answer
from ltvcli.analyses.valuation import verdict
from ltvcli.formats import json as json_format
from ltvcli.formats import md, table
from ltvcli.results import Estimate, Grade, PaybackGrade, Source
from ltvcli.settings.settings import Settings
from ltvcli.text.words import say

pytestmark = pytest.mark.sampled


def numbers(**settings: Any) -> answer.Economics:
    return answer.answer(Settings(**settings), None)


def written(cac: float) -> str:
    """Return the verdict on 100 orders of 10 over a year: 1,000 of revenue."""
    found = numbers(aov=10.0, frequency=100.0, lifespan=12.0, cac=cac)
    return say(found.verdict.says, "en", None)


@pytest.mark.parametrize(
    ("cac", "says"),
    [
        pytest.param(
            189.0,
            "At most Healthy: 5.29 on revenue; needs a margin of 56.7% or more "
            "(Danger below 18.9%)",
            id="healthy",
        ),
        pytest.param(
            400.0,
            "At most Fair: 2.50 on revenue; needs a margin of 80.0% or more (Danger below 40.0%)",
            id="improvable",
        ),
        pytest.param(
            666.0,
            "At most Caution: 1.50 on revenue (Danger below a margin of 66.6%)",
            id="caution",
        ),
        pytest.param(
            1250.0, "Danger at 0.80 on revenue, whatever the margin", id="danger with any margin"
        ),
    ],
)
def test_the_verdict_on_revenue_names_the_margins_at_which_it_changes(
    cac: float, says: str
) -> None:
    assert written(cac) == says


@pytest.mark.parametrize("cac", [150.0, 270.0, 333.0, 517.0, 801.0])
@pytest.mark.parametrize("cost", [0.0, 60.0])
def test_the_margins_named_give_the_grades_named(cac: float, cost: float) -> None:
    """The retention cost is not part of the margin, so LTV/CAC is not proportional to it."""
    given: dict[str, Any] = {"aov": 20.0, "frequency": 24.0, "lifespan": 25.0, "cac": cac}
    given["retention_cost"] = cost
    method = "ec" if cost else "basic"
    found = verdict.verdict(
        method,
        Estimate(value=(1000 - cost * 25 / 12) / cac, source=Source.ASSUMED),
        None,
        None,
        -cost * 25 / 12 / cac,
    )
    facts = {key: getattr(fact, "value", fact) for key, fact in found.says.facts.items()}

    def at(margin: float) -> Grade:
        methods = {one.method: one for one in numbers(**given, margin=margin).methods}
        return methods[method].grade

    assert found.grade is at(1.0)
    if "needed" in facts:
        assert at(facts["needed"]) is found.grade
        assert at(facts["needed"] - 0.001) is not found.grade
    assert at(facts["danger"] - 1e-9) is Grade.DANGER
    assert at(facts["danger"] + 0.001) is not Grade.DANGER


def test_the_grade_is_kept_and_marked_as_an_upper_bound() -> None:
    found = numbers(aov=10.0, frequency=100.0, lifespan=12.0, cac=100.0)
    known = numbers(aov=10.0, frequency=100.0, lifespan=12.0, cac=100.0, margin=1.0)

    assert found.verdict.grade is Grade.HEALTHY
    assert found.verdict.probability is None
    assert found.verdict.upper_bound
    assert found.payback_verdict.grade is PaybackGrade.FAST
    assert found.payback_verdict.upper_bound
    assert [one.upper_bound for one in found.methods] == [True, True]
    assert not known.verdict.upper_bound
    assert not known.payback_verdict.upper_bound
    assert [one.upper_bound for one in known.methods] == [False, False]


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of 150 customers who each pay 30 a month for a year, by two branches."""
    path = tmp_path_factory.mktemp("bakery") / "sales.csv"
    rows = [
        f"k{n},{2024 + (n % 3 + month) // 12}-{(n % 3 + month) % 12 + 1:02d}-05,30,"
        f"{('north', 'south')[n % 2]}"
        for n in range(150)
        for month in range(12)
    ]
    path.write_text("\n".join(["customer id,order date,total,branch", *rows, ""]))
    return path


def reports(path: Path, **settings: Any) -> dict[str, Any]:
    return {
        "calc": ltvcli.calc(path, cac=20, **settings),
        "cohorts": ltvcli.cohorts(path, cac=20, **settings),
        "segments": ltvcli.segments(path, cac=20, by="branch", **settings),
        "whatif": ltvcli.whatif(path, cac=20, aov="+10%", **settings),
    }


@pytest.mark.parametrize("command", ["calc", "cohorts", "segments", "whatif"])
def test_no_command_shows_a_check_mark_on_revenue(bakery: Path, command: str) -> None:
    revenue = reports(bakery)[command]
    margin = reports(bakery, margin=0.9)[command]

    for lang, words in (("en", "at most healthy"), ("ja", "最良でも健全")):
        for render in (table.render, md.render):
            assert "✓" not in render(revenue, lang)
            assert "100%" not in render(revenue, lang).replace("100% of", "")
        assert words in md.render(revenue, lang).lower()
        assert "✓" in md.render(margin, lang)
        assert words not in md.render(margin, lang).lower()


def test_json_marks_the_verdicts_and_the_methods(bakery: Path) -> None:
    found = ltvcli.calc(bakery, cac=20).to_dict()

    assert found["verdict"]["grade"] == "healthy"
    assert found["verdict"]["upper_bound"] is True
    assert found["payback_verdict"]["upper_bound"] is True
    assert {one["upper_bound"] for one in found["methods"]} == {True}
    assert '"upper_bound": false' in json_format.render(ltvcli.calc(bakery, cac=20, margin=1), "en")


def test_a_margin_as_a_change_ends_the_upper_bound(bakery: Path) -> None:
    found = ltvcli.whatif(bakery, cac=20, margin="-50%")
    rows = {row["lever"]: row for row in found.tables["levers"]}

    assert rows["none"]["upper_bound"] is True
    assert rows["margin"]["upper_bound"] is False
    assert math.isclose(float(rows["margin"]["ltv"] or 0) * 2, float(rows["none"]["ltv"] or 0))
