"""Figures of every month from the facts about periods, of orders or of subscriptions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.check import groups as grouped
from ltvcli.analyses.check.monthly import Monthly
from ltvcli.analyses.review import figures as review
from ltvcli.analyses.review import period_ltv, why
from ltvcli.analyses.review.figures import AT_HORIZON, THIRD_MONTH, Costs, whole_periods
from ltvcli.analyses.review.period_ltv import Rates
from ltvcli.analyses.review.timeline import Sums
from ltvcli.facts.periods import PeriodFacts
from ltvcli.results import Estimate
from ltvcli.results.review import Reason
from ltvcli.stats.inference import jackknife, poisson_interval
from ltvcli.stats.inference.process_behaviour import ENOUGH

if TYPE_CHECKING:
    from ltvcli.analyses.review.period_ltv import AnyRates, AnySums, Pair
    from ltvcli.facts.subscriber_periods import SubscriberPeriods
    from ltvcli.formulas.periods import Period
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.settings.assumptions import Assumptions


SHORTEST = 3
"""Months of a horizon at least: over fewer, every customer looks as if they were worth little."""


def monthly(
    facts: PeriodFacts | SubscriberPeriods,
    groups: grouped.Groups,
    named: Collection[str],
    settings: Assumptions,
    acquisition: Acquisition | None,
) -> tuple[Monthly, ...]:
    """Measure the named figures of every whole month, for each group.

    A month has the horizon that it and the month before reach, as when it was the last one; all
    groups share it. Where a group lacks customers of an age below it, its figures that take a
    horizon are not known. Charts of these take one horizon, which the last nine months reach.

    Args:
        facts: about months.
        groups: of segments; TOGETHER for all customers.
        named: figures that rules name.
        settings: what was given: margin, CAC, horizon.
        acquisition: what new customers cost, where spend was read.
    """
    months = whole_periods(facts, "month")
    timeline = grouped.timeline(facts, groups)
    sums = [timeline.sums(month) for month in months]
    every = timeline.all_time
    supported = period_ltv.longest if settings.horizon else period_ltv.horizon
    horizons = [_horizon(sums[: place + 1], settings) for place in range(len(sums))]
    charted = min(horizons[-1], supported(*sums[-ENOUGH - 1 :])) if sums else 0
    last = None
    if sums[1:]:
        last = period_ltv.pair(sums[-1], sums[-2], every, horizons[-1], settings.margin)
    every_rate = [
        [
            period_ltv.pair(month, every, every, length, settings.margin).new
            for month, length in zip(sums, lengths, strict=True)
        ]
        for lengths in (horizons, [charted] * len(sums))
    ]
    is_margin = settings.margin is not None or bool(
        np.isfinite(period_ltv.measured_margin(every)[0])
    )
    known = [figure for figure in review.followed(facts) if figure in named]
    segments = []
    for row, name in enumerate(groups.names):
        costs = grouped.costs(name, groups, settings, acquisition)
        steps, chart = (
            [
                _Month(
                    period=period,
                    sums=grouped.sums_of(of_month, row),
                    rates=grouped.rates_of(rates, row),
                    costs=costs,
                    horizon=length,
                    reached=0 < length <= supported(of_month),
                )
                for period, of_month, rates, length in zip(
                    months, sums, of_length, lengths, strict=True
                )
            ]
            for of_length, lengths in zip(
                every_rate, (horizons, [charted] * len(sums)), strict=True
            )
        )
        values: dict[str, tuple[Estimate | None, ...]] = {
            figure: tuple(_estimate(figure, step) for step in steps) for figure in known
        }
        moved, parts = _why(steps, last, row)
        segments.append(
            Monthly(
                segment=name,
                months=tuple(months),
                values=values,
                charted={
                    figure: tuple(_point(figure, step) for step in chart)
                    for figure in known
                    if figure in AT_HORIZON
                },
                beyond={"payback": tuple(_beyond(step) for step in steps)}
                if "payback" in named
                else {},
                worth=dict(_worth(steps[-1])) if steps else {},
                horizon=horizons[-1] if steps else 0,
                is_margin=is_margin,
                parts=parts,
                moved=moved,
            )
        )
    return tuple(segments)


class _Month(Struct, frozen=True, kw_only=True):
    """One month of one group; `rates` are over the `horizon`, which all customers reach or not."""

    period: Period
    sums: AnySums
    rates: AnyRates
    costs: Costs
    horizon: int
    reached: bool

    @property
    def reaches(self) -> bool:
        """Return whether all customers reach the horizon and some customers have each age."""
        exposure = self.sums.exposure[0, : self.horizon, 0]
        return self.reached and len(exposure) == self.horizon and bool((exposure > 0).all())


def _horizon(sums: Sequence[AnySums], settings: Assumptions) -> int:
    if not sums:
        return 0
    if settings.horizon:
        return min(int(settings.horizon), period_ltv.longest(*sums[-2:]))
    reached = period_ltv.horizon(*sums[-2:])
    return reached if reached >= SHORTEST else 0


def _estimate(figure: review.Figure, month: _Month) -> Estimate | None:
    """Measure a figure of one month; intervals use the groups with such customers."""
    if figure in AT_HORIZON and not month.reaches:
        return None
    estimate = review.estimated(figure, month.sums, month.rates, month.costs, month.period)
    is_none = estimate is not None and estimate.value == 0
    if figure == "retention_90d" and estimate is not None and is_none:
        # Zero returning customers do not prove a rate of zero.
        exposure = float(month.sums.exposure[0, THIRD_MONTH, 0])
        return replace(estimate, high=min(1.0, poisson_interval.interval(0)[1] / exposure))
    return estimate


def _point(figure: review.Figure, month: _Month) -> float | None:
    """Measure a figure of one month for a chart, without its interval."""
    estimate = _estimate(figure, month)
    return estimate.value if estimate else None


def _beyond(month: _Month) -> tuple[float, float] | None:
    """Return the horizon and how probably payback lies beyond it, where it does."""
    if not month.reaches:
        return None
    cac = review.samples("cac", month.sums, month.rates, month.costs, month.period)
    if cac is None or not cac[0] > 0:
        return None
    spread = jackknife.spread(period_ltv.ltv(month.rates) - cac)
    return None if spread is None else (float(month.horizon), spread.below(0.0))


def _why(steps: Sequence[_Month], pair: Pair | None, row: int) -> tuple[str, tuple[Reason, ...]]:
    """Return which figure moved since the month before, and its parts, largest first."""
    if pair is None or not all(step.reaches for step in steps[-2:]):
        return "", ()
    new, old = (grouped.rates_of(rates, row) for rates in (pair.new, pair.old))
    if not all(step.sums.new[0, 0] for step in steps[-2:]):
        return "", ()
    single = replace(pair, new=new, old=old)
    cac = [
        review.samples("cac", step.sums, rates, step.costs, step.period)
        for step, rates in ((steps[-1], new), (steps[-2], old))
    ]
    known = [samples for samples in cac if samples is not None and samples[0] > 0]
    if len(known) == len(cac) and steps[-1].costs.cac is None:
        moved, decomposition = "ltv_to_cac", why.of_ltv_to_cac(single, known[0], known[1])
    else:
        moved, decomposition = "period_ltv", why.of_ltv(single)
    parts = sorted(decomposition.parts, key=lambda reason: -abs(reason.contribution))
    return moved, tuple(parts)


def _worth(month: _Month) -> Iterator[tuple[str, float]]:
    """Yield the money that one unit of each figure is worth in this month.

    The lifetime value of one month's new customers; for money of the month itself, that money.
    """
    sums, rates = month.sums, month.rates
    new = float(sums.new[0, 0])
    yield from (("spend", -1.0), ("cac", -new))
    if isinstance(sums, Sums):
        yield from (("net_revenue", 1.0), ("aov", float(sums.all_orders[0, 0])))
        yield "margin", float(sums.all_revenue[0, 0])
    else:
        yield from (("mrr", 1.0), ("arpu", float(sums.customers[0, 0])))
    if not month.reaches:
        return
    value = float(period_ltv.ltv(rates)[0])
    yield from (("period_ltv", new), ("new_customers", value))
    cac = review.samples("cac", sums, rates, month.costs, month.period)
    if cac is not None and cac[0] > 0:
        yield "ltv_to_cac", new * float(cac[0])
    if isinstance(rates, Rates) and month.horizon > THIRD_MONTH:
        spent = rates.orders[0, THIRD_MONTH, 0] * rates.value[0, THIRD_MONTH, 0]
        exposure = float(sums.exposure[0, THIRD_MONTH, 0])
        yield "retention_90d", exposure * float(spent) * float(rates.margin[0])
