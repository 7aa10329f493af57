"""Recorded forecasts beside the actual results: the steps of `ltv history forecasts`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__
from ltvcli.errors import NoForecastRecordedError
from ltvcli.pipeline import forecasts, history_files, history_series, load
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.record import history_file, runs, settings_then
from ltvcli.results.history import HistoryReport, RecordedForecast
from ltvcli.settings.origins import override

if TYPE_CHECKING:
    from ltvcli.analyses.history.predictions import RecordedPrediction
    from ltvcli.settings.settings import Settings


def judged(path: Path, files: Sequence[Any] = (), *, step: Step = unwatched) -> HistoryReport:
    """Join every recorded forecast with actual results, and count how many held.

    What came is read from files. Without any, it is what later recorded runs of `ltv predict` say
    of the customers known on the day of the forecast.

    Args:
        path: of the history.
        files: exports as they are today; none for those of the newest run, if they are still where
            they were, else for later recorded runs.
        step: called with the name of each step as it begins.

    Raises:
        NoForecastRecordedError: there is no recorded run of `ltv predict`.
        LtvError: the history or a file cannot be read.
    """
    from ltvcli.analyses.history import forecasts as analysis
    from ltvcli.analyses.history.predictions import compared

    predictions = forecasts.recorded(path)
    if not predictions:
        raise NoForecastRecordedError(file=str(path))
    newest = predictions[-1]
    with history_file.read(path) as history:
        kept = runs.settings(history, newest.run.number)
        settings = settings_then.restored(kept, newest.run.folder)
        count = len(runs.recorded(history))
    inputs = list(files) or _still_there(newest, settings)
    foreign = 0
    if inputs:
        every, foreign, last = _of_files(predictions, inputs, settings, step)
    else:
        alike = _like_newest(predictions)
        every, last = compared(alike), newest.as_of
        foreign = len(predictions) - len(alike)
    return HistoryReport(
        command="history",
        version=__version__,
        as_of=last,
        currency=newest.document.get("currency"),
        inputs=(),
        given={},
        says=analysis.statements_of_history(every, foreign=foreign, has_files=bool(inputs)),
        action="forecasts",
        runs=count,
        forecasts=tuple(every),
        main="forecasts",
        tables={"forecasts": analysis.rows(every), "coverage": analysis.coverage(every)},
    )


def _of_files(
    predictions: Sequence[RecordedPrediction], inputs: Sequence[Any], settings: Settings, step: Step
) -> tuple[list[RecordedForecast], int, date]:
    """Return the forecasts about the customers of files, the number of others, and the last day."""
    from ltvcli.analyses.history.predictions import forecasts as forecasts_of

    exports = override(settings, by=(), as_of=None, new_customers=None)
    with load.load(
        inputs, exports, None, step, command="history forecasts", by="channel"
    ) as loaded:
        last = loaded.reading.as_of
        by_run = [
            list(
                forecasts.looked_back(prediction, loaded)
                if prediction.as_of < last
                else forecasts_of(prediction)
            )
            for prediction in predictions
            if forecasts.is_about(prediction, loaded)
        ]
        foreign = len(predictions) - len(by_run)
        return [forecast for of_run in by_run for forecast in of_run], foreign, last


def _like_newest(predictions: Sequence[RecordedPrediction]) -> list[RecordedPrediction]:
    """Return the forecasts about the kind of files and in the currency of the newest one."""
    newest = history_series.of_document(predictions[-1].document)
    return [
        prediction
        for prediction in predictions
        if history_series.of_document(prediction.document).may_be(newest)
    ]


def _still_there(newest: RecordedPrediction, settings: Settings) -> list[Any]:
    """Return the files of a run if they are all where they were; else none."""
    inputs = newest.document["provenance"]["inputs"]
    paths = [file["path"] for file in inputs if file["kind"] in ("orders", "subscriptions")]
    without_spend = override(settings, spend=())
    return list(history_files.of_run(paths, without_spend, newest.run.folder).paths)
