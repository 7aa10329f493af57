"""Total revenue below zero."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Negative revenue"),
    definition=N_(
        "Refunds exceed sales in total, so no value of a customer can be right. Amount and refund "
        "may come from different columns, currencies or units."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find net revenue below zero."""
    facts = combined(report, "negative-revenue")
    if facts is None:
        return None
    return Finding(
        check="negative-revenue",
        severity=Severity.ERROR,
        says=Sentence(
            N_(
                "Net revenue is {revenue}: refunds exceed sales of {file}. Check that the amount "
                "and the refund are in the same currency."
            ),
            facts,
        ),
    )
