"""The pages of `ltv risk`: the record, the calibration, rates of a column, and the columns."""

from __future__ import annotations

from dataclasses import replace

from ltvcli.analyses.risk.answer import BLANK, RARE
from ltvcli.language import N_, Marked, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.risk import BECAUSE, MODELS, RiskReport
from ltvcli.text.numbers import Numeral
from ltvcli.units import Unit

TITLES = {
    "record": N_("Record on customers it was not learned from (95% CI)"),
    "calibration": N_("Calibration: forecast and actual (95% CI)"),
    "rates": N_("Rates by column (95% CI)"),
    "columns": N_("Columns"),
}
COLUMNS = {
    "record": {
        "cutoff": (N_("Cut-off"), Unit.TEXT),
        "model": (N_("Model"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "auc": (N_("AUC"), Unit.RATIO),
        "brier": (N_("Brier"), Unit.TEXT),
        "skill": (N_("Skill"), Unit.RATE),
        "slope": (N_("Calibration slope"), Unit.RATIO),
        "lift_top_tenth": (N_("Lift of the top tenth"), Unit.RATIO),
        "chosen": (N_("Chosen"), Unit.TEXT),
    },
    "calibration": {
        "bin": (N_("Bin"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "said": (N_("Forecast"), Unit.RATE),
        "came": (N_("Actual"), Unit.RATE),
    },
    "rates": {
        "column": (N_("Column"), Unit.TEXT),
        "group": (N_("Group"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "rate": (N_("Share who left"), Unit.RATE),
    },
    "columns": {
        "column": (N_("Column"), Unit.TEXT),
        "auc": (N_("AUC alone"), Unit.RATIO),
        "because": (N_("Not used because"), Unit.TEXT),
    },
}
GROUPS = {BLANK: N_("(blank)"), RARE: N_("(rare)")}
DEFINITIONS = {
    N_("AUC"): N_(
        "Probability that of a customer who left and one who stayed, the one who left had the "
        "higher chance. 0.5 is chance, 1 is perfect."
    ),
    N_("Skill"): N_(
        "Share of the squared error (Brier score) of the base rate that a model saves. 0% is no "
        "better than saying the same of everybody."
    ),
    N_("Calibration slope"): N_(
        "1 if stated chances are what came; below 1 if they are too extreme, above 1 if too timid."
    ),
    N_("Lift of the top tenth"): N_(
        "How many times as often the tenth of customers with the highest chances left as all."
    ),
}
SHOWN = 30
"""Rows of rates on a screen."""


def grids(report: RiskReport, lang: str, width: int) -> list[Grid]:
    """Return the record, and rates where there is no score.

    Args:
        report: with the tables.
        lang: of the words.
        width: cells of a line; tables that are wider continue below themselves.
    """
    tables = {name: rows for name, rows in report.tables.items() if name != "columns"}
    tables["rates"] = report.tables["rates"][:SHOWN]
    left_out = tuple(row for row in report.tables["columns"] if not row["used"])
    if left_out:
        tables["columns"] = left_out
    return [_grid(name, rows, lang) for name, rows in tables.items() if rows]


def memo(report: RiskReport, lang: str) -> list[Grid]:
    """Return every table."""
    return [_grid(name, rows, lang) for name, rows in report.tables.items() if rows]


def _grid(name: str, rows: tuple[Row, ...], lang: str) -> Grid:
    """Draw a table; columns that no row fills are left out."""
    shown = [_shown(row) for row in rows]
    columns = {
        key: labelled
        for key, labelled in COLUMNS[name].items()
        if any(row.get(key) not in (None, "") for row in shown)
    }
    drawn = table_page.grid(translate(TITLES[name], lang), columns, shown, None, lang)
    names = [place for place, key in enumerate(columns) if key not in ("brier",)]
    return replace(drawn, left=[place for place in drawn.left if place in names])


def _shown(row: Row) -> Row:
    """Write the words of a row."""
    words: dict[str, str] = {}
    if "model" in row:
        words = {"model": MODELS[str(row["model"])]}
        if isinstance(row["brier"], float):
            words["brier"] = Numeral(f"{row['brier']:.3f}", row["brier"], Unit.RATIO)
        words["chosen"] = N_("yes") if row["chosen"] else ""
    if row.get("because"):
        words["because"] = BECAUSE[str(row["because"])]
    if "group" in row:
        group = str(row["group"])
        words["group"] = GROUPS.get(group, Marked(group))
    return {**row, **words}
