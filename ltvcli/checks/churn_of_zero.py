"""Nobody has lapsed yet."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Churn of zero"),
    definition=N_(
        "No customer has lapsed in the data. Endless life is not believable, so the highest churn "
        "that could have hidden from us is used: at 95%, 3 / active customer-months."
    ),
    formula="churn = 3 / active customer-months",
    source="Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745",
)


def check(report: Report) -> Finding | None:
    """Find a churn that had to be assumed because none was seen."""
    churn = report.figures.churn
    if churn is None or churn.source is not Source.ASSUMED:
        return None
    return Finding(
        check="churn-of-zero",
        severity=Severity.WARNING,
        says=Sentence(
            N_("Nobody has lapsed yet; {churn} a month is the most the data would hide."),
            {"churn": Quantity(churn.value, Unit.RATE)},
        ),
    )
