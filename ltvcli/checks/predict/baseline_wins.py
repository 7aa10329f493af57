"""Models that a naive forecast beats."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import NAMES, PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Naive forecast beats the models"),
    definition=N_(
        "Models are used only if they beat naive forecasts in the backtest, in total and by "
        "customer."
    ),
    source="Wübben & von Wangenheim (2008), Journal of Marketing 72(3), 82-93",
)


def check(report: PredictReport) -> Finding | None:
    """Find models that a naive forecast beats."""
    evidence = report.evidence
    if evidence.models_win is not False:
        return None
    return Finding(
        check="baseline-wins",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "A naive forecast beats the models in the backtest (error of {rule}: {own}, of "
                "the models: {models}) and is used."
            ),
            {
                "rule": NAMES[evidence.baseline],
                "own": Quantity(evidence.missed[evidence.baseline] or 0, Unit.RATE),
                "models": Quantity(
                    evidence.missed.get("auto") or evidence.missed.get("sbg") or 0, Unit.RATE
                ),
            },
        ),
    )
