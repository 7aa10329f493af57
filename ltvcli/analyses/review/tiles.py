"""The tiles of a review: each figure beside that of the earlier period and of a year before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review import figures, period_ltv
from ltvcli.analyses.review.comparison import change_of
from ltvcli.formulas.bands import IDEAL_UP_TO, LTV_TO_CAC
from ltvcli.results import Estimate, Source
from ltvcli.results.review import Tile

if TYPE_CHECKING:
    from ltvcli.analyses.review.charts import Chart
    from ltvcli.analyses.review.comparison import Comparison
    from ltvcli.analyses.review.figures import Costs, Figure
    from ltvcli.analyses.review.period_ltv import AnyRates, AnySums
    from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
    from ltvcli.analyses.review.timeline import Timeline
    from ltvcli.formulas.periods import Period

TARGETS: Mapping[str, float] = {"ltv_to_cac": LTV_TO_CAC[-1], "payback": IDEAL_UP_TO}
"""Where a figure is healthy by the rules that grades follow."""


class Side(Struct, frozen=True, kw_only=True):
    """A period with its sums and its rates over the horizon of the review."""

    period: Period
    sums: AnySums
    rates: AnyRates


def tiles(
    timeline: Timeline | SubscriberTimeline,
    period: Period,
    comparison: Comparison | None,
    year_ago: Period | None,
    costs: Costs,
    charts: Mapping[Figure, Chart],
) -> tuple[Tile, ...]:
    """Measure every known figure of a period.

    Args:
        timeline: with samples.
        period: the one that is reviewed.
        comparison: with the earlier period; None if there is none.
        year_ago: the same period a year before, if it is whole.
        costs: what is known of costs.
        charts: of the figures.
    """
    now, before = _sides(timeline, period, comparison, costs)
    months = period_ltv.months_of(now.rates)
    last_year = _last_year(timeline, year_ago, months, costs)
    followed = figures.followed(timeline.facts)
    return tuple(_tiles(followed, now, before, last_year, costs, charts))


def _sides(
    timeline: Timeline | SubscriberTimeline,
    period: Period,
    comparison: Comparison | None,
    costs: Costs,
) -> tuple[Side, Side | None]:
    if comparison is not None:
        return (
            Side(period=period, sums=comparison.new, rates=comparison.pair.new),
            Side(period=comparison.against, sums=comparison.old, rates=comparison.pair.old),
        )
    sums = timeline.sums(period)
    months = period_ltv.horizon(sums)
    every = timeline.all_time
    rates = period_ltv.pair(sums, every, every, months, costs.margin).new
    return Side(period=period, sums=sums, rates=rates), None


def _last_year(
    timeline: Timeline | SubscriberTimeline, period: Period | None, months: int, costs: Costs
) -> Side | None:
    """Return the period of a year ago; without rates where it does not reach the horizon."""
    if period is None:
        return None
    sums = timeline.sums(period)
    reached = months if months and period_ltv.horizon(sums) >= months else 0
    every = timeline.all_time
    rates = period_ltv.pair(sums, every, every, reached, costs.margin).new
    return Side(period=period, sums=sums, rates=rates)


def _tiles(
    followed: tuple[Figure, ...],
    now: Side,
    before: Side | None,
    last_year: Side | None,
    costs: Costs,
    charts: Mapping[Figure, Chart],
) -> Iterator[Tile]:
    for figure in followed:
        estimate = _estimate(figure, now, costs)
        if estimate is None:
            continue
        given = figures.is_given(figure, costs)
        earlier = None if given else _estimate(figure, before, costs)
        year = None if given else _estimate(figure, last_year, costs)
        chart = charts.get(figure)
        yield Tile(
            figure=figure,
            now=estimate,
            previous=earlier.value if earlier else None,
            change=_change(figure, now, before, costs) if earlier and before else None,
            last_year=year.value if year else None,
            target=TARGETS.get(figure),
            signal=chart.signal if chart else None,
            per_day=figure in figures.TOTALS,
        )


def _estimate(figure: Figure, side: Side | None, costs: Costs) -> Estimate | None:
    """Measure a figure; one with a horizon is not known over no months."""
    if side is None or (figure in figures.AT_HORIZON and not period_ltv.months_of(side.rates)):
        return None
    return figures.estimated(figure, side.sums, side.rates, costs, side.period)


def _change(figure: Figure, now: Side, before: Side, costs: Costs) -> Estimate | None:
    """Subtract the earlier figure; of totals, scaled to as many days."""
    scale = now.period.days / before.period.days if figure in figures.TOTALS else 1.0
    if figure == "payback":
        ends = [figures.payback(side.sums, side.rates, costs, side.period) for side in
                (now, before)]  # fmt: skip
        known = [end.value for end in ends if end]
        return Estimate(value=known[0] - known[1], source=Source.MEASURED) if known[1:] else None
    new, old = (
        figures.samples(figure, side.sums, side.rates, costs, side.period) for side in
        (now, before)
    )  # fmt: skip
    if new is None or old is None or not np.isfinite(new[0] - old[0]):
        return None
    change = change_of(new - old * scale)
    if figure == "spend" or change.low == change.high:  # no customer made a difference
        return Estimate(value=change.value, source=Source.MEASURED)
    return change
