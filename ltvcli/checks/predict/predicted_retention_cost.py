"""A retention cost that predictions do not include."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import MONTHS_PER_YEAR, Unit

ABOUT = About(
    label=N_("Prediction before retention cost"),
    definition=N_(
        "A retention cost was given, but it is not subtracted from pLTV: how long each customer "
        "stays active is not forecast."
    ),
    source="Definition of pLTV",
)


def check(report: PredictReport) -> Finding | None:
    """Find a retention cost that is in no value."""
    cost = report.evidence.retention_cost
    if not cost:
        return None
    return Finding(
        check="predicted-retention-cost",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The annual retention cost of {cost} is not subtracted: a customer who stays "
                "active to the horizon costs {most}."
            ),
            {
                "cost": Quantity(cost, Unit.MONEY),
                "most": Quantity(cost * (report.horizon or 0) / MONTHS_PER_YEAR, Unit.MONEY),
            },
        ),
    )
