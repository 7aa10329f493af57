"""A lapse time that was limited or assumed."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import DAYS_PER_MONTH, Unit

ABOUT = About(
    label=N_("Churn threshold at its limit"),
    definition=N_(
        "The time without an order that counts as churn is at its limit or assumed; set "
        "it with --lapse-after."
    ),
    source="Limits of 30 and 365 days: a month and a year",
)

SHORTEST = 30 / DAYS_PER_MONTH
LONGEST = 365 / DAYS_PER_MONTH


def check(report: Report) -> Finding | None:
    """Find a lapse time that is assumed, or at its limit."""
    lapse = report.figures.lapse_after
    if lapse is None or lapse.source is Source.GIVEN:
        return None
    facts = {"lapse_after": Quantity(lapse.value, Unit.MONTHS)}
    if lapse.source is Source.ASSUMED:
        says = N_(
            "No customer has ordered again yet, so customers are considered churned after"
            " {lapse_after} without an order (assumed)."
        )
    elif lapse.value <= SHORTEST or lapse.value >= LONGEST:
        says = N_(
            "Customers are considered churned after {lapse_after} without an order, the "
            "limit of this setting."
        )
    else:
        return None
    return Finding(
        check="churn-threshold-limited",
        severity=Severity.INFO,
        says=Sentence(says, facts),
        option="--lapse-after DURATION",
    )
