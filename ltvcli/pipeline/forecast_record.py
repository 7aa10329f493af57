"""Accuracy of earlier forecasts, from the history of recorded runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ltvcli.results.experiment import ForecastRecord

if TYPE_CHECKING:
    from ltvcli.settings.settings import Settings


def newest(settings: Settings) -> ForecastRecord | None:
    """Return the accuracy of the newest run of `ltv predict`; None without such a run.

    Args:
        settings: with the place of the history.

    Raises:
        LtvError: there is a history that cannot be read.
    """
    from ltvcli.record import history_file, place, runs

    path = place.path_of(settings)
    if not path.exists():
        return None
    with history_file.read(path) as history:
        recorded = runs.recorded(history, command="predict")
        if not recorded:
            return None
        return of_backtest(runs.document(history, recorded[-1].number))


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
