"""Spend below zero, which lowers the CAC."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Spend below zero"),
    definition=N_(
        "Rows of spend are below zero. They are read as credits, and lower spend and CAC in their "
        "period and channel. A CAC that is not above zero gives no LTV/CAC and no payback."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find credits in spend."""
    return finding(
        report,
        "spend-credits",
        N_(
            "{file}: {rows} {rows:row|rows} of spend below zero {rows:is|are} read as "
            "{rows:a credit|credits} of {amount} in all, and {rows:lowers|lower} the CAC."
        ),
    )
