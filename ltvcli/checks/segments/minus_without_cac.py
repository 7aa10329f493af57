"""Customers below 0 were looked for without what winning them cost."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Below 0 before CAC"),
    definition=N_(
        "For some customers no CAC is known, so that none was taken off what they brought."
    ),
    source="Definition of contribution: revenue less cost, cost to serve and CAC",
)


def check(report: SegmentsReport) -> Finding | None:
    """Count the customers whose acquisition cost is not known."""
    if report.losses is None or not report.losses.without_cac:
        return None
    return Finding(
        check="minus-without-cac",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Of {n} customers no CAC is known and none was taken off: if winning them cost "
                "something, more are below 0."
            ),
            {"n": Quantity(report.losses.without_cac, Unit.COUNT)},
        ),
        option="" if report.acquisition else "--cac 5000",
    )
