"""Cells of a workbook far away from its table."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Cells outside the table"),
    definition=N_(
        "A stray cell far to the right of a table, such as a note, makes the whole sheet a huge "
        "rectangle of empty cells. The table ends where 8 columns or more are empty; up to 1,000 "
        "cells beyond are excluded."
    ),
    source="Size of a worksheet: the smallest rectangle that holds all its cells",
)


def check(report: Run) -> Finding | None:
    """Find workbooks of which cells outside the table were excluded."""
    facts = combined(report, "stray-cells")
    if facts is None:
        return None
    return Finding(
        check="stray-cells",
        severity=Severity.INFO,
        says=Sentence(
            N_("{file}: {cells} cells outside the table, such as {cell}, are excluded."), facts
        ),
    )
