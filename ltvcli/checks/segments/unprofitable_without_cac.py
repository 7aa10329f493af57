"""Unprofitable customers, as far as they are known without CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Unprofitable before CAC"),
    definition=N_("For some customers no CAC is known, so none is deducted."),
    source="Definition of contribution: revenue less cost, cost to serve and CAC",
)


def check(report: SegmentsReport) -> Finding | None:
    """Count the customers whose CAC is not known."""
    if report.losses is None or not report.losses.without_cac:
        return None
    return Finding(
        check="unprofitable-without-cac",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "No CAC is known for {n} {n:customer|customers}, so none is deducted: with one, "
                "more would be unprofitable."
            ),
            {"n": Quantity(report.losses.without_cac, Unit.COUNT)},
        ),
        option="" if report.acquisition else "--cac 5000",
    )
