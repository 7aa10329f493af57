"""Deals that match no customer, and customers without a deal."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.scorecard import ScorecardReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Deals and customers that do not match"),
    definition=N_(
        "Deals whose customer is not in the orders or subscriptions count for no owner, and "
        "customers without a deal belong to no owner. If that is so of many, IDs may be written "
        "in another way."
    ),
    source="Share of matching rows, as measured by ltv",
)
MOST = 0.1


def check(report: ScorecardReport) -> Finding | None:
    """Find deals or customers that do not match, where groups are those of deals."""
    evidence = report.evidence
    unmatched, without = evidence.unmatched or 0, evidence.without_deal or 0
    deals = sum(file.rows_used for file in report.inputs if file.kind == "deals")
    if not deals or max(unmatched, without) <= MOST * deals:
        return None
    return Finding(
        check="deals-unmatched",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{deals} {deals:deal|deals} {deals:matches|match} no customer, and {customers} "
                "{customers:customer|customers} {customers:has|have} no deal: check that both "
                "files use the same customer IDs."
            ),
            {
                "deals": Quantity(unmatched, Unit.COUNT),
                "customers": Quantity(without, Unit.COUNT),
            },
        ),
    )
