"""Repeat orders that few customers carry."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few customers carry the repeat orders"),
    definition=N_(
        "Half of all repeat orders come from 5% or less of the customers who ordered again. The "
        "forecast depends on whether these few stay, so the interval is wider."
    ),
    source="Herfindahl (1950): the sum of squared shares of customers is added to the variance",
)
FEW = 0.05
LEAST_RETURNED = 40


def check(report: PredictReport) -> Finding | None:
    """Find repeat orders that few customers carry."""
    evidence = report.evidence
    returned, carriers = evidence.returned, evidence.carriers
    if returned < LEAST_RETURNED or carriers > FEW * returned:
        return None
    return Finding(
        check="few-carry-repeat-orders",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{carriers} {carriers:customer|customers} of {returned} who ordered again placed "
                "half of the repeat orders: the forecast depends on whether they stay, so its "
                "interval is wider."
            ),
            {
                "carriers": Quantity(carriers, Unit.COUNT),
                "returned": Quantity(returned, Unit.COUNT),
            },
        ),
    )
