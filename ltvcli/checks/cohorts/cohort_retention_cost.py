"""A retention cost that the values of cohorts do not know of."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.cohorts import CohortsReport
from ltvcli.units import MONTHS_PER_YEAR, Unit

ABOUT = About(
    label=N_("Cohorts before retention cost"),
    definition=N_(
        "A retention cost was given, but cohorts are shown by what they brought: who of them is "
        "still active, and so still costs, is known of all customers together only (ltv calc)."
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
                "The retention cost of {cost} a year is in no value of a cohort: it takes off at "
                "most {monthly} for each month."
            ),
            {
                "cost": Quantity(cost, Unit.MONEY),
                "monthly": Quantity(cost / MONTHS_PER_YEAR, Unit.MONEY),
            },
        ),
    )
