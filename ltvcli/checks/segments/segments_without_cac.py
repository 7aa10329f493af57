"""Segments without a CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.segments import SegmentsReport

ABOUT = About(
    label=N_("Segments without CAC"),
    definition=N_("Without a CAC, segments have no LTV/CAC, payback or grade."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: SegmentsReport) -> Finding | None:
    """Find that no CAC of any segment is known."""
    if not report.segments or report.acquisition or any(segment.cac for segment in report.segments):
        return None
    return Finding(
        check="segments-without-cac",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "No CAC is known, so segments are ordered by revenue: the most valuable may also "
                "cost the most."
            )
        ),
        option="--cac CAC",
    )
