"""Ids that a spreadsheet or a data frame had changed, and that were repaired."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Severity

ABOUT = About(
    label=N_("IDs repaired"),
    definition=N_(
        "IDs were changed before the file was read: 17850.0 for 17850, full-width digits, "
        "invisible spaces, or leading zeros lost in one of several files. They are read as the "
        "original ID."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find IDs that were repaired."""
    return finding(
        report,
        "ids-repaired",
        N_(
            "{file}: the IDs of {count} {count:row|rows} {count:was|were} repaired; for example, "
            "{before} is read as {after}."
        ),
        severity=Severity.INFO,
    )
