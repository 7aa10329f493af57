"""Revenue without a customer."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Revenue without a customer"),
    definition=N_(
        "Guests have no ID, so their orders are excluded; with many guests, results may not "
        "represent all customers."
    ),
    formula="revenue without customer / (that + net_revenue)",
    source="Rule of thumb: from 5% on it can move the result",
)

MUCH = 0.05


def check(report: Report) -> Finding | None:
    """Find revenue that was excluded because it has no customer."""
    evidence = report.evidence
    if evidence is None or evidence.no_customer_revenue <= 0:
        return None
    no_customer_beside = evidence.no_customer_beside
    total = evidence.no_customer_revenue + (
        evidence.net_revenue if no_customer_beside is None else no_customer_beside
    )
    if total <= 0:
        return None
    share = evidence.no_customer_revenue / total
    return Finding(
        check="no-customer-revenue",
        severity=Severity.WARNING if share >= MUCH else Severity.INFO,
        says=Sentence(
            N_(
                "{share} of revenue ({revenue}) has no customer ID (guest checkout) and "
                "is excluded."
            ),
            {
                "share": Quantity(share, Unit.RATE),
                "revenue": Quantity(evidence.no_customer_revenue, Unit.MONEY),
            },
        ),
    )
