"""A lapse time that the data did not really give."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import DAYS_PER_MONTH, Unit

ABOUT = About(
    label=N_("Lapse time at its limit"),
    definition=N_("The silence that counts as a lapse sits at its limit or is assumed; choose it."),
    source="Limits of 30 and 365 days: a month and a year",
)

SHORTEST = 30 / DAYS_PER_MONTH
LONGEST = 365 / DAYS_PER_MONTH


def check(report: Report) -> Finding | None:
    """Find a lapse time that is assumed, or held at its limit."""
    lapse = report.figures.lapse_after
    if lapse is None or lapse.source is Source.GIVEN:
        return None
    facts = {"lapse_after": Quantity(lapse.value, Unit.MONTHS)}
    if lapse.source is Source.ASSUMED:
        says = N_("Nobody has come back yet, so {lapse_after} of silence is assumed to be a lapse.")
    elif lapse.value <= SHORTEST or lapse.value >= LONGEST:
        says = N_("The silence that counts as a lapse is held at its limit of {lapse_after}.")
    else:
        return None
    return Finding(
        check="lapse-after-limit",
        severity=Severity.INFO,
        says=Sentence(says, facts),
        option="--lapse-after DURATION",
    )
