"""Every figure of a review over all whole periods, for process behaviour charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.review import figures, period_ltv
from ltvcli.results.review import Signal
from ltvcli.stats.inference import process_behaviour
from ltvcli.stats.inference.process_behaviour import ENOUGH, Rule

if TYPE_CHECKING:
    from ltvcli.analyses.review.figures import Costs, Figure
    from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
    from ltvcli.analyses.review.timeline import Timeline
    from ltvcli.formulas.periods import Period

SIGNALS: Mapping[tuple[Rule, bool], Signal] = {
    (Rule.OUTSIDE, True): Signal.ABOVE,
    (Rule.OUTSIDE, False): Signal.BELOW,
    (Rule.NEAR, True): Signal.NEAR_HIGH,
    (Rule.NEAR, False): Signal.NEAR_LOW,
    (Rule.RUN, True): Signal.RUN_HIGH,
    (Rule.RUN, False): Signal.RUN_LOW,
}


class Chart(Struct, frozen=True, kw_only=True):
    """Values of a figure in consecutive periods, the reviewed period last.

    Totals are per day. `signal` is None where there are fewer than 8 earlier values.
    """

    periods: tuple[Period, ...]
    values: tuple[float, ...]
    low: float | None
    high: float | None
    signal: Signal | None


def charts(
    timeline: Timeline | SubscriberTimeline, periods: Sequence[Period], costs: Costs
) -> dict[Figure, Chart]:
    """Follow every figure up to the last of `periods`; a period that lacks it ends the series.

    Figures with a horizon are over the longest one that the last 9 periods have, so that there may
    be limits; what was given, and is the same in every period, has no chart.

    Args:
        timeline: of the shop.
        periods: whole ones, the oldest first, without a gap.
        costs: what is known of costs.
    """
    points = timeline.without_samples()
    followed = figures.followed(timeline.facts)
    sums = [points.sums(period) for period in periods]
    months = period_ltv.horizon(*sums[-ENOUGH - 1 :]) if sums else 0
    values: dict[Figure, list[float | None]] = {figure: [] for figure in followed}
    for period, of_period in zip(periods, sums, strict=True):
        reaches = bool(months) and period_ltv.horizon(of_period) >= months
        every = points.all_time
        rates = period_ltv.pair(of_period, every, every, months, costs.margin).new
        for figure in followed:
            known = not figures.is_given(figure, costs)
            if known and (reaches or figure not in figures.AT_HORIZON):
                estimate = figures.estimated(figure, of_period, rates, costs, period)
                values[figure].append(estimate.value if estimate else None)
            else:
                values[figure].append(None)
    return {
        figure: chart
        for figure, series in values.items()
        if (chart := _chart(figure, periods, series)) is not None
    }


def _chart(
    figure: Figure, periods: Sequence[Period], series: Sequence[float | None]
) -> Chart | None:
    """Chart the values from the last gap on."""
    gap = max((place for place, value in enumerate(series) if value is None), default=-1)
    points = [
        (period, value)
        for period, value in zip(periods[gap + 1 :], series[gap + 1 :], strict=True)
        if value is not None
    ]
    if not points:
        return None
    *earlier, last = figures.per_day(figure, points)
    limits = process_behaviour.limits(earlier)
    rule_met = process_behaviour.signal(earlier, last)
    signal = SIGNALS[rule_met.rule, rule_met.is_high] if rule_met else Signal.ROUTINE
    return Chart(
        periods=tuple(period for period, _ in points),
        values=(*earlier, last),
        low=limits.low if limits else None,
        high=limits.high if limits else None,
        signal=signal if limits else None,
    )
