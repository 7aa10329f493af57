"""Findings about changes: when there are none, and their numbers when there are."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ltvcli import registry
from ltvcli.checks import whatif as checks
from ltvcli.results import Finding, Quantity, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit
from tests.checks.whatif_reports import CALM, SPEAKS, changed, low, plan, tables, tenth


def ask(name: str, report: WhatIfReport) -> Finding | None:
    found: Finding | None = registry.load(checks, name).check(report)
    return found


@pytest.mark.parametrize("name", SPEAKS)
def test_no_statement_without_a_result(name: str) -> None:
    assert ask(name, CALM) is None


@pytest.mark.parametrize(
    ("name", "report"),
    [
        pytest.param(
            "no-spend-elasticity", replace(CALM, links={}, growth=False),
            id="nothing is spent more",
        ),
        pytest.param("no-price-elasticity", changed("arpu", -5.0), id="the price falls"),
        pytest.param(
            "no-price-elasticity", replace(changed("arpu"), links={"churn": ("arpu",)}),
            id="churn answers to the price",
        ),
        pytest.param(
            "no-price-elasticity", replace(changed("arpu"), changed=("arpu", "churn")),
            id="churn is changed together with the price",
        ),
        pytest.param("retained-assumed-average", changed("churn"), id="churn falls, by formula"),
        pytest.param(
            "retained-assumed-average", replace(changed("churn", -5.0), horizon=12), id="rise",
        ),
        pytest.param(
            "lever-without-effect", changed("cac", 0.0, -0.3), id="only LTV/CAC moves",
        ),
        pytest.param(
            "growth-outruns-cash", tables(lows=(low("growth", need=0.0),)),
            id="growth that just pays for itself",
        ),
        pytest.param("initiatives-uncounted", tables(priorities=()), id="nothing is planned"),
        pytest.param(
            "initiative-loses", tables(priorities=(plan("Club", None), plan("Bundles", 0.0))),
            id="gains that are unknown or nothing",
        ),
        pytest.param(
            "short-term-first",
            tables(priorities=(), sensitivity=(tenth("arpu", 10.0, 36.0, 44.0),)),
            id="churn and CAC are not known",
        ),
    ],
)  # fmt: skip
def test_a_check_gives_no_finding_without_a_reason(name: str, report: WhatIfReport) -> None:
    assert ask(name, report) is None


def test_a_tenth_of_each_lever_has_a_value_in_money() -> None:
    """40 now: 44 with a tenth more revenue, 43 with a tenth less churn; a tenth of a CAC of 10."""
    found = ask("short-term-first", SPEAKS["short-term-first"])

    assert found is not None
    assert found.says.facts == {
        "price": Quantity(4.0, Unit.MONEY),
        "churn": Quantity(3.0, Unit.MONEY),
        "cac": Quantity(1.0, Unit.MONEY),
    }


def test_the_worst_initiative_is_named_with_its_loss() -> None:
    found = ask("initiative-loses", SPEAKS["initiative-loses"])

    assert found is not None
    assert found.says.facts == {
        "n": 1, "all": 2, "name": "Club", "loss": Quantity(2.0, Unit.MONEY)
    }  # fmt: skip


def test_marginal_cac_shows_how_cac_responds_to_spend() -> None:
    """At an elasticity of a fifth, one more customer costs 10 / 0.8."""
    found = ask("no-spend-elasticity", replace(CALM, links={}, cac=10.0, cac_marginal=12.5))

    assert found is not None
    elasticity = found.says.facts["elasticity"]
    assert isinstance(elasticity, Quantity)
    assert elasticity.value == pytest.approx(0.2)


def test_growth_that_never_pays_back_is_reported() -> None:
    found = ask("growth-outruns-cash", tables(lows=(low("growth", need=0.2, most=None),)))

    assert found is not None
    assert found.severity is Severity.WARNING
    assert "no growth is self-funding" in found.says.text


@pytest.mark.parametrize(
    ("stage", "report", "facts"),
    [
        pytest.param(
            "seed", CALM,
            {"months": Quantity(12.0, Unit.COUNT), "brought": Quantity(48.0, Unit.MONEY)},
            id="a seed counts on a year, 4 a month",
        ),
        pytest.param("seed", tables(cash=()), {}, id="a seed without a CAC"),
        pytest.param(
            "growth", CALM,
            {
                "most": Quantity(13.0, Unit.MONEY),
                "grade": "improvable",
                "ratio": Quantity(4.0, Unit.RATIO),
            },
            id="growth watches how far CAC may rise",
        ),
        pytest.param("growth", tables(breakeven=()), {}, id="growth without a grade"),
        pytest.param(
            "scale", CALM, {"more": Quantity(4.0, Unit.MONEY)}, id="scale sells more to each",
        ),
        pytest.param("scale", tables(sensitivity=()), {}, id="scale with nothing known"),
    ],
)  # fmt: skip
def test_each_stage_has_its_own_next_step(
    stage: str, report: WhatIfReport, facts: dict[str, object]
) -> None:
    found = ask("stage", replace(report, stage=stage))

    assert found is not None
    assert found.says.text.startswith(stage.capitalize())
    assert found.says.facts == facts
