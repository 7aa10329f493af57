"""A prediction in revenue, because no margin is known."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.prediction import PredictReport

ABOUT = About(
    label=N_("Prediction in revenue"),
    definition=N_("No margin is known, so pLTV is revenue: do not use it for bids."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: LTV is gross margin, not revenue",
)


def check(report: PredictReport) -> Finding | None:
    """Find that no margin is known."""
    if report.basis != "revenue":
        return None
    return Finding(
        check="predicted-in-revenue",
        severity=Severity.WARNING,
        says=Sentence(N_("Values are revenue, not profit: no margin is known.")),
        option="--margin MARGIN",
    )
