"""Cells of a workbook far outside its table."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Severity

ABOUT = About(
    label=N_("Cells outside the table"),
    definition=N_(
        "A stray cell far to the right of a table, such as a note, makes the sheet a huge "
        "rectangle of empty cells. The table ends where 8 or more columns are empty; up to 1,000 "
        "cells beyond it are excluded."
    ),
    source="Size of a worksheet: the smallest rectangle that holds all its cells",
)


def check(report: Run) -> Finding | None:
    """Find workbooks with cells outside the table, which were excluded."""
    return finding(
        report,
        "stray-cells",
        N_(
            "{file}: {cells} {cells:cell|cells} outside the table, such as {cell}, {cells:is|are} "
            "excluded."
        ),
        severity=Severity.INFO,
    )
