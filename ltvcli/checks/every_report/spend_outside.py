"""Spend of days on which no customers are known, excluded from CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Spend on days without customer data"),
    definition=N_(
        "Spend before the first or after the last day of the customers: the CAC uses the "
        "days on which both are known."
    ),
    source="Matching of numerator and denominator",
)

LITTLE = 0.01


def check(report: Run) -> Finding | None:
    """Find that more than 1% of the spend was excluded."""
    acquisition = report.acquisition
    if acquisition is None or acquisition.outside <= LITTLE * (
        acquisition.spend + acquisition.outside
    ):
        return None
    return Finding(
        check="spend-outside",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "The CAC covers {first} to {last}, where both spend and new customers are"
                " known; {amount} spent on other days is excluded."
            ),
            {
                "first": acquisition.first,
                "last": acquisition.last,
                "amount": Quantity(acquisition.outside, Unit.MONEY),
            },
        ),
    )
