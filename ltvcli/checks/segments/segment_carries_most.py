"""A segment with nearly all revenue."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("One segment has most of the revenue"),
    definition=N_(
        "One segment has over 80% of revenue: averages over all customers are close to its own."
    ),
    source="Arithmetic of averages",
)

MOST = 0.8


def check(report: SegmentsReport) -> Finding | None:
    """Find a segment with more than 80% of revenue."""
    alone = [
        segment for segment in report.segments if not segment.gathered and segment.share is not None
    ]
    largest = max(alone, key=lambda segment: segment.share or 0.0, default=None)
    if largest is None or len(report.segments) == 1 or not MOST < (largest.share or 0.0) <= 1:
        return None
    return Finding(
        check="segment-carries-most",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "“{segment}” has {share} of revenue: averages over all customers are close to "
                "its own."
            ),
            {
                "segment": largest.name or N_("(none)"),
                "share": Quantity(largest.share or 0.0, Unit.RATE),
            },
        ),
    )
