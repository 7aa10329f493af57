"""Find a forecast of subscriptions that is based on few customers who left."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few churned customers in the forecast"),
    definition=N_(
        "A forecast of retention is based on the customers who churned; with fewer than 30, one "
        "customer more or less changes it by several percent. If hardly any churned, the export "
        "may list active subscriptions only."
    ),
    source="Poisson: n leavers are known within 1 / sqrt(n), 18% of 30",
)
ENOUGH = 30


def check(report: PredictReport) -> Finding | None:
    """Find a forecast that is based on few customers who left."""
    leavers = report.evidence.leavers
    if leavers is None or leavers >= ENOUGH:
        return None
    return Finding(
        check="few-leavers-seen",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The forecast is based on only {leavers} churned {leavers:customer|customers}: if "
                "the export leaves out ended subscriptions, it is overstated."
            ),
            {"leavers": Quantity(leavers, Unit.COUNT)},
        ),
    )
