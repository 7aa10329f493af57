"""Segments too small to be compared."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Small segments"),
    definition=N_(
        "In a small segment, a single customer can change every value, so small segments are "
        "combined."
    ),
    source="Rule of thumb: 30 for a mean that behaves",
)

MUCH = 0.2


def check(report: SegmentsReport) -> Finding | None:
    """Count the customers of small segments that were combined."""
    small = next((segment for segment in report.segments if segment.gathered), None)
    if small is None:
        return None
    share = small.customers / sum(segment.customers for segment in report.segments)
    return Finding(
        check="small-segments",
        severity=Severity.WARNING if share > MUCH else Severity.INFO,
        says=Sentence(
            N_(
                "{n} small {n:segment|segments} with {customers} {customers:customer|customers} "
                "({share}) {n:is|are} shown as “other” and not compared; --min-customers sets the "
                "limit."
            ),
            {
                "n": small.gathered,
                "customers": Quantity(small.customers, Unit.COUNT),
                "share": Quantity(share, Unit.RATE),
            },
        ),
    )
