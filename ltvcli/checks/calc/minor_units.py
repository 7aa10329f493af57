"""Amounts in cents mistaken for dollars, or the reverse."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Minor units by mistake"),
    definition=N_("Amounts are about 100 times the given AOV, or 1/100 of it."),
    source="Payment interfaces such as Stripe's state amounts in the smallest currency unit",
)

# A given order value is rounded: a factor of 80 to 125 means 100.
LEAST, MOST = 80.0, 125.0


def check(report: Report) -> Finding | None:
    """Compare the order value of the data with the given one."""
    aov, orders, evidence = report.figures.aov, report.figures.orders, report.evidence
    if evidence is None or aov is None or aov.source is not Source.GIVEN or orders is None:
        return None
    measured = evidence.net_revenue / orders.value
    if measured <= 0 or aov.value <= 0:
        return None
    times = max(measured / aov.value, aov.value / measured)
    if not LEAST <= times <= MOST:
        return None
    return Finding(
        check="minor-units",
        severity=Severity.ERROR,
        says=Sentence(
            N_(
                "AOV in the file is {measured}, the given AOV is {given}: are amounts in "
                "minor units (cents)?"
            ),
            {
                "measured": Quantity(measured, Unit.MONEY),
                "given": Quantity(aov.value, Unit.MONEY),
            },
        ),
    )
