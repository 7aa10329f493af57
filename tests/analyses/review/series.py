"""A figure month by month, each measured apart with all samples: the slow and plain way."""

from __future__ import annotations

from dataclasses import dataclass

from ltvcli.analyses.review import figures, period_ltv
from ltvcli.analyses.review.figures import AT_HORIZON, Costs, Figure
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.facts.periods import PeriodFacts
from ltvcli.formulas.periods import Period
from ltvcli.results import Estimate


@dataclass(frozen=True)
class Point:
    period: Period
    estimate: Estimate | None


def series(facts: PeriodFacts, figure: Figure, costs: Costs) -> tuple[Point, ...]:
    """Follow a figure over all whole months; horizons are the longest the last two have."""
    known = figures.whole_periods(facts, "month")
    timeline = Timeline(facts)
    months = period_ltv.horizon(*(timeline.sums(period) for period in known[-2:]))
    return tuple(
        Point(period, measured(timeline, figure, period, costs, months)) for period in known
    )


def measured(
    timeline: Timeline, figure: Figure, period: Period, costs: Costs, months: int
) -> Estimate | None:
    sums, every = timeline.sums(period), timeline.all_time
    if figure in AT_HORIZON and (not months or period_ltv.horizon(sums) < months):
        return None
    rates = period_ltv.pair(sums, every, every, months, costs.margin).new
    return figures.estimated(figure, sums, rates, costs, period)
