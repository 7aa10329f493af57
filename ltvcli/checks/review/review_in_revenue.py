"""A review in revenue as if it were profit."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Review in revenue"),
    definition=N_("No margin is known, so the period LTV is revenue and LTV/CAC an upper bound."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: LTV is gross margin, not revenue",
)


def check(report: ReviewReport) -> Finding | None:
    """Find that no margin is known."""
    if report.basis != "revenue":
        return None
    return Finding(
        check="review-in-revenue",
        severity=Severity.WARNING,
        says=Sentence(N_("Period LTV is revenue, not profit: no margin is known.")),
        option="--margin MARGIN",
    )
