"""The first lines of every page are the answer: at most five, whole, in both languages."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from ltvcli.choices import Depth
from ltvcli.cli import app
from ltvcli.commands import _output
from ltvcli.formats import md, table
from ltvcli.pages import answer, calc_tables
from ltvcli.results import AnswerLine, Interval, Quantity, Sentence, Severity, Statement
from ltvcli.results.combined import CombinedReport
from ltvcli.text.words import say
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

pytestmark = pytest.mark.sampled

GOLDEN = Path(__file__).parent.parent / "golden"


@cache
def report(case: str) -> AnyReport:
    """Run the command of a golden case and return its report, before a format writes it."""
    kept: list[AnyReport] = []

    def keep(*_: object, **__: object) -> Callable[[AnyReport, str], str]:
        return lambda made, lang: str(kept.append(made) or "")

    _, *arguments = shlex.split((GOLDEN / case / "command").read_text("utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(GOLDEN / case)
        patch.setattr(_output, "renderer", keep)
        CliRunner().invoke(app, arguments, prog_name="ltv")
    return kept[0]


def page(case: str, depth: Depth = Depth.DEFAULT, lang: str = "en", width: int = 80) -> str:
    return table.render(report(case), lang, width, depth=depth)


ANSWERS = {
    "calc-spend": """\
3-month LTV  59.08 (95% CI 52.75–65.86), gross-margin basis, before CAC
LTV/CAC      ! Caution at 1.50 (95% CI 1.14–1.86)
CAC payback  ✓ Fast: 2 months observed (simple formula: 1.5 months)
""",
    "calc-subscriptions": """\
6-month LTV  71.47 (95% CI 57.55–86.63), gross-margin basis, before CAC
LTV/CAC      ! Caution at 1.19 (95% CI 0.96–1.44; 5% probability below 1.00)
CAC payback  ✓ Fast: 5 months observed (simple formula: 3.6 months)
""",
    "numbers-arpu-churn": """\
LTV      200,000 over the expected lifetime (uncapped), revenue basis, before
         CAC
LTV/CAC  ? Unknown: LTV/CAC needs a CAC above 0 (--cac).
""",
    "together": """\
Orders         6-month LTV 40.36 (95% CI 34.53–46.91), gross margin
LTV/CAC        ~ Fair at 2.02 (95% CI 1.73–2.35; 45% probability below 2.00)
Subscriptions  6-month LTV 44.67 (95% CI 35.97–54.14), gross margin
LTV/CAC        ~ Fair at 2.23 (95% CI 1.80–2.71; 15% probability below 2.00)
""",
    "mrr": """\
MRR        $180.00 from 7 paying customers, $25.71 each
Movements  in 2026-04: $10.00 gained, $0.00 lost
Retention  in 2026-04: NRR 100.0%, GRR 100.0%, customer churn 0.0%
""",
    "cohorts": """\
Trend (month 1)  newer 27.12, older 26.91: not significant (95% CI -5.92 – 6.34)
Customers        378 in 10 cohorts, 31,565.35 revenue
CAC payback      5 of 10 cohorts recovered the CAC, by month 3 to 5
""",
    "segments-spend": """\
Differences    significant for 2 of 3 segments (6-month LTV vs. the rest)
Highest LTV    ✓ “mail” 36.92 (95% CI 28.36–45.53), LTV/CAC 12.62 (healthy)
Lowest LTV     ✗ “social” 7.54 (95% CI 6.02–9.21), LTV/CAC 0.54 (danger)
Concentration  top 10% of customers: 35.6% of revenue; mean 60.93, median 37.96
""",
    "predict": """\
Next 6 months  64 orders (80% CI 43–98), gross margin 846.42 (532–1,346)
New customer   ~ 21.61 (80% CI 18.73–25.47); pLTV/CAC 2.83 (2.41–3.38), fair
Backtest       typical error 41.9% (naive run-rate forecast: 187.5%)
""",
    "whatif-orders": """\
6-month LTV    $72.10 → $82.80 gross margin: change $10.70 (95% CI $9.42–$12.43)
LTV/CAC        ✓ Healthy at 3.01 (95% CI 2.63–3.45), now 2.88 (fair)
Payback after  ✓ Fast: 1 month observed (simple formula: 1.4 months)
Cash/customer  lowest -$27.50; break-even in month 1; $55.30 by month 6
""",
    "audit": """\
Verdict       ✗ Contradicted: 2 inconsistencies in 6 claims
Conservative  at most Fair at 2.02 (revenue basis), if the claims hold
Best case     at most Healthy at 4.80 (revenue basis), if the claims hold
""",
}
"""What a founder reads first, by command; the command to type next follows."""


@pytest.mark.parametrize("case", ANSWERS)
def test_the_answer_comes_first(case: str) -> None:
    shown = page(case)

    assert shown.startswith(ANSWERS[case])
    assert shown[len(ANSWERS[case]) :].startswith(("Next ", "\n"))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("case", ANSWERS)
def test_the_answer_takes_five_lines_at_most(case: str, width: int, lang: str) -> None:
    lines = page(case, Depth.BRIEF, lang, width).splitlines()
    if "--brief" in lines[-1]:
        lines.pop()
    typed = [line for line in lines if " ltv " in line]

    assert page(case, lang=lang, width=width).splitlines()[: len(lines)] == lines
    assert len(typed) <= 1
    assert len(lines) <= 5
    assert max(cell_len(line) for line in {*lines} - {*typed}) <= width
    assert len(lines) - len(typed) >= 2


def test_long_amounts_push_the_last_statement_into_the_details() -> None:
    """On 60 columns lines break; the answer keeps five lines and the page every statement."""
    shown = page("whatif-orders", width=60)
    brief = page("whatif-orders", Depth.BRIEF, width=60)

    assert brief.count("\n") <= 6  # one more line counts the warnings
    assert "Cash/customer" not in brief
    assert "Cash/customer" in shown


@pytest.mark.parametrize("case", ANSWERS)
def test_a_memo_begins_with_the_same_answer(case: str) -> None:
    memo = md.render(report(case), "en").replace("\\", "")
    label, text = re.split(r"  +", ANSWERS[case].splitlines()[0], maxsplit=1)

    assert memo.startswith(f"# {label}: {text}")


def test_a_brief_memo_is_the_answer_alone() -> None:
    memo = md.render(report("file-small"), "en", Depth.BRIEF)

    assert "2 errors" in memo
    assert "|" not in memo.replace("\\|", "")


def test_brief_counts_what_it_leaves_out() -> None:
    shown = page("file-small", Depth.BRIEF)

    assert shown.endswith("✗ 2 errors · ! 3 warnings: run without --brief to read them\n")
    assert "Findings" not in shown


def test_brief_counts_findings_of_orders_and_subscriptions() -> None:
    both = report("together")
    assert isinstance(both, CombinedReport)
    every = [finding for one in (both, both.orders, both.subscriptions) for finding in one.findings]
    warnings = sum(finding.severity is Severity.WARNING for finding in every)

    assert warnings > 1
    assert f"! {warnings} warnings" in page("together", Depth.BRIEF)


@pytest.mark.parametrize("case", ANSWERS)
def test_verbose_hides_no_note_and_no_column(case: str) -> None:
    shown = page(case, Depth.VERBOSE)

    assert "--format md)" not in shown
    assert "hidden" not in shown
    words = " ".join(shown.split())
    for finding in report(case).findings:
        assert " ".join(say(finding.says, "en", report(case).currency).split()) in words


def test_verbose_shows_tables_and_intervals_of_inputs() -> None:
    shown = page("calc-spend", Depth.VERBOSE)

    assert "Observed LTV by horizon" in shown
    assert "Probability of each grade: caution 99%" in shown
    assert re.search(r"CAC 39\.32 \([\d.]+–[\d.]+\)", shown)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("case", ANSWERS)
def test_pages_fit_the_screen_at_any_depth(case: str, lang: str, width: int) -> None:
    for depth in Depth:
        lines = page(case, depth, lang, width).splitlines()
        free = [line for line in lines if " ltv " not in line]  # a command is never broken

        if width > 60 or case not in ("predict", "mrr", "together"):
            assert max(map(cell_len, free)) <= width, (depth, max(free, key=cell_len))


@pytest.mark.parametrize("command", ["calc", "mrr", "cohorts", "segments", "predict", "audit"])
def test_brief_and_verbose_contradict(command: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("customer,date,amount\na,2026-01-01,5\n", "utf-8")
    claim = ["--claim", "ltv=3"] if command == "audit" else []

    ran = CliRunner().invoke(app, [command, str(file), *claim, "--brief", "--verbose"])

    assert ran.exit_code == 2
    assert "--brief and --verbose contradict each other." in ran.stderr


def test_json_is_never_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN / "numbers-arpu-churn")
    arguments = ["calc", "--arpu", "10000", "--churn", "5%", "--brief", "--format", "json"]

    ran = CliRunner().invoke(app, arguments)

    assert ran.exit_code == 2
    assert "--format json always contains the whole result" in ran.stderr


def _line(**facts: float) -> AnswerLine:
    numbers = {name: Quantity(value, Unit.MONEY) for name, value in facts.items()}
    return AnswerLine(label=Sentence("LTV"), says=Sentence("", numbers))


def _statement(**facts: Quantity | Interval) -> Statement:
    return Statement(says=Sentence("", facts))


def test_a_statement_with_a_number_of_its_own_is_kept() -> None:
    lines = [_line(ltv=12.0, low=10.0, high=15.0)]
    interval = Interval(10.0, 15.0, Unit.MONEY)

    assert answer.restated(_statement(value=Quantity(12.0, Unit.MONEY), interval=interval), lines)
    assert not answer.restated(_statement(value=Quantity(12.5, Unit.MONEY)), lines)
    assert not answer.restated(_statement(), lines)  # words alone say something else


def test_a_statement_whose_counts_are_equal_by_chance_is_kept() -> None:
    lines = [AnswerLine(label=Sentence(""), says=Sentence("{n} of {of}", {"n": 1, "of": 2}))]

    assert answer.restated(_statement(n=1, of=2), lines)
    assert answer.restated(_statement(months=Quantity(2.0, Unit.MONTHS)), lines)
    assert not answer.restated(_statement(n=1, newest=2), lines)


EXPLAINING = {
    "calc-spend": ("Horizon", "95% CI", "Verdict"),
    "cohorts": ("LTV/CAC", "Payback", "Grade to date"),
    "segments-spend": ("LTV/CAC", "Verdict", "Payback", "CAC"),
    "predict": ("pLTV/CAC", "Verdict", "Payback by month"),
    "whatif-orders": ("95% CI", "Gain", "Payback", "Verdict"),
    "audit": ("Basis", "Verdict", "Check", "Computed from"),
    "mrr": ("NRR", "GRR", "Quick ratio"),
}
"""Heads of columns and rows that say how sure a figure is, what it stands on, or what it means."""


@pytest.mark.parametrize("case", EXPLAINING)
def test_no_column_that_explains_is_hidden_on_80_columns(case: str) -> None:
    lines = page(case).splitlines()
    tables = "\n".join(lines[lines.index("") :]) if "" in lines else "\n".join(lines)

    assert [head for head in EXPLAINING[case] if head not in tables] == []


@pytest.mark.parametrize("case", ["calc-spend", *EXPLAINING])
def test_columns_of_words_are_text_and_columns_of_numbers_are_not(case: str) -> None:
    tables = getattr(report(case), "tables", {})
    kind = report(case).command
    columns = calc_tables.COLUMNS if kind in ("calc", "mrr") else _columns(kind)
    for name, rows in tables.items():
        for key, (_, unit) in columns.get(name, {}).items():
            values = [row[key] for row in rows if row.get(key) is not None]
            words = any(isinstance(value, (str, bool)) for value in values)
            assert not values or words == (unit is Unit.TEXT), f"{name}.{key}"


def _columns(kind: str) -> Mapping[str, Mapping[str, tuple[str, Unit]]]:
    columns: Mapping[str, Mapping[str, tuple[str, Unit]]]
    columns = importlib.import_module(f"ltvcli.pages.{kind}").COLUMNS
    return columns
