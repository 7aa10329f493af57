"""A week, month or quarter beside an earlier one: the steps of `ltv review`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ltvcli import __version__
from ltvcli.choices import REVIEW_PERIODS
from ltvcli.errors import (
    NoFileError,
    NotAChoiceError,
    TwoKindsError,
    UndatedCohortsError,
)
from ltvcli.facts import kept
from ltvcli.language import N_
from ltvcli.pipeline import benchmark, load, report
from ltvcli.pipeline.kind_settings import refuse_orders_only
from ltvcli.pipeline.load import Files, Loaded
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.pipeline.sums import By
from ltvcli.results.review import ReviewReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.periods import PeriodFacts
    from ltvcli.facts.subscriber_periods import SubscriberPeriods
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.formulas.periods import Span
    from ltvcli.pipeline.benchmark import Published

SETTINGS = (
    "as_of", "by", "cac", "cac_lag", "currency", "customers", "date_format", "encoding", "exclude",
    "from_", "horizon", "margin", "min_customers", "new_since", "retention_cost", "spend", "to",
    "status_paid",
)  # fmt: skip
"""Settings that change the answer."""
DEFAULT_PERIOD = "month"
DEFAULT_AGAINST = "previous"


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    period: str = DEFAULT_PERIOD,
    against: str = DEFAULT_AGAINST,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> ReviewReport:
    """Review the last whole period of exports of orders or subscriptions beside an earlier one.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given; `by` names the columns to segment customers by.
        period: "week", "month" or "quarter".
        against: "previous", "last-year", or the first and last day of a whole period.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.review import chosen

    if not inputs:
        raise NoFileError(command="review", example="orders.csv")
    span = next((known for known in REVIEW_PERIODS if known == period), None)
    if span is None:
        example = "--period quarter"
        raise NotAChoiceError(name="--period", text=period, known=REVIEW_PERIODS, example=example)
    chosen.comparison_of(against, span)
    published = benchmark.read(settings) if span == "quarter" else None
    by: By = "segments" if settings.by else "channel"
    with load.opened(inputs, settings, step) as files:
        if len(files.kinds) > 1:
            raise TwoKindsError(command="review")
        kind = next(iter(files.kinds))
        with load.load_kind(files, kind, settings, rejects, step, by=by) as loaded:
            return _of(files, loaded, settings, span, against, published, step)


def _of(
    files: Files,
    loaded: Loaded[Facts | Subscriptions],
    settings: Settings,
    span: Span,
    against: str,
    published: Published | None,
    step: Step,
) -> ReviewReport:
    """Review what was loaded, of a quarter beside what was published."""
    from ltvcli.analyses.cohorts import left_truncation
    from ltvcli.analyses.review import answer as review
    from ltvcli.analyses.review import grouping
    from ltvcli.pipeline import review_quarter

    step(N_("Comparing"))
    facts, reading = loaded.facts, loaded.reading
    truncation = left_truncation.find_in_orders(facts, settings)
    period_facts = _gathered(loaded, settings, span)
    kept.keep("periods", period_facts)
    groups = grouping.grouping(facts, settings.min_customers)
    used = SETTINGS if published is None else (*SETTINGS, "benchmarks", "discount", "lapse_after")
    answer = review.answer(period_facts, groups, settings, loaded.acquisition, span, against)
    says, tables = answer.says, dict(answer.tables)
    of_quarter = review_quarter.NOTHING
    if published is not None:
        of_quarter = review_quarter.gather(files, loaded, answer, published, step)
        says = (*says, *of_quarter.says)
        tables |= of_quarter.tables
    review_report = ReviewReport(
        command="review",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        acquisition=loaded.acquisition,
        left_truncation=truncation,
        given=report.given_settings(settings, report.applicable(used, loaded.kind)),
        horizon=answer.horizon,
        basis=answer.basis,
        says=says,
        terms=answer.terms,
        main="tiles",
        tables=tables,
        span=span,
        period=answer.period,
        against=answer.against,
        tiles=answer.tiles,
        explained=answer.explained,
        year_ago=answer.year_ago,
        segments=answer.segments,
        compared=of_quarter.compared,
        actions=of_quarter.actions,
        evidence=answer.evidence,
    )
    return report.with_findings(settings, review_report)


def _gathered(
    loaded: Loaded[Facts | Subscriptions], settings: Settings, span: Span
) -> PeriodFacts | SubscriberPeriods:
    """Add up orders, or subscriptions, by period and age."""
    from ltvcli.analyses.valuation.given import refuse_what_takes_orders
    from ltvcli.facts import periods as order_periods
    from ltvcli.facts import subscriber_periods
    from ltvcli.facts.subscriptions import Subscriptions

    if not isinstance(loaded.facts, Subscriptions):
        return order_periods.gather(loaded.engine, loaded.facts, span)
    refuse_what_takes_orders(settings)
    refuse_orders_only("review", {"--customers": settings.is_typed("customers")})
    if not loaded.facts.dated:
        raise UndatedCohortsError
    cells: Literal["week", "month"] = "week" if span == "week" else "month"
    return subscriber_periods.gather(loaded.engine, loaded.facts, cells)
