"""Ids that differ in leading zeros only."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("IDs differ in leading zeros"),
    definition=N_(
        "Some IDs differ in leading zeros only, such as 00123 and 123. A spreadsheet may have "
        "removed the zeros from a part of the data; this is not certain, so they count as "
        "different."
    ),
    source="Consistency of the input",
    pitfalls=N_("Export all files again, and do not open them in a spreadsheet."),
)


def check(report: Run) -> Finding | None:
    """Find IDs that differ in leading zeros only."""
    return finding(
        report,
        "ids-differ-in-zeros",
        N_(
            "{file}: {count} IDs differ from other IDs in leading zeros only, such as 00123 and "
            "123. They count as different; export the data again if they are the same."
        ),
    )
