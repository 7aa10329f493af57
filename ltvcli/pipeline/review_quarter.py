"""The parts of a quarterly review: an earlier forecast, benchmarks, actions to decide."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct, field
from msgspec.structs import replace

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
from ltvcli.results.review import Action, ReviewReport
from ltvcli.settings.origins import override
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from ltvcli.analyses.review.quarter import Forecast
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.formulas.periods import Period
    from ltvcli.read.recognise import Kind
    from ltvcli.settings.settings import Settings


class OfQuarter(Struct, frozen=True, kw_only=True):
    """The parts that a quarter adds to a review."""

    says: tuple[Statement, ...] = ()
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    compared: Compared | None = None
    actions: tuple[Action, ...] = ()


def gather(
    files: Files,
    kind: Kind,
    settings: Settings,
    reviewed: ReviewReport,
    published: Published,
    step: Step,
) -> OfQuarter:
    """Compare with benchmarks, evaluate last quarter's forecast, and list actions.

    Args:
        files: the opened exports.
        kind: of those that were reviewed.
        settings: all settings.
        reviewed: the review of the quarter.
        published: the benchmarks.
        step: called with the name of each step as it begins.
    """
    from ltvcli.analyses.benchmark import answer as of_benchmarks
    from ltvcli.analyses.review import actions
    from ltvcli.analyses.review import quarter as analysis

    quarter = periods.named(reviewed.period)
    step(N_("Comparing with benchmarks"))
    compared, came = _at_its_end(files, kind, settings, quarter, published)
    step(N_("Forecasting and backtesting"))
    forecast = _forecast(files, kind, settings, quarter, came) if came else None
    decisions = actions.actions(
        reviewed.explained, reviewed.segments, reviewed.tiles, forecast, compared
    )
    tables: dict[str, tuple[Row, ...]] = {"actions": actions.rows(decisions)}
    if forecast is not None:
        tables["forecast"] = analysis.forecast_rows(forecast)
    if compared is not None:
        tables["benchmarks"] = of_benchmarks.rows(compared.comparisons)
    return OfQuarter(
        says=(
            analysis.forecast_statement(forecast),
            analysis.benchmark_statement(compared),
            *actions.statements(decisions),
        ),
        tables={name: rows for name, rows in tables.items() if rows},
        compared=compared,
        actions=decisions,
    )


class _Came(Struct, frozen=True, kw_only=True):
    """Orders, or active subscribers, of customers known before the quarter, and their revenue."""

    count: int
    revenue: float


def _at_its_end(
    files: Files, kind: Kind, settings: Settings, quarter: Period, published: Published
) -> tuple[Compared | None, _Came | None]:
    """Compare figures of the last day of the quarter, and sum the quarter's results.

    Either is None where the data does not have it.
    """
    files_then, given = _as_of(files, settings, quarter.last, "end-of-quarter")
    compared = None
    try:
        with load.load_kind(files_then, kind, given, None, unwatched, by="channel") as loaded:
            with suppress(InputError, UnansweredError):
                compared, _ = benchmark.compare(files_then, loaded, published)
            return compared, _came(loaded, quarter)
    except (InputError, UnansweredError):
        return None, None


def _as_of(files: Files, settings: Settings, day: date, folder: str) -> tuple[Files, Settings]:
    """Return a function that loads the same files as of an earlier day, with a folder for it."""
    files_then = replace(files, temp=files.temp / folder)
    files_then.temp.mkdir()
    return files_then, override(settings, as_of=day, by=())


def _came(loaded: Loaded[Facts | Subscriptions], quarter: Period) -> _Came:
    """Sum the results of a quarter for customers known before it."""
    from ltvcli.facts import standing
    from ltvcli.facts.subscriptions import Subscriptions

    known, facts = quarter.earlier().last, loaded.facts
    if not isinstance(facts, Subscriptions):
        days = {"known": known, "last": quarter.last}
        came = loaded.engine.row("facts/periods/known_customers", days)
        return _Came(count=came["orders"], revenue=came["revenue"])
    moment = standing.at(loaded.engine, known, quarter.last, facts.billed, facts.dated)
    paid = moment.standing
    standing.at(loaded.engine, facts.as_of, facts.as_of, facts.billed, facts.dated)  # as it was
    return _Came(count=int(paid.stay.sum()), revenue=float(paid.paid_ahead.sum()))


def _forecast(
    files: Files, kind: Kind, settings: Settings, quarter: Period, came: _Came
) -> Forecast | None:
    """Forecast a quarter as of the day before it; None with too little data."""
    from ltvcli.analyses.predict import answer as prediction
    from ltvcli.analyses.predict import subscribers
    from ltvcli.analyses.review.quarter import forecast_of
    from ltvcli.pipeline.predict import renewal_intervals

    files_then, given = _as_of(files, settings, quarter.earlier().last, "quarter-ago")
    given = override(given, horizon=quarter.days / DAYS_PER_MONTH, discount=None)
    by: By = "" if kind == "orders" else "plan"
    try:
        with load.load_kind(files_then, kind, given, None, unwatched, by=by) as then:
            if kind == "orders":
                answer = prediction.answer(then.engine, cast("Facts", then.facts), given)
            else:
                facts, every = cast("Subscriptions", then.facts), renewal_intervals(then)
                answer = subscribers.answer(then.engine, facts, given, every=every)
    except (InputError, UnansweredError):
        return None
    _, predicted = answer.tables["totals"]
    figure: Literal["orders", "customers"] = "orders" if kind == "orders" else "customers"
    return forecast_of(predicted, answer.margin, figure, came.count, came.revenue)
