"""Segments too small to be told apart."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Small segments"),
    definition=N_(
        "In a segment of a few customers one more or less moves every value, so that they are put "
        "together."
    ),
    source="Rule of thumb: 30 for a mean that behaves",
)

MUCH = 0.2


def check(report: SegmentsReport) -> Finding | None:
    """Count the customers of segments that were put together."""
    small = next((one for one in report.segments if one.gathered), None)
    if small is None:
        return None
    share = small.customers / sum(one.customers for one in report.segments)
    return Finding(
        check="small-segments",
        severity=Severity.WARNING if share > MUCH else Severity.INFO,
        says=Sentence(
            N_(
                "{n} small segments with {customers} customers together ({share}) are shown as "
                "one, and are held against nobody; --min-customers sets where that begins."
            ),
            {
                "n": small.gathered,
                "customers": Quantity(small.customers, Unit.COUNT),
                "share": Quantity(share, Unit.RATE),
            },
        ),
    )
