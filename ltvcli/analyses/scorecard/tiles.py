"""The tiles of a scorecard: results of a review, and trust of the customers acquired then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import asdict, replace

from ltvcli.analyses.review import charts as review_charts
from ltvcli.analyses.review import tiles as review_tiles
from ltvcli.analyses.review.charts import SIGNALS
from ltvcli.analyses.review.comparison import compare
from ltvcli.analyses.review.figures import Costs
from ltvcli.analyses.review.period_ltv import horizon
from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.analyses.scorecard import nps
from ltvcli.analyses.scorecard.cohorts import ENOUGH, cohorts
from ltvcli.facts.subscriber_periods import SubscriberPeriods
from ltvcli.formulas.periods import Period
from ltvcli.results import Estimate, Source
from ltvcli.results.review import Signal
from ltvcli.results.scorecard import FRONT, TILES, ScoreTile, Wave
from ltvcli.stats.inference import jackknife, process_behaviour
from ltvcli.units import Money

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.review.chosen import Chosen
    from ltvcli.facts.periods import PeriodFacts
    from ltvcli.facts.trust import TrustFacts
    from ltvcli.results.acquisition import Acquisition

    Floats = NDArray[np.float64]

RETENTION, NPS = "cohort_retention_90d", "nps"


class ChannelCosts(Costs, frozen=True, kw_only=True):
    """Costs of one channel: its spend in each month with complete data."""

    channel: str

    def spend(self, period: Period) -> Money | None:
        """Return the spend on the channel in a period; None unless all months are complete."""
        if self.acquisition is None:
            return None
        known = {
            str(row["month"]): float(row["spend"])
            for row in self.acquisition.by_month
            if row["channel"] == self.channel and row["complete"] and row["spend"] is not None
        }
        spent = [known.get(f"{number // 12}-{number % 12 + 1:02}") for number in period.cells]
        return sum(amount for amount in spent if amount is not None) if None not in spent else None


def costs_of(costs: Costs, by: str, name: str) -> Costs:
    """Return the costs of a group: for a channel its spend, for an owner or team given costs.

    Args:
        costs: of all customers.
        by: "owner", "team" or "channel".
        name: of the group.
    """
    if by != "channel" or costs.acquisition is None:
        return replace(costs, acquisition=None)
    channel = _channel(costs.acquisition, name)
    if channel is None:
        return replace(costs, acquisition=None)
    return ChannelCosts(
        margin=costs.margin, cac=costs.cac, acquisition=costs.acquisition, channel=channel
    )


def _channel(acquisition: Acquisition, name: str) -> str | None:
    """Return the channel of spend whose customers are exactly one segment, of that name."""
    return next(
        (channel.channel for channel in acquisition.channels if tuple(channel.segments) == (name,)),
        None,
    )


def of_group(facts: Any, code: int) -> Any:
    """Return facts about periods of the customers of one group, as its only segment."""
    tables: dict[str, Any] = {}
    for name, table in asdict(facts).items():
        if hasattr(table, "segment"):
            tables[name] = _rows(table, table.segment == code)
    return replace(facts, segments=("",), **tables)


def _rows(table: Any, chosen: NDArray[np.bool_]) -> Any:
    """Return some rows of a table of facts, as those of the first segment."""
    columns = {name: column[chosen] for name, column in asdict(table).items()}
    columns["segment"] = np.zeros(int(chosen.sum()), dtype=np.int64)
    return replace(table, **columns)


def reviewed(
    facts: PeriodFacts | SubscriberPeriods,
    rows: Sequence[int],
    picked: Chosen,
    costs: Costs,
    group: str,
) -> Iterator[ScoreTile]:
    """Yield the tiles that a review has, too.

    Args:
        facts: about periods, of all customers or of a group.
        rows: segment of each code in `facts.segments`.
        picked: the period, the one before and the one a year before.
        costs: of these customers.
        group: its name.
    """
    timeline: Timeline | SubscriberTimeline
    if isinstance(facts, SubscriberPeriods):
        timeline = SubscriberTimeline(facts, rows)
    else:
        timeline = Timeline(facts, rows)
    comparison = None
    if picked.against is not None:
        comparison = compare(timeline, picked.period, picked.against, costs)
        if not horizon(comparison.new) and not comparison.new.new[..., 0].sum():
            return
    followed = review_charts.charts(timeline, picked.known, costs)
    for tile in review_tiles.tiles(
        timeline, picked.period, comparison, picked.year_ago, costs, followed
    ):
        if tile.figure in TILES:
            yield ScoreTile(
                side="front" if tile.figure in FRONT else "trust",
                figure=tile.figure,
                group=group,
                period=picked.period.name,
                now=tile.now,
                previous=tile.previous,
                change=tile.change,
                last_year=tile.last_year,
                target=None,
                signal=tile.signal,
            )


def retention(
    facts: TrustFacts, code: int | None, name: str, known: Sequence[Period]
) -> Iterator[ScoreTile]:
    """Yield the tile of cohort retention, of the last period observed for 90 days.

    Args:
        facts: by group, stratum, month and bucket.
        code: of the group; None for all customers.
        name: of the group.
        known: whole periods that were observed for 90 days, the oldest first.
    """
    shares = {period: _kept(facts, code, period) for period in known}
    if not known or shares[known[-1]] is None:
        return
    period = known[-1]
    now = shares[period]
    assert now is not None
    before = shares.get(period.earlier())
    year = shares.get(period.a_year_earlier)
    series: list[float] = []
    for earlier in known[:-1]:
        share = shares[earlier]
        series = [*series, float(share[0])] if share is not None else []
    yield ScoreTile(
        side="trust",
        figure=RETENTION,
        group=name,
        period=period.name,
        now=_estimate(now, least=0.0),
        previous=None if before is None else float(before[0]),
        change=None if before is None else _estimate(now - before),
        last_year=None if year is None else float(year[0]),
        target=None,
        signal=_signal(series, float(now[0])),
    )


def _kept(facts: TrustFacts, code: int | None, period: Period) -> Floats | None:
    """Return the share kept after 90 days of a cohort `(R,)`; None of fewer than 30 customers."""
    sums = cohorts(facts, code, [period])
    if sums.seen[:, 0].sum() < ENOUGH:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Floats = sums.kept.sum(axis=0) / sums.seen.sum(axis=0)
    return share if np.isfinite(share).all() else None


def _estimate(samples: Floats, least: float = -np.inf) -> Estimate:
    spread = jackknife.spread(samples)
    value = float(samples[0])
    if spread is None:
        return Estimate(value=value, source=Source.MEASURED)
    low, high = value - spread.half_width, value + spread.half_width
    if np.isfinite(least):
        high = min(high, 1.0)
    return Estimate(value=value, low=max(low, least), high=high, source=Source.MEASURED)


def promoters(waves: Sequence[Wave], picked: Chosen, group: str) -> Iterator[ScoreTile]:
    """Yield the tile of NPS, of the last wave up to the period.

    Args:
        waves: of a group, the oldest first.
        picked: of which the period and its length matter.
        group: its name.
    """
    by_name = {wave.name: wave for wave in waves}
    past = [
        wave for wave in waves if wave.name <= picked.period.name
    ]  # names of one length of period are in the order of time
    if not past:
        return
    latest = past[-1]
    period = next(
        (period for period in _back(picked.period) if period.name == latest.name), picked.period
    )
    before = past[-2] if past[1:] else None
    year = by_name.get(period.a_year_earlier.name)
    series = [wave.nps.value for wave in past[:-1]]
    yield ScoreTile(
        side="trust",
        figure=NPS,
        group=group,
        period=latest.name,
        now=latest.nps,
        previous=before.nps.value if before else None,
        change=nps.change(latest, before) if before else None,
        last_year=year.nps.value if year else None,
        target=None,
        signal=_signal(series, latest.nps.value),
    )


def _back(period: Period) -> Iterator[Period]:
    """Yield a period and those before it, ten years back."""
    for count in range(120):
        yield period.earlier(count)


def _signal(earlier: Sequence[float], last: float) -> Signal | None:
    """Return the signal of the last value; None with fewer than 8 earlier ones."""
    if process_behaviour.limits(earlier) is None:
        return None
    rule_met = process_behaviour.signal(earlier, last)
    return SIGNALS[rule_met.rule, rule_met.is_high] if rule_met else Signal.ROUTINE


def with_targets(tiles: Sequence[ScoreTile], targets: Mapping[str, float]) -> tuple[ScoreTile, ...]:
    """Return the tiles with the targets of all customers; those of groups have none."""
    return tuple(
        tile if tile.group else replace(tile, target=targets.get(tile.figure)) for tile in tiles
    )
