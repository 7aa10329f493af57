"""Data that follows a closed group of customers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.cohorts import CohortsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("No new customers"),
    definition=N_(
        "No customer was acquired in the last months: the export follows a closed group, or new "
        "customers are missing. Results do not describe customers acquired today."
    ),
    source="Cohort data in the sense of Fader & Hardie (2001), CDNOW: joined January to March 1997",
)

# An active shop has new customers in every quarter.
MANY_MONTHS = 3


def check(report: CohortsReport) -> Finding | None:
    """Find a quarter or more at the end without a new customer."""
    evidence = report.evidence
    if evidence.months_since_new < MANY_MONTHS:
        return None
    return Finding(
        check="no-new-customers",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "No new customers in the last {months} {months:month|months}: the data follows a "
                "closed group of customers."
            ),
            {"months": Quantity(evidence.months_since_new, Unit.COUNT)},
        ),
    )
