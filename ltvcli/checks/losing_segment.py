"""A segment most of whose customers cost more than they bring."""

from __future__ import annotations

from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

OF = SegmentsReport
ABOUT = About(
    label=N_("Losing segment"),
    definition=N_(
        "More than half of a segment's customers are below 0, though they had time to pay back."
    ),
    source="Definition of contribution: revenue less cost, cost to serve and CAC",
)


def check(report: SegmentsReport) -> Finding | None:
    """Find the segment that loses the most money on most of its customers."""
    if report.losses is None:
        return None
    losing = [
        one
        for one in report.losses.minus
        if one.of >= ENOUGH_CUSTOMERS and 2 * one.customers > one.of and not one.gathered
    ]
    if not losing:
        return None
    worst = min(losing, key=lambda one: one.contribution)
    facts: dict[str, Fact] = {
        "n": worst.customers,
        "of": worst.of,
        "months": report.losses.months,
        "cost": Quantity(-worst.contribution, Unit.MONEY),
    }
    says = N_("{n} of {of} customers are below 0 after {months} months, {cost} in all.")
    if len(report.losses.minus) > 1:
        facts["segment"] = worst.name or N_("(none)")
        says = N_(
            "{n} of {of} customers of “{segment}” are below 0 after {months} months, {cost} in all."
        )
    return Finding(check="losing-segment", severity=Severity.WARNING, says=Sentence(says, facts))
