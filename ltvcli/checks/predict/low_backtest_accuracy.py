"""A forecast with a poor backtest."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Low backtest accuracy"),
    definition=N_(
        "The typical error of the forecast at earlier cut-offs. If it is large, do not base a "
        "budget on the forecast."
    ),
    source="Backtest of the forecast: root mean square of its errors",
)
MUCH = 0.3


def check(report: PredictReport) -> Finding | None:
    """Find a forecast with a poor backtest."""
    evidence = report.evidence
    if (missed := evidence.missed.get(evidence.chosen)) is None or missed <= MUCH:
        return None
    return Finding(
        check="low-backtest-accuracy",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The typical backtest error is {missed}: plan with the low end of the interval, "
                "not its middle."
            ),
            {
                "missed": Quantity(missed, Unit.RATE),
            },
        ),
    )
