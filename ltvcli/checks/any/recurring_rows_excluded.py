"""Excluded rows of subscriptions that may have to count."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

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
    facts = combined(report, "recurring-rows-excluded")
    if facts is None:
        return None
    return Finding(
        check="recurring-rows-excluded",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: {rows} excluded rows have {amount} a month ({reasons}). ltv explain says "
                "what a reason means, and --rejects FILE lists the rows."
            ),
            facts,
        ),
        option="--rejects rejects.csv",
    )
