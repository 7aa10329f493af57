"""An evaluation that could not use later customers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.risk import RiskReport

ABOUT = About(
    label=N_("Snapshot"),
    definition=N_(
        "The file says who has left by one day, not when customers began and left. The record is "
        "out of fold: each customer is scored by models trained on four fifths of the others. "
        "Later customers may differ, which only a split by time can show."
    ),
    source="Rule of ltv: accuracy on later customers takes precedence over accuracy on random ones",
)


def check(report: RiskReport) -> Finding | None:
    """Report that no split by time was possible."""
    if not report.records or any(row.cutoff for row in report.records):
        return None
    return Finding(
        check="snapshot",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "The file has no day on which customers began: no split by time was possible, and "
                "later customers may differ. Columns must hold what was known beforehand."
            )
        ),
    )
