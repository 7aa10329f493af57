"""Spend of days on which no customers are known is in no CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Spend without customers of its time"),
    definition=N_(
        "Spend before the first or after the last day of the customers: a CAC takes the days both "
        "are known of."
    ),
    source="Matching of numerator and denominator",
)

LITTLE = 0.01


def check(report: Run) -> Finding | None:
    """Find that more than a hundredth of the spend was left out."""
    found = report.acquisition
    if found is None or found.outside <= LITTLE * (found.spend + found.outside):
        return None
    return Finding(
        check="spend-outside",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "The CAC is of {first} to {last}, where spend and customers are known; {amount} "
                "was spent for other days and is not in it."
            ),
            {
                "first": found.first,
                "last": found.last,
                "amount": Quantity(found.outside, Unit.MONEY),
            },
        ),
    )
