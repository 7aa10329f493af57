"""Recorded forecasts beside actual results, of the customers known on the day of each."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.analyses.history.sentences import OTHER_RUNS
from ltvcli.language import N_
from ltvcli.results import Fact, Interval, Quantity, Row, Sentence, Statement
from ltvcli.results.history import RecordedForecast
from ltvcli.units import Unit

FORECAST = N_("Forecast")
NONE = N_("No forecast is recorded yet. Record one each quarter: {command}")
NOT_DUE = N_(
    "{n} {n:forecast is|forecasts are} recorded; the first actual result is known from {day} on, "
    "when the first ends."
)
HELD = N_(
    "{held} of {n} {n:forecast|forecasts} held: the actual result is within the 80% interval. "
    "One of five is expected not to."
)
HELD_ONE = N_("The one forecast that has ended held: the actual result is within the 80% interval.")
MISSED_ONE = N_(
    "The one forecast that has ended did not hold: the actual result is outside the interval."
)
CAME = N_(
    "{day}, {months} {months:month|months}: {forecast} (80% CI {interval}) was forecast; "
    "actual: {actual}"
)
ORDERS_CAME = N_(
    "{day}, {months} {months:month|months}: {forecast} {forecast:order|orders} (80% CI "
    "{interval}) {forecast:was|were} forecast; actual: {actual}"
)

FROM_FILES = N_("files, for the customers known on the day of each forecast")
FROM_RUNS = N_(
    "later recorded runs of ltv predict at the end of a month; with files, every forecast is judged"
)
UNKNOWN = N_(
    "{n} {n:forecast has|forecasts have} ended, and the recorded runs do not hold their actual "
    "results: give the files"
)
FOREIGN = N_("{n} recorded {n:forecast is|forecasts are} about other customers than these files")


def rows(forecasts: Sequence[RecordedForecast]) -> tuple[Row, ...]:
    """Return the table `forecasts`."""
    return tuple(
        {
            "run": forecast.run,
            "as_of": forecast.as_of.isoformat(),
            "months": forecast.months,
            "until": forecast.until.isoformat(),
            "figure": forecast.figure,
            "forecast": forecast.expected.value,
            "forecast_low": forecast.expected.low,
            "forecast_high": forecast.expected.high,
            "actual": forecast.actual,
            "due": forecast.is_due,
            "within": forecast.held,
        }
        for forecast in forecasts
    )


def statements(forecasts: Sequence[RecordedForecast], command: str) -> tuple[Statement, ...]:
    """Describe how many forecasts held, then each of them, newest first.

    Args:
        forecasts: the oldest first.
        command: that records one.
    """
    ended = [forecast for forecast in forecasts if forecast.held is not None]
    if not forecasts:
        return (Statement(says=Sentence(NONE, {"command": command})),)
    if not ended:
        first = min(forecast.until for forecast in forecasts)
        facts: dict[str, Fact] = {
            "n": len({forecast.run for forecast in forecasts}),
            "day": first.isoformat(),
        }
        return (Statement(says=Sentence(NOT_DUE, facts)),)
    held = sum(bool(forecast.held) for forecast in ended)
    if len(ended) == 1:
        headline = Sentence(HELD_ONE if held else MISSED_ONE)
    else:
        headline = Sentence(HELD, {"held": held, "n": len(ended)})
    return (
        Statement(says=headline),
        *(Statement(label=FORECAST, says=_came(forecast)) for forecast in reversed(ended)),
    )


def coverage(forecasts: Sequence[RecordedForecast]) -> tuple[Row, ...]:
    """Return the number of completed forecasts of each figure, and the share that held."""
    table: list[Row] = []
    for figure in ("orders", "value"):
        held = [forecast.held for forecast in forecasts if forecast.figure == figure]
        ended = [was for was in held if was is not None]
        if ended:
            within = sum(ended)
            share = within / len(ended)
            table.append({"figure": figure, "n": len(ended), "within": within, "coverage": share})
    return tuple(table)


def statements_of_history(
    forecasts: Sequence[RecordedForecast], *, foreign: int, has_files: bool
) -> tuple[Statement, ...]:
    """Describe how many forecasts held, each of them, and how they were evaluated.

    Args:
        forecasts: the oldest first.
        foreign: recorded forecasts that are not about the customers of the files.
        has_files: whether actual results come from files, not from later recorded runs.
    """
    if not forecasts:
        return (Statement(label=N_("Forecasts"), says=Sentence(FOREIGN, {"n": foreign})),)
    headline, *each = statements(forecasts, "ltv predict --record")
    due = [forecast for forecast in forecasts if forecast.is_due]
    if due and all(forecast.held is None for forecast in due):
        headline = Statement(says=Sentence(UNKNOWN, {"n": len({each.run for each in due})}))
    basis = Sentence(FROM_FILES if has_files else FROM_RUNS)
    notes = [Statement(label=N_("Judged by"), says=basis)]
    if foreign:
        text = FOREIGN if has_files else OTHER_RUNS
        notes.append(Statement(label=N_("Excluded"), says=Sentence(text, {"n": foreign})))
    return (replace(headline, label=N_("Forecasts")), *each, *notes)


def _came(forecast: RecordedForecast) -> Sentence:
    expected = forecast.expected
    unit = Unit.COUNT if forecast.figure == "orders" else Unit.MONEY
    interval = Interval(expected.low or 0.0, expected.high or 0.0, unit, expected.value)
    return Sentence(
        ORDERS_CAME if forecast.figure == "orders" else CAME,
        {
            "day": forecast.as_of.isoformat(),
            "months": forecast.months,
            "forecast": Quantity(expected.value, unit),
            "interval": interval,
            "actual": Quantity(forecast.actual or 0.0, unit),
        },
    )
