"""Find a forecast whose record is poor."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Forecast often far off"),
    definition=N_(
        "What the forecast would have missed by on earlier days; where that is much, it is no "
        "basis for a budget."
    ),
    source="The record of the forecast itself: root mean square of its errors",
)
MUCH = 0.3


def check(report: PredictReport) -> Finding | None:
    """Find a forecast whose record is poor."""
    evidence = report.evidence
    if (missed := evidence.missed.get(evidence.chosen)) is None or missed <= MUCH:
        return None
    return Finding(
        check="forecast-often-off",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "On earlier days the forecast typically missed by {missed}: decide by the low end "
                "of the interval, not by the middle."
            ),
            {
                "missed": Quantity(missed, Unit.RATE),
            },
        ),
    )
