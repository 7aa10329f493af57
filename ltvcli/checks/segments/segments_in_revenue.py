"""Segments valued in revenue, because no margin is known."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.segments import SegmentsReport

ABOUT = About(
    label=N_("Segments in revenue"),
    definition=N_(
        "No margin is known, so values are revenue; a segment that sells at a loss can look good."
    ),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: LTV is gross margin, not revenue",
)


def check(report: SegmentsReport) -> Finding | None:
    """Find that no margin is known."""
    if report.basis != "revenue":
        return None
    return Finding(
        check="segments-in-revenue",
        severity=Severity.WARNING,
        says=Sentence(N_("Values are revenue, not profit: add a margin, or map a cost column.")),
        option="--margin MARGIN",
    )
