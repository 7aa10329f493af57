"""The answer of `ltv review`: a period beside an earlier one, and why its value moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review import chosen, period_ltv, sentences, tables
from ltvcli.analyses.review.changed_segments import changes
from ltvcli.analyses.review.charts import Chart, charts
from ltvcli.analyses.review.chosen import Chosen
from ltvcli.analyses.review.comparison import Comparison, compare, explain
from ltvcli.analyses.review.figures import PER_DAY, Costs, Figure
from ltvcli.analyses.review.grouping import Grouping
from ltvcli.analyses.review.quarter import cohorts
from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
from ltvcli.analyses.review.tiles import tiles
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.errors import HorizonPastDataError, NotWholeMonthsError
from ltvcli.facts.subscriber_periods import SubscriberPeriods
from ltvcli.formulas import periods
from ltvcli.formulas.periods import Span
from ltvcli.language import N_
from ltvcli.results import Row, Sentence, Statement
from ltvcli.results.review import Explained, ReviewEvidence, SegmentChange, Tile
from ltvcli.units import LATEST

if TYPE_CHECKING:
    from ltvcli.facts.periods import PeriodFacts
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.settings.settings import Settings

WEEK = "week"
QUIET_WITHIN = 60
"""Days at the end of the data that tell how long a shop may be without a new customer."""


class Review(Struct, frozen=True, kw_only=True):
    """The answer: sentences, tables, and evidence for checks."""

    period: str
    against: str
    horizon: int | None
    basis: str
    says: tuple[Statement, ...]
    terms: tuple[Sentence, ...]
    tables: Mapping[str, tuple[Row, ...]]
    tiles: tuple[Tile, ...]
    explained: tuple[Explained, ...]
    year_ago: tuple[Explained, ...]
    segments: tuple[SegmentChange, ...]
    evidence: ReviewEvidence


def answer(
    facts: PeriodFacts | SubscriberPeriods,
    groups: Grouping,
    settings: Settings,
    acquisition: Acquisition | None,
    span: Span,
    against: str,
) -> Review:
    """Review the last whole period.

    Args:
        facts: about periods, weekly ones for weeks.
        groups: which segments stand alone.
        settings: what was given: margin, CAC, horizon.
        acquisition: what new customers cost, where spend was read; a given CAC beats it.
        span: length of a period.
        against: what to compare with, as `chosen.choose` takes it.

    Raises:
        UsageError: the requested period or horizon is impossible.
        UnansweredError: the data holds no whole period, or not the horizon asked for.
    """
    picked = chosen.choose(facts, span, against)
    timeline = _timeline(facts, groups)
    costs = Costs(margin=settings.margin, cac=settings.cac, acquisition=acquisition)
    months = _months(settings)
    comparison = None
    if picked.against is not None:
        comparison = compare(timeline, picked.period, picked.against, costs, months)
        if months is not None and comparison.pair.horizon < months:
            longest = comparison.pair.horizon
            raise HorizonPastDataError(asked=months, longest=longest, customers=1)
    basis = _basis(timeline, costs)
    followed = charts(timeline, picked.known, costs)
    shown = tiles(timeline, picked.period, comparison, picked.year_ago, costs, followed)
    explained: tuple[Explained, ...] = ()
    year_ago: tuple[Explained, ...] = ()
    changed: tuple[SegmentChange, ...] = ()
    if comparison is not None and span != WEEK:
        explained = explain(comparison, basis)
        changed = changes(comparison, groups.names, acquisition)
        if picked.year_ago is not None and picked.year_ago != picked.against:
            a_year_apart = compare(timeline, picked.period, picked.year_ago, costs, months)
            year_ago = explain(a_year_apart, basis)
    name = picked.against.name if picked.against else ""
    return Review(
        period=picked.period.name,
        against=name,
        horizon=comparison.pair.horizon or None if comparison else None,
        basis=basis,
        says=(
            Statement(says=sentences.headline(explained, shown, name)),
            *sentences.details(explained, year_ago, changed, shown),
        ),
        terms=tuple(_terms(basis, comparison, facts.as_of)),
        tables=_tables(
            timeline, costs, shown, (*explained, *year_ago), changed, comparison, groups, followed
        ),
        tiles=shown,
        explained=explained,
        year_ago=year_ago,
        segments=changed,
        evidence=_evidence(facts, groups, settings, picked, comparison, followed, shown),
    )


def _timeline(
    facts: PeriodFacts | SubscriberPeriods, groups: Grouping
) -> Timeline | SubscriberTimeline:
    if isinstance(facts, SubscriberPeriods):
        return SubscriberTimeline(facts, groups.rows)
    return Timeline(facts, groups.rows)


def _months(settings: Settings) -> int | None:
    asked = settings.horizon
    if asked is None:
        return None
    if asked < 1 or asked != int(asked):
        raise NotWholeMonthsError(months=max(1, int(asked)))
    return int(asked)


def _basis(timeline: Timeline | SubscriberTimeline, costs: Costs) -> str:
    """Return whether values are margin or, where none is known, revenue."""
    if costs.margin is not None:
        return "margin"
    measured = period_ltv.measured_margin(timeline.all_time)[0]
    return "margin" if np.isfinite(measured) else "revenue"


def _terms(basis: str, comparison: Comparison | None, as_of: date) -> list[Sentence]:
    """Describe the basis of the figures."""
    is_margin = basis == "margin"
    terms = [
        Sentence(
            N_("gross-margin basis, before CAC")
            if is_margin
            else N_("revenue basis (no margin applied), before CAC")
        )
    ]
    if comparison is not None and comparison.pair.horizon:
        months = comparison.pair.horizon
        terms.append(Sentence(N_("period LTV over {n} {n:month|months}"), {"n": months}))
    terms.append(Sentence(PER_DAY))
    terms.append(Sentence(N_("data through {day}"), {"day": as_of}))
    return terms


def _tables(
    timeline: Timeline | SubscriberTimeline,
    costs: Costs,
    shown: tuple[Tile, ...],
    explained: tuple[Explained, ...],
    changed: tuple[SegmentChange, ...],
    comparison: Comparison | None,
    groups: Grouping,
    followed: Mapping[Figure, Chart],
) -> dict[str, tuple[Row, ...]]:
    rows: dict[str, tuple[Row, ...]] = {"tiles": tables.tiles(shown)}
    if comparison is not None and comparison.period.span == "quarter":
        rows["cohorts"] = tuple(cohorts(timeline, comparison, costs))
    if explained and comparison is not None:
        rows["changes"] = tables.changes(explained)
        rows["why"] = tables.why(explained)
        rows["why_segments"] = tuple(tables.why_segments(comparison, groups.labels))
        rows["segments"] = tables.segments(changed)
        rows["period_rates"] = tuple(tables.period_rates(comparison, groups.labels))
    rows["series"] = tuple(tables.series(followed))
    return {name: table for name, table in rows.items() if table}


def _evidence(
    facts: PeriodFacts | SubscriberPeriods,
    groups: Grouping,
    settings: Settings,
    picked: Chosen,
    comparison: Comparison | None,
    followed: Mapping[Figure, Chart],
    shown: tuple[Tile, ...],
) -> ReviewEvidence:
    supported = 0
    if comparison is not None:
        supported = period_ltv.horizon(comparison.new, comparison.old)
    running = periods.of(picked.period.span, facts.as_of)
    is_over = running == picked.period
    revenue = followed.get("net_revenue") or followed.get("mrr")
    return ReviewEvidence(
        oldest=picked.known[0].name,
        running="" if is_over else running.name,
        ends=None if is_over else _may_be_whole(facts, running.last, settings),
        charted=len(revenue.values) - 1 if revenue else 0,
        gathered=groups.gathered,
        horizon_given=settings.horizon is not None,
        supported=supported,
        compared=comparison is not None,
        year_ago=picked.year_ago is not None,
        cac_known=any(tile.figure == "cac" for tile in shown),
        retention_cost=settings.retention_cost,
    )


def _may_be_whole(
    facts: PeriodFacts | SubscriberPeriods, last: date, settings: Settings
) -> date | None:
    """Return the last day of a period that may be whole: it is past, and silent days are usual.

    No more days may lack than passed without a new customer once in the last weeks of the data.
    """
    today = settings.today
    if isinstance(facts, SubscriberPeriods):
        return None
    if settings.as_of is not None or today is None or today in (LATEST, last) or today < last:
        return None
    days = np.unique(facts.starts.first_day)
    recent = days[days > np.datetime64(facts.as_of) - np.timedelta64(QUIET_WITHIN, "D")]
    quiet = int(np.diff(recent).astype(np.int64).max(initial=1)) - 1
    return last if (last - facts.as_of).days <= quiet else None
