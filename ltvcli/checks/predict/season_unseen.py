"""Data too short to show a season."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Seasonality unknown"),
    definition=N_(
        "With less than 13 months of data, seasonality cannot be estimated; the interval includes "
        "an assumed 47% to 71%, the more the shorter the data is."
    ),
    source=(
        "Makridakis, Wheelwright & Hyndman (1998), Forecasting, chapter 3: a season requires more "
        "than one of its periods"
    ),
)
YEAR_AND_A_MONTH = 396  # days


def check(report: PredictReport) -> Finding | None:
    """Find data too short to show a season."""
    evidence = report.evidence
    if evidence.history_days >= YEAR_AND_A_MONTH:
        return None
    return Finding(
        check="season-unseen",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The data covers {days} {days:day|days}, less than 13 months, so seasonality is "
                "unknown: the interval includes an assumed {doubt}."
            ),
            {
                "days": Quantity(evidence.history_days, Unit.COUNT),
                "doubt": Quantity(evidence.calendar_half_width, Unit.RATE),
            },
        ),
    )
