"""Dates whose day and month were swapped by a spreadsheet."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Day and month swapped by a spreadsheet"),
    definition=N_(
        "A spreadsheet that expects the month first turns 5/12/2026 into 12 May and leaves "
        "25/12/2026 as text. The column then holds days up to the 12th in one way and all later "
        "days in another."
    ),
    source="Damage by spreadsheets with another regional setting than the file",
)


def check(report: Run) -> Finding | None:
    """Find columns in which days up to the 12th are written differently from later days."""
    return finding(
        report,
        "dates-half-turned",
        N_(
            "{file}: a spreadsheet has probably swapped day and month in {turned} dates of "
            "“{column}”: none of them is after the 12th, and {count} later ones are text like "
            "“{example}”. Export the file again and do not save it from a spreadsheet."
        ),
    )
