"""Orders that decline faster than every model forecasts."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Orders fall faster than forecast"),
    definition=N_(
        "At every cut-off of the backtest fewer orders came than were forecast, by more than "
        "chance and by over 13% on average: customers order less and less, or leave sooner than "
        "the models assume. The interval is wider by this error."
    ),
    source="Backtest of the forecast: signed errors of the total at earlier cut-offs",
)


def check(report: PredictReport) -> Finding | None:
    """Find orders that decline faster than every model forecasts."""
    evidence = report.evidence
    if not evidence.overstated:
        return None
    return Finding(
        check="orders-fall-faster",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "At each of {dates} cut-offs fewer orders came than forecast, {less} fewer on "
                "average: orders fall faster than any model says, so the interval is wider. Plan "
                "with its low end."
            ),
            {
                "dates": Quantity(len(evidence.cutoffs), Unit.COUNT),
                "less": Quantity(evidence.overstated, Unit.RATE),
            },
        ),
    )
