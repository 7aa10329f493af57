"""A forecast with a backtest clearly shorter than its horizon."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import DAYS_PER_MONTH, Unit

ABOUT = About(
    label=N_("Backtest shorter than the horizon"),
    definition=N_(
        "A forecast is tested on past data. If the data is short, the test covers less than the "
        "horizon, and errors grow with time."
    ),
    source=(
        "Makridakis, Spiliotis & Assimakopoulos (2020), International Journal of Forecasting 36, "
        "54-74"
    ),
)
# Share of the horizon from which the backtest is taken to cover it.
SHARE = 0.8


def check(report: PredictReport) -> Finding | None:
    """Find a forecast with a backtest clearly shorter than its horizon."""
    evidence = report.evidence
    if not evidence.cutoffs or evidence.tested_days >= SHARE * evidence.horizon_days:
        return None
    return Finding(
        check="forecast-tested-shorter",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "The horizon is {asked}, but the backtest covers only {tested}: the accuracy "
                "beyond that is unknown."
            ),
            {
                "asked": Quantity(evidence.horizon_days / DAYS_PER_MONTH, Unit.MONTHS),
                "tested": Quantity(evidence.tested_days / DAYS_PER_MONTH, Unit.MONTHS),
            },
        ),
    )
