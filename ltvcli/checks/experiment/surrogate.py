"""Outcomes that are forecasts of customer value."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Surrogate"),
    definition=N_(
        "The outcome is a forecast, such as pLTV, not actual revenue. A measure may change the "
        "forecast and not the revenue, or the reverse: the decision is final once actual revenue "
        "is known. The accuracy shown is that of the newest run of ltv predict in the history; its "
        "files are named."
    ),
    source="Prentice (1989), Surrogate Endpoints in Clinical Trials, Statistics in Medicine 8",
)


def check(report: ExperimentReport) -> Finding | None:
    """Find an outcome that is a forecast, and report the accuracy of such forecasts."""
    if not report.is_surrogate:
        return None
    record = report.forecast_record
    facts: dict[str, Fact] = {"outcome": report.outcome}
    if record is None:
        text = N_(
            "“{outcome}” is a forecast, not actual revenue (a surrogate): decide again when "
            "actual revenue is known. Its accuracy is unknown: ltv predict --record keeps it."
        )
    else:
        facts |= {
            "run": record.run,
            "names": ", ".join(record.names) or "–",
            "n": record.cutoffs,
            "error": Quantity(record.value_error, Unit.RATE),
            "coverage": Quantity(record.coverage, Unit.RATE),
        }
        text = N_(
            "“{outcome}” is a forecast, not actual revenue (a surrogate): decide again when "
            "actual revenue is known. In the newest recorded backtest (run {run}: {names}; {n} "
            "{n:cut-off|cut-offs}) the mean error of value was {error}, and 80% intervals "
            "contained {coverage} of actual values."
        )
        if record.other_names:
            facts["others"] = ", ".join(record.other_names)
            text = N_(
                "“{outcome}” is a forecast, not actual revenue (a surrogate): decide again when "
                "actual revenue is known. In the newest recorded backtest (run {run}: {names}; {n} "
                "{n:cut-off|cut-offs}) the mean error of value was {error}, and 80% intervals "
                "contained {coverage} of actual values. The history also has forecasts of other "
                "files ({others}): make sure that this run is about the same business."
            )
    return Finding(check="surrogate", severity=Severity.WARNING, says=Sentence(text, facts))
