"""The pages of `ltv audit`: claims recomputed, and the best and the conservative case."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.language import N_, Marked, translate
from ltvcli.pages import shared, table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Grade, Row, TableReport
from ltvcli.results.audit import CLAIMS, READINGS, AuditGrade, Support
from ltvcli.text.words import fill, grade_label
from ltvcli.units import Unit, unit_of

TITLES = {
    "claims": N_("Claims recomputed from the other claims or the data"),
    "readings": N_("Best and conservative case"),
}
COLUMNS = {
    "claims": {
        "claim": (N_("Claim"), Unit.TEXT),
        "claimed": (N_("Claimed"), Unit.COUNT),
        "recomputed": (N_("Recomputed"), Unit.COUNT),
        "agrees": (N_("Check"), Unit.TEXT),
        "source": (N_("Computed from"), Unit.TEXT),
    },
    "readings": {
        "reading": (N_("Case"), Unit.TEXT),
        "basis": (N_("Basis"), Unit.TEXT),
        "ltv": (N_("LTV"), Unit.MONEY),
        "cac": (N_("CAC"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC"), Unit.RATIO),
        "payback": (N_("Payback"), Unit.MONTHS),
        "verdict": (N_("Verdict"), Unit.TEXT),
    },
}
NAMES = {
    "ltv": N_("LTV"),
    "cac": N_("CAC"),
    "payback": N_("Payback"),
    "arpu": N_("ARPU (monthly)"),
    "aov": N_("AOV"),
    "churn": N_("Monthly churn"),
}
"""Short names of claims."""
BASES = {"margin": N_("gross margin"), "revenue": N_("revenue")}
WORTH_SHOWING = ("ltv", "cac", "ltv_to_cac", "payback", "margin", "lifespan")
"""Figures that a screen shows even if they were not claimed."""
LEFT = {"claims": (0, 3, 4), "readings": (0, 1, 6)}
DEFINITIONS = {
    N_("Recomputed"): N_(
        "What follows from the other claims, with the range that their rounding allows; from "
        "files, with its 95% CI."
    ),
    N_("Check"): N_(
        "Consistent with the other claims or with the data. Formula only: consistent with a "
        "formula or a model, which is no evidence. Not yet: the data does not reach that far."
    ),
    N_("Best case"): N_(
        "As claimed; what is not claimed is the best value that follows from the claims."
    ),
    N_("Conservative"): N_(
        "Monthly margin times the expected lifetime, at the upper end of the churn's 95% CI and no "
        "longer than the company is old, over the highest CAC."
    ),
}


def grids(report: TableReport, lang: str, width: int) -> list[Grid]:
    """Return both tables for a screen, with only those claims that can be derived.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    listed = [
        row
        for row in report.tables["claims"]
        if row["recomputed"] is not None
        and (row["claimed"] is not None or row["claim"] in WORTH_SHOWING)
    ]
    return memo(replace(report, tables={**report.tables, "claims": tuple(listed)}), lang)


def memo(report: TableReport, lang: str) -> list[Grid]:
    """Return both tables: the two readings, and the claims, each in its unit."""
    return [_grid(name, report, lang) for name in ("readings", "claims") if report.tables[name]]


def _grid(name: str, report: TableReport, lang: str) -> Grid:
    """Draw a table row by row, as each has its unit."""
    title = translate(TITLES[name], lang)
    contradicted = getattr(report, "verdict", "") == AuditGrade.CONTRADICTED
    worded = _reading if name == "readings" else _claim
    rows = [worded(row, contradicted, lang) for row in report.tables[name]]
    drawn = [
        table_page.grid(title, _in_unit(name, row.get("unit")), [row], report.currency, lang)
        for row in rows
    ]
    return replace(drawn[0], rows=[row_grid.rows[0] for row_grid in drawn], left=LEFT[name])


def _reading(row: Row, contradicted: bool, lang: str) -> Row:
    """Describe a reading in words; one in revenue, or of contradicted claims, has no check mark."""
    words = {
        **row,
        "reading": READINGS[str(row["reading"])],
        "basis": BASES[str(row["basis"])],
        "verdict": grade_label(str(row["grade"]), lang),
    }
    if row["grade"] == Grade.UNKNOWN:
        words["verdict"] = shared.graded(str(row["grade"]), lang)
    elif row["basis"] == "revenue":
        grade = grade_label(str(row["grade"]), lang)
        words["verdict"] = fill(N_("at most {grade}"), {"grade": grade}, lang)
    elif not contradicted:
        words["verdict"] = shared.graded(str(row["grade"]), lang)
    return words


def _claim(row: Row, contradicted: bool, lang: str) -> Row:
    """Describe the support of a claim, and the months of a measured value."""
    words = {**row, "claim": Marked(NAMES.get(str(row["claim"]), CLAIMS[str(row["claim"])].label))}
    if row["agrees"] is not None:
        words["agrees"] = N_("agrees") if row["agrees"] else N_("disagrees")
    if row["support"] == Support.FORMULA:
        words["agrees"] = N_("formula only")
    elif row["support"] == Support.NONE and row["agrees"] is None:
        words["agrees"] = N_("not yet")
    if row["horizon"]:
        facts = {"method": shared.method_label(str(row["source"]), lang), "n": row["horizon"]}
        words["source"] = fill(N_("{method}, {n} {n:month|months}"), facts, lang)
    return words


def _in_unit(name: str, unit: object) -> dict[str, tuple[str, Unit]]:
    """Return the columns of a table, in the unit of one of its rows."""
    row_unit = unit_of(unit) if isinstance(unit, str) else None
    return {key: (label, row_unit or usual) for key, (label, usual) in COLUMNS[name].items()}
