"""Dates that a spreadsheet wrote as serial numbers."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Excel serial numbers as dates"),
    definition=N_(
        "A spreadsheet saved dates as the number of days since 1899-12-30. They are read as these "
        "days; files that count from 1904 (old Excel for Mac) would be four years off."
    ),
    source="Microsoft: date systems in Excel",
)


def check(report: Run) -> Finding | None:
    """Find dates that were read from serial numbers."""
    facts = combined(report, "excel-serial-dates")
    if facts is None:
        return None
    return Finding(
        check="excel-serial-dates",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: {dates} dates in “{column}” are Excel serial numbers; {example} was read "
                "as {day}."
            ),
            facts,
        ),
    )
