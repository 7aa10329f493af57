"""A segment whose customers lose money in total."""

from __future__ import annotations

from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Losing segment"),
    definition=N_("The mature customers of a segment made a loss in total."),
    source="Definition of contribution: revenue less cost, cost to serve and CAC",
)


def check(report: SegmentsReport) -> Finding | None:
    """Find the segment that loses the most money."""
    if report.losses is None:
        return None
    losing = [
        group
        for group in report.losses.unprofitable
        if group.of >= ENOUGH_CUSTOMERS and group.net < 0 and not group.gathered
    ]
    if not losing:
        return None
    worst = min(losing, key=lambda group: group.net)
    facts: dict[str, Fact] = {
        "of": worst.of,
        "months": report.losses.months,
        "cost": Quantity(-worst.net, Unit.MONEY),
    }
    says = N_(
        "The {of} {of:customer|customers} observed for {months} {months:month|months} or more made "
        "a total loss of {cost}."
    )
    if len(report.losses.unprofitable) > 1:
        facts["segment"] = worst.name or N_("(none)")
        says = N_(
            "“{segment}”: the {of} {of:customer|customers} observed for {months} "
            "{months:month|months} or more made a total loss of {cost}."
        )
    return Finding(check="losing-segment", severity=Severity.WARNING, says=Sentence(says, facts))
