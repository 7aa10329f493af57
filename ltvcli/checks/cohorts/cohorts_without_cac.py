"""Cohorts without a CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.cohorts import CohortsReport

ABOUT = About(
    label=N_("Cohorts without CAC"),
    definition=N_("Without a CAC, cohorts have no payback and no grade."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: CohortsReport) -> Finding | None:
    """Find that no CAC of any cohort is known."""
    if report.evidence.cac_known:
        return None
    return Finding(
        check="cohorts-without-cac",
        severity=Severity.INFO,
        says=Sentence(N_("No CAC is known, so LTV/CAC and payback are not shown.")),
        option="--cac CAC",
    )
