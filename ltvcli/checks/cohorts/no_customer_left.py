"""Subscriptions none of which has ended."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.cohorts import CohortsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("No customer left"),
    definition=N_(
        "All customers of the file still pay. If it lists active subscriptions only, retention "
        "and value describe the customers who stayed, not all customers acquired."
    ),
    source="Survivorship bias: Brown, Goetzmann, Ibbotson & Ross (1992), Rev. Financ. Stud. 5(4)",
)

ENOUGH_CUSTOMERS = 3
"""That one or two customers have not left yet is no surprise."""


def check(report: CohortsReport) -> Finding | None:
    """Find subscriptions without any churned customer."""
    evidence = report.evidence
    if evidence.paying != evidence.customers or evidence.customers < ENOUGH_CUSTOMERS:
        return None
    return Finding(
        check="no-customer-left",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "All {customers} {customers:customer|customers} still pay: if the export leaves "
                "out ended subscriptions, retention and value are overstated."
            ),
            {"customers": Quantity(evidence.customers, Unit.COUNT)},
        ),
    )
