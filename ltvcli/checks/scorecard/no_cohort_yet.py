"""No period whose customers have been observed for 90 days, with an earlier one."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.scorecard import ScorecardReport

ABOUT = About(
    label=N_("No cohort to compare yet"),
    definition=N_(
        "Whether customers who were won stay is known 90 days after the period in which they came. "
        "Two such periods with 30 customers each are needed to compare."
    ),
    source="Right-censoring: a customer is kept for 90 days only after 90 days",
)


def check(report: ScorecardReport) -> Finding | None:
    """Find data that is too short to compare cohorts."""
    if not report.evidence.no_cohort:
        return None
    return Finding(
        check="no-cohort-yet",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "No two periods with 30 new customers each have been observed for 90 days, so it "
                "is not known whether customers won later stay less."
            )
        ),
    )
