"""A forecast based on few repeat orders."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few repeat orders"),
    definition=N_(
        "A forecast of repeat orders is based on those observed; with fewer than 100, one "
        "customer more or less changes it by several percent."
    ),
    source="Poisson: n orders are known within 1 / sqrt(n), 10% of 100",
)
ENOUGH = 100


def check(report: PredictReport) -> Finding | None:
    """Find a forecast that is based on few repeat orders."""
    evidence = report.evidence
    if evidence.leavers is not None or evidence.repeats >= ENOUGH:
        return None
    return Finding(
        check="few-repeat-orders",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The forecast is based on only {repeats} repeat {repeats:order|orders}, which "
                "alone gives an uncertainty of {known}."
            ),
            {
                "repeats": Quantity(evidence.repeats, Unit.COUNT),
                "known": Quantity(evidence.repeats**-0.5, Unit.RATE),
            },
        ),
    )
