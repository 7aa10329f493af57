"""One customer with much of the revenue."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("One large customer"),
    definition=N_("One customer brings more than 10% of revenue; averages without them differ."),
    source="Disclosure threshold of 10% of revenue: FASB ASC 280-10-50-42",
)

MUCH = 0.1


def check(report: Report) -> Finding | None:
    """Find a customer with more than 10% of net revenue."""
    evidence = report.evidence
    if evidence is None or evidence.net_revenue <= 0:
        return None
    share = evidence.largest_customer_revenue / evidence.net_revenue
    if share <= MUCH:
        return None
    return Finding(
        check="one-customer",
        severity=Severity.WARNING,
        says=Sentence(
            N_("One customer brings {share} of revenue ({revenue}), which affects every average."),
            {
                "share": Quantity(share, Unit.RATE),
                "revenue": Quantity(evidence.largest_customer_revenue, Unit.MONEY),
            },
        ),
    )
