"""Dates that a spreadsheet wrote as serial numbers."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

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
    return finding(
        report,
        "excel-serial-dates",
        N_(
            "{file}: {dates} dates in “{column}” are Excel serial numbers; {example} was read "
            "as {day}."
        ),
    )
