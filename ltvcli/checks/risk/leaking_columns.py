"""Columns with data that is known only after a customer has left."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.risk import LEAKS, RiskReport

ABOUT = About(
    label=N_("Leaking columns"),
    definition=N_(
        "A column that is known only after a customer has left predicts perfectly who left, and "
        "nothing about those who may leave. Columns are left out that are named like an outcome, "
        "are blank just where customers left or stayed, or have an AUC above 0.95 alone."
    ),
    source="Kaufman, Rosset, Perlich & Stitelman (2012), ACM TKDD 6(4), 15",
    pitfalls=N_(
        "A column that is known at signing but named like an outcome is used once it has another "
        "header."
    ),
)
SHOWN = 5


def check(report: RiskReport) -> Finding | None:
    """Name the columns and why each is left out."""
    leaks = [column for column in report.columns if column.because in LEAKS]
    if not leaks:
        return None
    names = ", ".join(column.name for column in leaks[:SHOWN])
    return Finding(
        check="leaking-columns",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{columns} {n:is|are} not used, as known only after a customer leaves; the table "
                "of columns says why. What was known at signing needs a header that is not named "
                "like an outcome."
            ),
            {"columns": names, "n": len(leaks)},
        ),
    )
