"""Spend of long periods that was spread evenly over their months."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Spend spread evenly"),
    definition=N_(
        "If a row covers a period across months, its spend is spread evenly over the days; spend "
        "by month, and so a marginal CAC, is then an approximation."
    ),
    source="Export with a breakdown by day or month",
)

LITTLE = 0.05


def check(report: Run) -> Finding | None:
    """Find that more than 5% of the spend is of periods across months."""
    acquisition = report.acquisition
    if acquisition is None or acquisition.spread <= LITTLE * acquisition.spend:
        return None
    return Finding(
        check="spend-spread",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "{share} of the spend covers periods longer than a month and was spread "
                "evenly over their days; export spend by day for exact months."
            ),
            {"share": Quantity(acquisition.spread / acquisition.spend, Unit.RATE)},
        ),
    )
