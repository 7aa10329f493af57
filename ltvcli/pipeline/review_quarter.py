"""What only a review of a quarter has: a forecast looked back at, benchmarks, actions to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, cast

from ltvcli.errors import InputError, UnansweredError
from ltvcli.formulas import periods
from ltvcli.language import N_
from ltvcli.pipeline import benchmark, load
from ltvcli.pipeline.benchmark import Published
from ltvcli.pipeline.load import Files, Loaded
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.pipeline.sums import By
from ltvcli.results import Row, Statement
from ltvcli.results.benchmark import Compared
from ltvcli.results.review import Action
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from ltvcli.analyses.review.answer import Review
    from ltvcli.analyses.review.quarter import Forecast
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.formulas.periods import Period
    from ltvcli.read.recognise import Kind
    from ltvcli.settings.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class OfQuarter:
    """What a quarter adds to a review."""

    says: tuple[Statement, ...] = ()
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    compared: Compared | None = None
    actions: tuple[Action, ...] = ()


NOTHING = OfQuarter()


def gather(
    files: Files,
    loaded: Loaded[Facts | Subscriptions],
    answer: Review,
    published: Published,
    step: Step,
) -> OfQuarter:
    """Look back at the forecast of a quarter ago, compare with benchmarks, and list actions.

    Args:
        files: the opened exports.
        loaded: of them, the files of one kind.
        answer: the review of the quarter.
        published: the benchmarks.
        step: called with the name of each step as it begins.
    """
    from ltvcli.analyses.benchmark import answer as of_benchmarks
    from ltvcli.analyses.review import actions, quarter

    reviewed = periods.last_whole("quarter", loaded.reading.as_of)
    step(N_("Comparing with benchmarks"))
    compared = _compared(files, loaded, reviewed.last, published)
    step(N_("Predicting, and looking back"))
    forecast = _forecast(files, loaded, reviewed)
    decisions = actions.actions(answer.explained, answer.segments, answer.tiles, forecast, compared)
    tables: dict[str, tuple[Row, ...]] = {"actions": actions.rows(decisions)}
    if forecast is not None:
        tables["forecast"] = quarter.forecast_rows(forecast)
    if compared is not None:
        tables["benchmarks"] = of_benchmarks.rows(compared.comparisons)
    return OfQuarter(
        says=(
            quarter.forecast_statement(forecast),
            quarter.benchmark_statement(compared),
            *actions.statements(decisions),
        ),
        tables={name: rows for name, rows in tables.items() if rows},
        compared=compared,
        actions=decisions,
    )


def _compared(
    files: Files, loaded: Loaded[Facts | Subscriptions], last: date, published: Published
) -> Compared | None:
    """Compare figures of the last day of the quarter; None if the data does not have them."""
    then = _as_of(files, loaded, last, "benchmarks")
    try:
        with load.load_kind(*then, None, unwatched, by="channel") as of_quarter:
            compared, _ = benchmark.compare(then[0], of_quarter, published)
    except (InputError, UnansweredError):
        return None
    return compared


def _as_of(
    files: Files, loaded: Loaded[Facts | Subscriptions], day: date, folder: str
) -> tuple[Files, Kind, Settings]:
    """Return what loads the same files as of an earlier day, with a folder for it."""
    files_then = replace(files, temp=files.temp / folder)
    files_then.temp.mkdir()
    return files_then, loaded.kind, replace(loaded.settings, as_of=day, by=())


def _forecast(
    files: Files, loaded: Loaded[Facts | Subscriptions], reviewed: Period
) -> Forecast | None:
    """Forecast a quarter as of the day before it; None if the data was too little."""
    known = reviewed.earlier().last
    files_then, kind, given = _as_of(files, loaded, known, "quarter-ago")
    settings = replace(given, horizon=reviewed.days / DAYS_PER_MONTH, discount=None)
    by: By = "" if kind == "orders" else "plan"
    try:
        with load.load_kind(files_then, kind, settings, None, unwatched, by=by) as then:
            if kind == "orders":
                return _of_customers(loaded, then, settings, reviewed)
            return _of_subscribers(loaded, then, settings, reviewed)
    except (InputError, UnansweredError):
        return None


def _of_customers(
    loaded: Loaded[Facts | Subscriptions],
    then: Loaded[Facts | Subscriptions],
    settings: Settings,
    reviewed: Period,
) -> Forecast:
    """Put the orders that known customers placed beside those that were forecast."""
    from ltvcli.analyses.predict import answer as prediction
    from ltvcli.analyses.review import quarter

    answer = prediction.answer(then.engine, cast("Facts", then.facts), settings)
    days = {"known": reviewed.earlier().last, "last": reviewed.last}
    came = loaded.engine.row("facts/periods/known_customers", days)
    _, predicted = answer.tables["totals"]
    return quarter.forecast_of(predicted, answer.margin, "orders", came["orders"], came["revenue"])


def _of_subscribers(
    loaded: Loaded[Facts | Subscriptions],
    then: Loaded[Facts | Subscriptions],
    settings: Settings,
    reviewed: Period,
) -> Forecast:
    """Put what paying customers paid, and who still pays, beside what was forecast."""
    from ltvcli.analyses.predict import subscribers
    from ltvcli.analyses.review import quarter
    from ltvcli.facts import standing
    from ltvcli.pipeline.predict import renewal_intervals

    facts = cast("Subscriptions", then.facts)
    every = renewal_intervals(then)
    answer = subscribers.answer(then.engine, facts, settings, every=every)
    now = cast("Subscriptions", loaded.facts)
    known = reviewed.earlier().last
    moment = standing.at(loaded.engine, known, reviewed.last, now.billed, now.dated)
    standing.at(loaded.engine, now.as_of, now.as_of, now.billed, now.dated)  # others may ask it
    _, predicted = answer.tables["totals"]
    came = moment.standing
    return quarter.forecast_of(
        predicted,
        answer.margin,
        "customers",
        int(came.stay.sum()),
        float(came.paid_ahead.sum()),
    )
