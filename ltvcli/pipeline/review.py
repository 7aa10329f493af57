"""A week, month or quarter beside an earlier one: the steps of `ltv review`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

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
    from ltvcli.read.recognise import Kind

SETTINGS = (
    "as_of", "by", "cac", "cac_lag", "currency", "customers", "date_format", "encoding", "exclude",
    "from_", "horizon", "margin", "min_customers", "new_since", "retention_cost", "spend", "to",
    "status_paid",
)  # fmt: skip
"""Settings that change the answer."""
OF_QUARTERS = ("benchmarks", "discount", "lapse_after")
"""Further ones that change that of a quarter."""
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
        with load.load_kind(files, kind, settings, rejects, step, by=by, span=span) as loaded:
            step(N_("Comparing"))
            period_facts = _gathered(loaded, settings, span)
        reviewed = _reviewed(loaded, period_facts, settings, span, against)
        if published is not None:
            reviewed = _with_quarter(reviewed, files, kind, settings, published, step)
    return report.with_findings(settings, reviewed)


def _with_quarter(
    reviewed: ReviewReport,
    files: Files,
    kind: Kind,
    settings: Settings,
    published: Published,
    step: Step,
) -> ReviewReport:
    """Add the parts of a quarterly review."""
    from ltvcli.pipeline import review_quarter

    more = review_quarter.gather(files, kind, settings, reviewed, published, step)
    return replace(
        reviewed,
        given=report.settings_of_kind(settings, (*SETTINGS, *OF_QUARTERS), kind),
        says=(*reviewed.says, *more.says),
        tables={**reviewed.tables, **more.tables},
        compared=more.compared,
        actions=more.actions,
    )


def _reviewed(
    loaded: Loaded[Facts | Subscriptions],
    period_facts: PeriodFacts | SubscriberPeriods,
    settings: Settings,
    span: Span,
    against: str,
) -> ReviewReport:
    """Review the loaded and summed data."""
    from ltvcli.analyses.cohorts import left_truncation
    from ltvcli.analyses.review import answer as review
    from ltvcli.analyses.review import grouping

    facts, reading = loaded.facts, loaded.reading
    truncation = left_truncation.find_in_orders(facts, settings)
    kept.keep("periods", period_facts)
    groups = grouping.grouping(facts, settings.min_customers)
    answer = review.answer(period_facts, groups, settings, loaded.acquisition, span, against)
    return ReviewReport(
        command="review",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        acquisition=loaded.acquisition,
        left_truncation=truncation,
        given=report.settings_of_kind(settings, SETTINGS, loaded.kind),
        horizon=answer.horizon,
        basis=answer.basis,
        says=answer.says,
        terms=answer.terms,
        main="tiles",
        tables=answer.tables,
        span=span,
        period=answer.period,
        against=answer.against,
        tiles=answer.tiles,
        explained=answer.explained,
        year_ago=answer.year_ago,
        segments=answer.segments,
        evidence=answer.evidence,
    )


def _gathered(
    loaded: Loaded[Facts | Subscriptions], settings: Settings, span: Span
) -> PeriodFacts | SubscriberPeriods:
    """Add up orders, or subscriptions, by period and age."""
    from ltvcli.analyses.valuation.given import refuse_what_takes_orders
    from ltvcli.facts import periods as order_periods
    from ltvcli.facts import subscriber_periods
    from ltvcli.facts.subscriptions import Subscriptions

    if not isinstance(loaded.facts, Subscriptions):
        is_added_up = loaded.span == span
        return order_periods.gather(loaded.engine, loaded.facts, span, is_added_up=is_added_up)
    refuse_what_takes_orders(settings)
    refuse_orders_only("review", {"--customers": settings.is_typed("customers")})
    if not loaded.facts.dated:
        raise UndatedCohortsError
    cells: Literal["week", "month"] = "week" if span == "week" else "month"
    return subscriber_periods.gather(loaded.engine, loaded.facts, cells)
