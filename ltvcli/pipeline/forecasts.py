"""Forecasts that were recorded, and what came: a page of `ltv report board`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__
from ltvcli.pipeline import load, report
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import Estimate, Source
from ltvcli.results.history import RecordedForecast
from ltvcli.results.leavers import ForecastsReport
from ltvcli.settings.settings import Settings
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.pipeline.load import Loaded
    from ltvcli.record.runs import RecordedRun

MOST = 8
"""Forecasts that are shown, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """A recorded run of `ltv predict`, and its JSON document."""

    run: RecordedRun
    as_of: date
    document: Mapping[str, Any]


def run(
    inputs: Sequence[Any], settings: Settings, history: Path | None, step: Step = unwatched
) -> ForecastsReport:
    """Put the forecasts of recorded runs of `ltv predict` beside what came.

    Args:
        inputs: paths, globs or pandas data frames of orders or of subscriptions.
        settings: what was given.
        history: the file of recorded runs; None if there is none.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the history cannot be read, or the input cannot be used.
    """
    from ltvcli.analyses.history import forecasts as analysis

    recorded = _recorded(history)
    forecasts: list[RecordedForecast] = []
    currency = None
    if recorded:
        exports = replace(settings, by=())
        with load.load(inputs, exports, None, step, command="report board", by="channel") as loaded:
            currency = loaded.reading.currency
            forecasts = [forecast for each in recorded for forecast in _looked_back(each, loaded)]
    names = [str(name) for name in inputs if isinstance(name, (str, Path))]
    command = shlex.join(["ltv", "predict", *(names or ["subscriptions.csv"]), "--record"])
    made = ForecastsReport(
        command="forecasts",
        version=__version__,
        as_of=None,
        currency=currency,
        inputs=(),
        given={},
        says=analysis.says(forecasts, command),
        main="forecasts",
        tables={"forecasts": analysis.rows(forecasts)},
        forecasts=tuple(forecasts),
    )
    return replace(report.with_findings(settings, made), next_command="")


def _recorded(history: Path | None) -> list[_Recorded]:
    """Return the newest forecasts, the oldest first; of each day the last run of its first day.

    A mistake of that day was corrected; a later run about the same day is no forecast any more.
    """
    from ltvcli.record import history_file, runs

    if history is None or not history.is_file():
        return []
    chosen: dict[date, RecordedRun] = {}
    with history_file.read(history) as opened:
        for single in runs.recorded(opened, command="predict"):
            if single.as_of is None:
                continue
            earlier = chosen.get(single.as_of)
            if earlier is None or earlier.recorded_at.date() == single.recorded_at.date():
                chosen[single.as_of] = single
        return [
            _Recorded(
                run=chosen[day], as_of=day, document=runs.document(opened, chosen[day].number)
            )
            for day in sorted(chosen)[-MOST:]
        ]


def _looked_back(
    recorded: _Recorded, loaded: Loaded[Facts | Subscriptions]
) -> Iterator[RecordedForecast]:
    """Yield the figures of a forecast about such files, with what came of them."""
    document, kind = recorded.document, loaded.kind
    kinds = {file["kind"] for file in document["provenance"]["inputs"]}
    future = next((r for r in document["tables"]["totals"] if r["part"] == "future"), None)
    last = loaded.reading.as_of
    if kind not in kinds or future is None or recorded.as_of >= last:
        return
    months = document["horizon"]
    until = recorded.as_of + timedelta(days=round(months * DAYS_PER_MONTH))
    orders, revenue = _came(loaded, recorded.as_of, min(until, last))
    margin = _margin(document)
    actual = {"orders": float(orders), "value": None if margin is None else revenue * margin}
    for figure in ("orders", "value") if kind == "orders" else ("value",):
        if future.get(figure) is None:
            continue
        yield RecordedForecast(
            run=recorded.run.number,
            as_of=recorded.as_of,
            months=round(months),
            until=until,
            figure=figure,
            expected=Estimate(
                value=float(future[figure]),
                low=future.get(f"{figure}_low"),
                high=future.get(f"{figure}_high"),
                source=Source.MEASURED,
            ),
            actual=actual[figure],
            is_due=until <= last,
        )


def _margin(document: Mapping[str, Any]) -> float | None:
    """Return the margin that turned revenue into value.

    None where it was measured then, or value was discounted, so that nothing compares with it.
    """
    if document["provenance"]["given"].get("discount"):
        return None
    if document["basis"] != "margin":
        return 1.0
    given = document["provenance"]["given"].get("margin")
    return None if given is None else float(given)


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
