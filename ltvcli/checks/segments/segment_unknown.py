"""Customers without a segment."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Segment unknown"),
    definition=N_("Many customers have no segment: the other segments would change with them."),
    source="10%: enough to change a share or a mean of the others",
)

MUCH = 0.1


def check(report: SegmentsReport) -> Finding | None:
    """Find many customers without a segment."""
    nameless = sum(segment.customers for segment in report.segments if not segment.name)
    if not nameless or len(report.segments) == 1:
        return None
    share = nameless / sum(segment.customers for segment in report.segments)
    if share <= MUCH:
        return None
    return Finding(
        check="segment-unknown",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{n} {n:customer has|customers have} no segment ({share}); the other segments "
                "could change with them."
            ),
            {"n": Quantity(nameless, Unit.COUNT), "share": Quantity(share, Unit.RATE)},
        ),
    )
