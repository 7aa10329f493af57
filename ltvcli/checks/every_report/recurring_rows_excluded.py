"""Excluded rows of subscriptions that may have to count."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Recurring rows excluded"),
    definition=N_(
        "Rows are excluded that have a recurring amount and contradict themselves or others: "
        "two rows of one subscription at the same time, an amount below zero, an end in the past "
        "beside a state that says active, or a state that says ended without a date."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Find excluded rows with a recurring amount."""
    return finding(
        report,
        "recurring-rows-excluded",
        N_(
            "{file}: {rows} excluded rows have {amount} a month ({reasons}). ltv explain says "
            "what a reason means, and --rejects FILE lists the rows."
        ),
        option="--rejects rejects.csv",
    )
