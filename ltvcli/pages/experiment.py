"""The pages of `ltv experiment`: effects, arms, and whether arms are comparable."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.analyses.experiment.further_sentences import SHORT
from ltvcli.analyses.experiment.sentences import DECISIONS, OURS, p_text, points
from ltvcli.language import N_, Marked, translate
from ltvcli.pages import experiment_chart, table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.experiment import Decision, ExperimentReport
from ltvcli.text.numbers import Numeral
from ltvcli.units import Unit

TITLES = {
    "effects": N_("Effects per customer (95% CI)"),
    "arms": N_("Arms"),
    "checks": N_("Checks"),
    "ages": N_("Effect by age (95% CI)"),
    "capped": N_("Capped effects (95% CI)"),
    "segments": N_("Segments, exploratory (95% CI)"),
    "promises": N_("Planned and measured"),
    "plan": N_("Requirements"),
}
COLUMNS = {
    "effects": {
        "arm": (N_("Arm"), Unit.TEXT),
        "outcome": (N_("Outcome"), Unit.TEXT),
        "effect": (N_("Effect per customer"), Unit.MONEY),
        "relative": (N_("Relative"), Unit.RATE),
        "net": (N_("After cost"), Unit.MONEY),
        "roi": (N_("ROI"), Unit.RATIO),
        "p": (N_("p"), Unit.TEXT),
        "p_adjusted": (N_("p (Holm)"), Unit.TEXT),
        "verdict": (N_("Decision"), Unit.TEXT),
    },
    "arms": {
        "arm": (N_("Arm"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "mean": (N_("Mean (95% CI)"), Unit.MONEY),
        "sd": (N_("SD"), Unit.MONEY),
        "buyers": (N_("Buyers"), Unit.COUNT),
        "per_buyer": (N_("Per buyer"), Unit.MONEY),
        "set_aside": (N_("Excluded"), Unit.COUNT),
    },
    "checks": {
        "check": (N_("Checked"), Unit.TEXT),
        "arm": (N_("Arm"), Unit.TEXT),
        "value": (N_("Value"), Unit.RATIO),
        "p": (N_("p"), Unit.TEXT),
        "passed": (N_("Passed"), Unit.TEXT),
    },
    "ages": {
        "arm": (N_("Arm"), Unit.TEXT),
        "age_days": (N_("Days since assignment"), Unit.COUNT),
        "effect": (N_("Effect per customer"), Unit.MONEY),
    },
    "capped": {
        "arm": (N_("Arm"), Unit.TEXT),
        "cap": (N_("Cap"), Unit.MONEY),
        "above_cap": (N_("Customers above"), Unit.COUNT),
        "effect": (N_("Effect per customer"), Unit.MONEY),
        "p": (N_("p"), Unit.TEXT),
    },
    "segments": {
        "segment": (N_("Segment"), Unit.TEXT),
        "arm": (N_("Arm"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "effect": (N_("Effect per customer"), Unit.MONEY),
        "p": (N_("p"), Unit.TEXT),
        "p_adjusted": (N_("p (Holm)"), Unit.TEXT),
    },
    "promises": {
        "arm": (N_("Arm"), Unit.TEXT),
        "lever": (N_("Lever"), Unit.TEXT),
        "change": (N_("Change"), Unit.TEXT),
        "promised": (N_("Promised"), Unit.RATE),
        "measured": (N_("Measured effect"), Unit.RATE),
        "promised_cost": (N_("Planned cost"), Unit.MONEY),
        "cost": (N_("Cost"), Unit.MONEY),
        "verdict": (N_("Result"), Unit.TEXT),
    },
    "plan": {
        "effect": (N_("Effect"), Unit.RATE),
        "customers_per_arm": (N_("Customers per arm"), Unit.COUNT),
        "months": (N_("Months"), Unit.MONTHS),
        "feasible": (N_("Feasible"), Unit.TEXT),
    },
}
CHECKS = {
    "sample-ratio": N_("Sample ratio (chi-square)"),
    "balance": N_("Balance before assignment"),
    "assignment-days": N_("Days of assignment"),
    "orders-before": N_("Orders in the year before (not counted)"),
    "not-observed": N_("Customers not observed that long (excluded)"),
    "in-two-arms": N_("Customers in two arms (excluded)"),
}
DEFINITIONS = {
    N_("Effect per customer"): N_(
        "Mean outcome of all customers assigned to the arm, including those without an outcome, "
        "less that of the control; Welch interval."
    ),
    N_("Relative"): N_("Effect over the mean of the control; interval of Fieller."),
    N_("Sample ratio"): N_(
        "Test whether the arms have their planned sizes. With p below 0.001, the assignment or "
        "the data is wrong, and no effect is shown."
    ),
    N_("p (Holm)"): N_(
        "p-value adjusted for the number of arms; decisions use it, at 5%. If cost and margin are "
        "known, it tests the gain after cost."
    ),
}
MIXED = ("mean", "sd")
"""Columns of arms in the unit of the outcome."""
SCREEN = ("effects", "arms", "capped", "segments", "promises", "plan")
"""Tables on a screen; the checks come with them where one failed."""


def grids(report: ExperimentReport, lang: str, width: int) -> list[Grid]:
    """Return arms, effects and their chart for a screen, and the checks where one failed.

    Args:
        report: with the tables.
        lang: of the words.
        width: cells of a line; tables that are wider continue below themselves.
    """
    shown = list(SCREEN)
    if not all(check.passed for check in report.checks):
        shown.append("checks")
    tables = [_grid(report, name, lang) for name in shown]
    drawn = [*experiment_chart.charts(report, lang, width), *tables]
    return [table for table in drawn if table.rows]


def memo(report: ExperimentReport, lang: str) -> list[Grid]:
    """Return every table."""
    tables = [_grid(report, name, lang) for name in TITLES]
    return [table for table in tables if table.rows]


def _grid(report: ExperimentReport, name: str, lang: str) -> Grid:
    """Draw a table; columns that no row fills are left out."""
    rows = [_shown(name, row) for row in report.tables.get(name, ())]
    in_unit = points(report.unit)
    units: dict[str, Unit] = {"effect": in_unit, "cap": report.unit}
    if name == "arms":
        units = dict.fromkeys(MIXED, report.unit)
    if name in ("plan", "checks"):
        units = {}
    columns = {
        key: (label, units.get(key, unit))
        for key, (label, unit) in COLUMNS[name].items()
        if any(row.get(key) not in (None, "") for row in rows)
    }
    if name == "arms" and report.unit is Unit.RATE:
        columns.pop("per_buyer", None)
    if name == "arms" and not any(row["set_aside"] for row in rows):
        columns.pop("set_aside", None)
    if name == "effects" and len({row["outcome"] for row in rows}) == 1:
        columns.pop("outcome")
    if not rows:
        return Grid(title=translate(TITLES[name], lang), heads=[], rows=[])
    drawn = table_page.grid(translate(TITLES[name], lang), columns, rows, report.currency, lang)
    numbers = [n for n in drawn.left if not list(columns)[n].startswith("p")]
    return replace(drawn, left=numbers)


def _shown(name: str, row: Row) -> Row:
    """Write the words of a row."""
    shown = dict(row)
    for key in ("arm", "outcome", "segment"):
        if key in row and row[key] not in OURS:
            shown[key] = Marked(str(row[key]))
    for key in ("p", "p_adjusted"):
        if key in row:
            shown[key] = _p(row[key])
    if name == "effects":
        shown |= {f"effect_{end}": row[end] for end in ("low", "high")}
        shown["verdict"] = DECISIONS[Decision(str(row["verdict"]))]
    if name == "promises":
        shown["verdict"] = SHORT[str(row["verdict"])]
    if name == "checks":
        shown["check"] = CHECKS[str(row["check"])]
    return shown


def _p(value: object) -> str:
    """Write a p-value, which stays a number; nothing if there is none."""
    if not isinstance(value, float):
        return ""
    return Numeral(p_text(value), value, Unit.RATIO)
