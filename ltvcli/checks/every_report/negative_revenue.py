"""Total revenue below zero."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Severity

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
    return finding(
        report,
        "negative-revenue",
        N_(
            "Net revenue is {revenue}: refunds exceed sales of {file}. Check that the amount "
            "and the refund are in the same currency."
        ),
        severity=Severity.ERROR,
    )
