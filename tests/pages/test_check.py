"""Rules on a screen: their states, who was notified, why a value moved, and a dry run, by hand."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from ltvcli.analyses.check import answer as tables
from ltvcli.analyses.check import replay, sentences
from ltvcli.pages import check as page
from ltvcli.pages.answers import check
from ltvcli.results import Estimate, Sentence, Source, Statement
from ltvcli.results.check import (
    CheckReport,
    Episode,
    Evaluation,
    Replay,
    RuleState,
    Standing,
    Watch,
)
from ltvcli.results.review import Reason
from ltvcli.text.words import say
from tests.checks.check_reports import CALM


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


FIRES = Watch(
    evaluation=Evaluation(
        rule="unit economics", segment="ads", month="2025-12", figure="ltv_to_cac",
        estimate=estimate(2.5, 2.1, 2.9), usual=None, limit=3.0, probability=0.97, p_value=None,
        holds=True, missing=None, holds_since="2025-11", months=2, money=-120.0,
        parts=(Reason(factor="first", contribution=-3.0, low=-4.0, high=-2.0),), moved="period_ltv",
    ),
    standing=Standing(state=RuleState.FIRING, since=date(2025, 11, 30), runs=2, alarmed=True),
    severity="error", when="ltv_to_cac < 3", sure=0.8, runs=2, changed=True, delivered=("slack",),
)  # fmt: skip
WAITS = replace(
    FIRES,
    evaluation=replace(
        FIRES.evaluation, rule="retention", segment="", figure="retention_90d",
        estimate=estimate(0.4, 0.35, 0.45), limit=None, probability=None, p_value=0.012, parts=(),
    ),
    standing=Standing(state=RuleState.PENDING, since=date(2025, 12, 31), runs=1, alarmed=False),
    severity="warning", when="changed(retention_90d)", delivered=(), undelivered=("mail",),
)  # fmt: skip
RULES = replace(
    CALM,
    says=(Statement(says=Sentence("1 of 2 rules fires")),),
    watches=(WAITS, FIRES),
    tables={"rules": tables.rules((WAITS, FIRES)), "why": tables.why((WAITS, FIRES))},
)
CAC = Replay(
    rule="CAC",
    months=12,
    decided=10,
    episodes=(
        Episode(
            segment="", fired="2025-03", resolved="2025-05", figure="cac",
            estimate=estimate(55, 50, 60), probability=0.9,
        ),
        Episode(
            segment="ads", fired="2025-09", resolved="", figure="cac", estimate=None,
            probability=None,
        ),
    ),
)  # fmt: skip
DRY_RUN = replace(
    CALM,
    says=(Statement(says=sentences.replayed((CAC,))),),
    replays=(CAC,),
    tables={"replay": replay.rows((CAC,))},
)


def answer(report: CheckReport) -> list[tuple[str, str]]:
    return [
        (say(line.label, "en", "USD"), say(line.says, "en", "USD")) for line in check.answer(report)
    ]


def test_the_rule_that_fires_comes_first_with_money_and_reasons() -> None:
    assert answer(RULES) == [
        ("Rules", "1 of 2 rules fires"),
        (
            "unit economics",
            "ads: LTV/CAC 2.50 (95% CI 2.10–2.90) in 2025-12; 97% sure that ltv_to_cac < 3",
        ),
        ("Since", "2025-11 (2 months in a row)"),
        ("Money", "$120.00 per month less than at 3.00"),
        ("Why", "Period LTV since the month before: First order value -$3.00"),
    ]


def test_every_rule_has_a_row_with_its_state_and_channels() -> None:
    (rules,) = page.grids(RULES, "en", 80)

    assert [list(map(str, row)) for row in rules.rows] == [
        ["retention", "all customers", "pending, 1 of 2", "Retention at 90 days",
         "40.0% (35.0–45.0%)", "changed(retention_90d)", "p = 0.012", "2025-12-31", "not mail"],
        ["unit economics", "ads", "firing", "LTV/CAC", "2.50 (2.10–2.90)", "ltv_to_cac < 3",
         "97%", "2025-11-30", "slack"],
    ]  # fmt: skip
    assert [rules.heads[place] for place in rules.optional] == [
        "Figure", "Condition", "Since", "Delivered",
    ]  # fmt: skip


def test_a_memo_gives_reasons_and_shows_every_column() -> None:
    rules, why = page.memo(RULES, "en")

    assert list(rules.optional) == []
    assert [list(map(str, row)) for row in why.rows] == [
        ["ads", "Period LTV", "First order value", "-$3.00 (-4.00 – -2.00)", "yes"]
    ]
    assert len(page.memo(replace(RULES, tables={**RULES.tables, "why": ()}), "en")) == 1


def test_a_dry_run_lists_when_a_rule_would_have_fired() -> None:
    (grid,) = page.grids(DRY_RUN, "en", 80)

    assert answer(DRY_RUN) == [
        ("Rules", "would have fired 2 times in 12 months"),
        (
            "CAC",
            "2 times in 10 months with data: all customers from 2025-03, resolved by 2025-05; "
            "ads since 2025-09",
        ),
    ]
    assert [list(map(str, row)) for row in grid.rows] == [
        ["CAC", "all customers", "2025-03", "2025-05", "CAC", "$55.00 (50.00–60.00)", "90%"],
        ["CAC", "ads", "2025-09", "–", "CAC", "–", ""],
    ]
    assert [table.title for table in page.memo(DRY_RUN, "en")] == [grid.title]
