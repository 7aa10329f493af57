"""A forecast without a backtest."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("No backtest"),
    definition=N_(
        "The data is too short for a holdout period, so the accuracy of the forecast is unknown."
    ),
    source=(
        "Tashman (2000), Out-of-sample tests of forecasting accuracy, International Journal of "
        "Forecasting 16, 437-450"
    ),
)


def check(report: PredictReport) -> Finding | None:
    """Find a forecast without a backtest."""
    evidence = report.evidence
    if evidence.cutoffs:
        return None
    return Finding(
        check="forecast-untested",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{days} {days:day|days} of data {days:is|are} too few for a backtest, so the "
                "accuracy of the forecast is unknown."
            ),
            {
                "days": Quantity(evidence.history_days, Unit.COUNT),
            },
        ),
    )
