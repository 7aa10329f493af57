"""Rows of spend that cannot be read."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Spend excluded"),
    definition=N_(
        "Rows of spend are excluded because their days or amounts cannot be read. If they are "
        "spend, CAC is too low."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Find rows of spend that were excluded."""
    return finding(
        report,
        "spend-rows-excluded",
        N_(
            "{file}: {rows} excluded rows of spend have {amount}, {share} of it ({reasons}). "
            "CAC is too low by that share if they are spend."
        ),
    )
