"""A retention cost that the values of cohorts do not include."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.cohorts import CohortsReport
from ltvcli.units import MONTHS_PER_YEAR, Unit

ABOUT = About(
    label=N_("Cohorts before retention cost"),
    definition=N_(
        "Retention cost is not deducted from cohorts: active customers are known for all "
        "customers together only (ltv calc)."
    ),
    source="Definition of the observed value",
)


def check(report: CohortsReport) -> Finding | None:
    """Find a retention cost that is in no value."""
    cost = report.evidence.retention_cost
    if not cost:
        return None
    return Finding(
        check="cohort-retention-cost",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The retention cost of {cost} per year is not deducted from cohort values (at "
                "most {monthly} per month)."
            ),
            {
                "cost": Quantity(cost, Unit.MONEY),
                "monthly": Quantity(cost / MONTHS_PER_YEAR, Unit.MONEY),
            },
        ),
    )
