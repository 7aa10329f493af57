"""Cohorts too small for a grade."""

from __future__ import annotations

from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.cohorts import CohortsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Small cohorts"),
    definition=N_("In a cohort of under 30 customers, a single customer can change every value."),
    source="Rule of thumb: 30 for a mean that behaves",
)


def check(report: CohortsReport) -> Finding | None:
    """Count cohorts of too few customers; quarters hold three times as many."""
    evidence = report.evidence
    if not evidence.small:
        return None
    most = 2 * evidence.small > evidence.cohorts
    return Finding(
        check="small-cohorts",
        severity=Severity.WARNING if most else Severity.INFO,
        says=Sentence(
            N_(
                "{small} of {cohorts} {cohorts:cohort|cohorts} {small:has|have} under {enough} "
                "customers: differences may be chance, and no grade is given."
            ),
            {
                "small": Quantity(evidence.small, Unit.COUNT),
                "cohorts": Quantity(evidence.cohorts, Unit.COUNT),
                "enough": Quantity(ENOUGH_CUSTOMERS, Unit.COUNT),
            },
        ),
        option="--by quarter" if most and report.by == "month" else "",
    )
