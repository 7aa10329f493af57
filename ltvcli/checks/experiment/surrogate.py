"""Outcomes that are forecasts of what customers will bring."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Surrogate"),
    definition=N_(
        "The outcome is a forecast, such as pLTV, and not what customers brought. A measure may "
        "move the forecast and not the money, and the other way round: the decision stands once "
        "the money has come. Its record is that of the newest run of ltv predict in the history."
    ),
    source="Prentice (1989), Surrogate Endpoints in Clinical Trials, Statistics in Medicine 8",
)


def check(report: ExperimentReport) -> Finding | None:
    """Find an outcome that is a forecast, and tell its record."""
    if not report.is_surrogate:
        return None
    record = report.forecast_record
    facts: dict[str, Fact] = {"outcome": report.outcome}
    if record is None:
        text = N_(
            "“{outcome}” is a forecast, not what customers brought (a surrogate): decide again "
            "when the money has come. Its record is not known: ltv predict --record keeps one."
        )
    else:
        facts |= {
            "n": record.cutoffs,
            "error": Quantity(record.value_error, Unit.RATE),
            "coverage": Quantity(record.coverage, Unit.RATE),
        }
        text = N_(
            "“{outcome}” is a forecast, not what customers brought (a surrogate): decide again "
            "when the money has come. In the newest recorded backtest ({n} {n:cut-off|cut-offs}) "
            "value was off by {error} on average, and 80% intervals held {coverage} of what came."
        )
    return Finding(check="surrogate", severity=Severity.WARNING, says=Sentence(text, facts))
