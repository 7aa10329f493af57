"""Columns that were recognised by their cells, because no header names them."""

from __future__ import annotations

from ltvcli.checks.every_report._names import first_few
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Columns recognised by their content"),
    definition=N_(
        "No header identifies the columns that are needed, but the cells can be read in one way "
        "only: one column of IDs or e-mail addresses that repeat, one of days, one of money."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find files whose columns were recognised by their content."""
    alerts = [(file.path, file.alerts.get("columns-by-content")) for file in report.inputs]
    named = [f"{path} ({facts['columns']})" for path, facts in alerts if facts]
    if not named:
        return None
    return Finding(
        check="columns-by-content",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Columns were recognised by their content: {files}. If one is wrong, type --map "
                "ROLE=COLUMN."
            ),
            {"files": first_few(named)},
        ),
    )
