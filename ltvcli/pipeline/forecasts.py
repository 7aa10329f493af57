"""Forecasts that were recorded, and the actual results: a page of `ltv report board`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.analyses.history import predictions
from ltvcli.analyses.history.predictions import RecordedPrediction, value_of_revenue
from ltvcli.pipeline import history_series, load, report
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.history import RecordedForecast
from ltvcli.results.leavers import ForecastsReport
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.pipeline.load import Loaded

MOST = 8
"""Forecasts that are shown, the newest."""
REVISED = 0.1
"""Share by which the known customers of the same shop may differ from those of then."""


def run(
    inputs: Sequence[Any], settings: Settings, history: Path | None, step: Step = unwatched
) -> ForecastsReport:
    """Join the forecasts of recorded runs of `ltv predict` with actual results.

    Args:
        inputs: paths, globs or pandas data frames of orders or of subscriptions.
        settings: what was given.
        history: the file of recorded runs; None if there is none.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the history cannot be read, or the input cannot be used.
    """
    from ltvcli.analyses.history import forecasts as analysis

    earlier = recorded(history)
    forecasts: list[RecordedForecast] = []
    currency = None
    if earlier:
        exports = override(settings, by=())
        with load.load(inputs, exports, None, step, command="report board", by="channel") as loaded:
            currency = loaded.reading.currency
            about = [prediction for prediction in earlier if is_about(prediction, loaded)]
            forecasts = [
                forecast for each in about[-MOST:] for forecast in looked_back(each, loaded)
            ]
    names = [str(name) for name in inputs if isinstance(name, (str, Path))]
    command = shlex.join(["ltv", "predict", *(names or ["subscriptions.csv"]), "--record"])
    made = ForecastsReport(
        command="forecasts",
        version=__version__,
        as_of=None,
        currency=currency,
        inputs=(),
        given={},
        says=analysis.statements(forecasts, command),
        main="forecasts",
        tables={"forecasts": analysis.rows(forecasts)},
        forecasts=tuple(forecasts),
    )
    return replace(report.with_findings(settings, made), next_command="")


def recorded(history: Path | None) -> list[RecordedPrediction]:
    """Return the forecasts, the oldest first; of each day the last run of its first day.

    A mistake of that day was corrected; a later run about the same day is no forecast any more. A
    run about other kinds of files, or in another currency, replaces none.

    Args:
        history: the file of recorded runs; None if there is none.

    Raises:
        LtvError: the history cannot be read.
    """
    from ltvcli.record import history_file, runs

    if history is None or not history.is_file():
        return []
    chosen: dict[tuple[date, frozenset[str], str | None], RecordedPrediction] = {}
    with history_file.read(history) as opened:
        for single in runs.recorded(opened, command="predict"):
            if single.as_of is None:
                continue
            document = runs.document(opened, single.number)
            read = history_series.of_document(document)
            key = single.as_of, read.kinds, read.currency
            earlier = chosen.get(key)
            if earlier is None or earlier.run.recorded_at.date() == single.recorded_at.date():
                chosen[key] = RecordedPrediction(run=single, as_of=single.as_of, document=document)
    return sorted(chosen.values(), key=lambda prediction: prediction.as_of)


def is_about(prediction: RecordedPrediction, loaded: Loaded[Facts | Subscriptions]) -> bool:
    """Return whether a forecast is about the same kind of files, currency and customers.

    Of orders, the customers known on its day may differ by a tenth, as exports are revised.
    """
    read = history_series.RunData(
        kinds=frozenset({loaded.kind}),
        names=history_series.names_of(sheet.name for sheet in loaded.sheets),
        currency=loaded.reading.currency,
    )
    if not history_series.of_document(prediction.document).may_be(read):
        return False
    if loaded.kind != "orders" or prediction.customers is None:
        return True
    known = loaded.engine.row("facts/periods/customers_by", {"known": prediction.as_of})
    return abs(int(known["customers"]) / prediction.customers - 1) <= REVISED


def looked_back(
    prediction: RecordedPrediction, loaded: Loaded[Facts | Subscriptions]
) -> Iterator[RecordedForecast]:
    """Yield the figures of a forecast about such files, with their actual results."""
    last = loaded.reading.as_of
    if loaded.kind not in prediction.kinds or prediction.as_of >= last:
        return
    brought = None
    if loaded.kind == "orders":
        known = loaded.engine.row("facts/periods/customers_by", {"known": prediction.as_of})
        brought = float(known["revenue"])
    margin = value_of_revenue(prediction.document, brought)
    for forecast in predictions.forecasts(prediction):
        orders, revenue = _came(loaded, prediction.as_of, min(forecast.until, last))
        actual = {"orders": float(orders), "value": None if margin is None else revenue * margin}
        yield replace(forecast, actual=actual[forecast.figure], is_due=forecast.until <= last)


def _came(loaded: Loaded[Facts | Subscriptions], known: date, last: date) -> tuple[int, float]:
    """Add up orders and revenue of the customers known on a day, from then to another day."""
    from ltvcli.facts import standing
    from ltvcli.facts.subscriptions import Subscriptions

    facts = loaded.facts
    if not isinstance(facts, Subscriptions):
        days = {"known": known, "last": last}
        came = loaded.engine.row("facts/periods/known_customers", days)
        return int(came["orders"]), float(came["revenue"])
    paid = standing.at(loaded.engine, known, last, facts.billed, facts.dated).standing
    standing.at(loaded.engine, facts.as_of, facts.as_of, facts.billed, facts.dated)  # as it was
    return 0, float(paid.paid_ahead.sum())
