"""A retention cost that is not part of the period LTV."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.review import ReviewReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Period LTV before retention cost"),
    definition=N_(
        "Retention cost is not deducted from the period LTV: active customers are known for "
        "all customers together only (ltv calc)."
    ),
    source="Definition of the period LTV",
)


def check(report: ReviewReport) -> Finding | None:
    """Find a retention cost that is in no value."""
    cost = report.evidence.retention_cost
    if not cost:
        return None
    return Finding(
        check="review-retention-cost",
        severity=Severity.WARNING,
        says=Sentence(
            N_("The retention cost of {cost} per year is not deducted from the period LTV."),
            {"cost": Quantity(cost, Unit.MONEY)},
        ),
    )
