"""Excluded rows of subscriptions that may have to count."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Recurring rows excluded"),
    definition=N_(
        "Rows with a recurring amount are excluded if they contradict themselves or other rows: "
        "two rows of one subscription at the same time, a negative amount, a past end date with "
        "an active state, or an ended state without a date."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Find excluded rows with a recurring amount."""
    return finding(
        report,
        "recurring-rows-excluded",
        N_(
            "{file}: {rows} excluded {rows:row|rows} {rows:has|have} {amount} per month "
            "({reasons}). ltv explain defines each reason, and --rejects FILE lists the rows."
        ),
        option="--rejects rejects.csv",
    )
