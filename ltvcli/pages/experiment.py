"""The pages of `ltv experiment`: effects, arms, and whether arms are comparable."""

from __future__ import annotations

from dataclasses import replace

from ltvcli.analyses.experiment.sentences import DECISIONS, p_text, points
from ltvcli.language import N_, Marked, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.experiment import Decision, ExperimentReport
from ltvcli.text.numbers import Numeral
from ltvcli.units import Unit

TITLES = {
    "effects": N_("Effects per customer (95% CI)"),
    "arms": N_("Arms"),
    "checks": N_("Checks"),
}
COLUMNS = {
    "effects": {
        "arm": (N_("Arm"), Unit.TEXT),
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
}
CHECKS = {"sample-ratio": N_("Sample ratio (chi-square)"), "balance": N_("Balance before")}
DEFINITIONS = {
    N_("Effect per customer"): N_(
        "Mean outcome of all customers assigned to the arm, with those who brought nothing, less "
        "that of the control; Welch interval."
    ),
    N_("Relative"): N_("Effect over the mean of the control; interval of Fieller."),
    N_("Sample ratio"): N_(
        "Whether the arms have the sizes they were meant to have. With p below 0.001 something is "
        "wrong with the assignment or the data, and no effect is shown."
    ),
    N_("p (Holm)"): N_(
        "p-value adjusted for the number of arms; decisions follow it, at 5%. Where cost and "
        "margin are known, it is about the gain after cost."
    ),
}
MIXED = ("mean", "sd")
"""Columns of arms in the unit of the outcome."""


def grids(report: ExperimentReport, lang: str, width: int) -> list[Grid]:
    """Return arms and effects for a screen, and the checks where one failed.

    Args:
        report: with the tables.
        lang: of the words.
        width: cells of a line; tables that are wider continue below themselves.
    """
    tables = memo(report, lang)
    failed = not all(check.passed for check in report.checks)
    return tables if failed else tables[:-1]


def memo(report: ExperimentReport, lang: str) -> list[Grid]:
    """Return every table."""
    effects: list[Row] = [_shown(row) for row in report.tables["effects"]]
    arms: list[Row] = [{**row, "arm": Marked(str(row["arm"]))} for row in report.tables["arms"]]
    checks = [_check(row) for row in report.tables["checks"]]
    tables = [
        _grid(report, "effects", effects, lang, {"effect": points(report.unit)}),
        _grid(report, "arms", arms, lang, dict.fromkeys(MIXED, report.unit)),
        _grid(report, "checks", checks, lang, {}),
    ]
    return [table for table in tables if table.rows]


def _grid(
    report: ExperimentReport, name: str, rows: list[Row], lang: str, units: dict[str, Unit]
) -> Grid:
    """Draw a table; columns that no row fills are left out."""
    columns = {
        key: (label, units.get(key, unit))
        for key, (label, unit) in COLUMNS[name].items()
        if any(row.get(key) not in (None, "") for row in rows)
    }
    if name == "arms" and report.unit is Unit.RATE:
        columns.pop("per_buyer", None)
    if name == "arms" and not any(row["set_aside"] for row in rows):
        columns.pop("set_aside", None)
    drawn = table_page.grid(translate(TITLES[name], lang), columns, rows, report.currency, lang)
    numbers = [n for n in drawn.left if not list(columns)[n].startswith("p")]
    return replace(drawn, left=numbers)


def _shown(row: Row) -> Row:
    """Write the words of a row of effects."""
    return {
        **row,
        **{f"effect_{end}": row[end] for end in ("low", "high")},
        "arm": Marked(str(row["arm"])),
        "p": _p(row["p"]),
        "p_adjusted": _p(row["p_adjusted"]),
        "verdict": DECISIONS[Decision(str(row["verdict"]))],
    }


def _p(value: object) -> str:
    """Write a p-value, which stays a number."""
    number = float(value) if isinstance(value, float) else 0.0
    return Numeral(p_text(number), number, Unit.RATIO)


def _check(row: Row) -> Row:
    return {
        **row,
        "check": CHECKS[str(row["check"])],
        "arm": Marked(str(row["arm"])),
        "p": _p(row["p"]),
    }
