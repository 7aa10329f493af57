"""Accuracy of earlier forecasts, from the history of recorded runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.pipeline import history_series
from ltvcli.results.experiment import ForecastRecord

if TYPE_CHECKING:
    from ltvcli.settings.settings import Settings


def newest(settings: Settings, currency: str | None) -> ForecastRecord | None:
    """Return the accuracy of the newest run of `ltv predict`; None without such a run.

    An outcome does not show which business it is of, so the files of the run are named, and those
    of other businesses. Runs in another currency are left out.

    Args:
        settings: with the place of the history.
        currency: of the outcome; None if it is not known.

    Raises:
        LtvError: there is a history that cannot be read.
    """
    from ltvcli.record import history_file, place, runs

    path = place.path_of(settings)
    if not path.exists():
        return None
    with history_file.read(path) as history:
        documents = {
            run.number: runs.document(history, run.number)
            for run in runs.recorded(history, command="predict")
        }
    data = {number: history_series.of_document(each) for number, each in documents.items()}
    possible = [
        number for number, run in data.items() if not currency or run.currency in (currency, None)
    ]
    if not possible:
        return None
    number = possible[-1]
    record = of_backtest(documents[number])
    other_names = {
        name
        for each in possible
        if not (data[each].may_be(data[number]) and data[each].has_files_of(data[number]))
        for name in data[each].names
    }
    return record and replace(
        record,
        run=number,
        names=tuple(sorted(data[number].names)),
        other_names=tuple(sorted(other_names)),
    )


def of_backtest(document: Mapping[str, Any]) -> ForecastRecord | None:
    """Return the accuracy in the JSON of a run of `ltv predict`; None without a backtest."""
    rows = [
        row
        for row in document["tables"].get("backtest", ())
        if row["chosen"] and row["value_bias"] is not None and row["coverage80"] is not None
    ]
    if not rows:
        return None
    return ForecastRecord(
        cutoffs=len(rows),
        value_error=sum(abs(row["value_bias"]) for row in rows) / len(rows),
        coverage=sum(row["coverage80"] for row in rows) / len(rows),
    )
