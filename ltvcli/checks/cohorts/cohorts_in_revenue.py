"""Cohorts valued in revenue, because no margin is known."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.cohorts import CohortsReport

ABOUT = About(
    label=N_("Cohorts in revenue"),
    definition=N_("No margin is known, so values are revenue and payback is understated."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: LTV is gross margin, not revenue",
)


def check(report: CohortsReport) -> Finding | None:
    """Find that no margin is known."""
    if report.basis != "revenue":
        return None
    return Finding(
        check="cohorts-in-revenue",
        severity=Severity.WARNING,
        says=Sentence(N_("Values are revenue, not profit: no margin is known.")),
        option="--margin MARGIN",
    )
