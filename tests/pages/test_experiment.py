"""Experiments on a screen: decision, effects, arms and failed checks, by hand."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ltvcli.pages import experiment as page
from ltvcli.pages.answers import experiment
from ltvcli.results import Sentence, Statement
from ltvcli.text.words import say
from ltvcli.units import Unit
from tests.checks.experiment_reports import CALM

ARM: dict[str, Any] = {
    "arm": "mail", "is_control": False, "customers": 1000, "mean": 10.0, "mean_low": 9.5,
    "mean_high": 10.5, "sd": 8.0, "skewness": 1.0, "buyers": 700, "per_buyer": 14.3,
    "set_aside": 0, "outcome_unit": "money",
}  # fmt: skip
EFFECT: dict[str, Any] = {
    "arm": "mail", "outcome": "spend", "effect": 1.0, "low": 0.3, "high": 1.7, "p": 0.0004,
    "p_adjusted": 0.0008, "relative": 0.1, "relative_low": 0.03, "relative_high": 0.17,
    "verdict": "roll-out",
}  # fmt: skip
FAILED: dict[str, Any] = {
    "check": "sample-ratio", "arm": "", "value": 66.7, "p": 0.0, "passed": False,
}  # fmt: skip
REPORT = replace(
    CALM,
    says=(Statement(says=Sentence("Roll out")),),
    tables={"effects": (EFFECT,), "arms": (ARM,), "checks": ({**FAILED, "passed": True},)},
)


def test_the_decision_comes_first_then_the_effect_then_whether_arms_are_comparable() -> None:
    answer = [(say(line.label, "en", "USD"), say(line.says, "en", "USD"))
              for line in experiment.answer(REPORT)]  # fmt: skip

    assert answer == [
        ("Decision", "Roll out"),
        (
            "mail",
            "$1.00 per customer (95% CI $0.30–$1.70), 10.0% relative to the control "
            "(95% CI 3.0–17.0%): roll out",
        ),
        ("Comparable", "arm sizes are as planned (p = 1.000)"),
    ]


def test_without_an_effect_the_answer_is_the_decision_and_the_checks() -> None:
    assert len(list(experiment.answer(replace(REPORT, effects=())))) == 2


def test_checks_are_on_the_screen_only_where_one_failed() -> None:
    calm = [grid.title for grid in page.grids(REPORT, "en", 80)]
    failed = replace(REPORT, checks=(replace(CALM.checks[0], passed=False),))

    assert len(page.memo(REPORT, "en")) == 3
    assert [grid.title for grid in page.grids(failed, "en", 80)][:2] == calm
    assert len(page.grids(failed, "en", 80)) == 3


def test_effects_have_their_interval_and_a_small_p_value_is_not_written_out() -> None:
    effects = page.memo(REPORT, "en")[0]
    row = dict(zip(effects.heads, map(str, effects.rows[0]), strict=True))

    assert row["Arm"] == "mail"
    assert "$1.00 (0.30–1.70)" in row.values()
    assert "<0.001" in row.values()
    assert "roll out" in row.values()


def test_a_share_is_shown_in_percent_and_has_no_value_per_buyer() -> None:
    money = page.memo(REPORT, "en")[1]
    share = {**ARM, "mean": 0.1, "mean_low": 0.09, "mean_high": 0.11, "outcome_unit": "rate"}
    arms = page.memo(
        replace(REPORT, unit=Unit.RATE, tables={**REPORT.tables, "arms": (share,)}), "en"
    )[1]

    assert "10.0% (9.0–11.0%)" in list(map(str, arms.rows[0]))
    assert len(arms.heads) == len(money.heads) - 1


def test_excluded_rows_are_a_column_only_where_there_are_any() -> None:
    excluded = {**ARM, "set_aside": 4}
    arms = page.memo(replace(REPORT, tables={**REPORT.tables, "arms": (excluded,)}), "en")[1]

    assert len(arms.heads) == len(page.memo(REPORT, "en")[1].heads) + 1
    assert "4" in list(map(str, arms.rows[0]))
