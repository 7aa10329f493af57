"""Two periods over a common horizon: their rates, and the reasons for changes of figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review import figures, period_ltv, why
from ltvcli.analyses.review.figures import Costs
from ltvcli.analyses.review.period_ltv import AnySums, Pair
from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.analyses.review.why import Why
from ltvcli.formulas.periods import Period
from ltvcli.results import Estimate, Source
from ltvcli.results.review import Explained
from ltvcli.stats.inference import jackknife

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Comparison(Struct, frozen=True, kw_only=True):
    """Two periods to compare; the horizon of `pair` is 0 if nothing is known.

    `ltv` and `ratio` decompose the change of period LTV and of LTV/CAC; None if one of the periods
    does not have the figure, or if the CAC was given and is the same in both.
    """

    period: Period
    against: Period
    new: AnySums
    old: AnySums
    pair: Pair
    ltv: Why | None
    ratio: Why | None


def compare(
    timeline: Timeline | SubscriberTimeline,
    period: Period,
    against: Period,
    costs: Costs,
    months: int | None = None,
) -> Comparison:
    """Compare two complete periods.

    Args:
        timeline: with samples.
        period: the later one.
        against: the earlier one.
        costs: known costs.
        months: requested horizon; None is the longest one that both periods have.
    """
    new, old = timeline.sums(period), timeline.sums(against)
    supported = period_ltv.horizon(new, old)
    if months is not None:
        supported = min(months, period_ltv.longest(new, old))
    pair = period_ltv.pair(new, old, timeline.all_time, supported, costs.margin)
    ltv = ratio = None
    if supported and new.new[..., 0].sum() and old.new[..., 0].sum():
        ltv = why.of_ltv(pair)
        cac = [
            None if costs.cac is not None else figures.samples("cac", sums, rates, costs, when)
            for sums, rates, when in ((new, pair.new, period), (old, pair.old, against))
        ]
        if all(samples is not None and samples[0] > 0 for samples in cac):
            ratio = why.of_ltv_to_cac(pair, *cac)  # type: ignore[arg-type]
    return Comparison(
        period=period, against=against, new=new, old=old, pair=pair, ltv=ltv, ratio=ratio
    )


def explain(comparison: Comparison, basis: str) -> tuple[Explained, ...]:
    """Explain the change of LTV/CAC if it is known, then that of the period LTV."""
    return tuple(_explained(comparison, basis))


def _explained(comparison: Comparison, basis: str) -> Iterator[Explained]:
    for figure, decomposed in (("ltv_to_cac", comparison.ratio), ("period_ltv", comparison.ltv)):
        if decomposed is None:
            continue
        by_chance = [
            place for place, factor in enumerate(decomposed.parts) if not factor.distinguishable
        ]
        yield Explained(
            figure=figure,
            period=comparison.period.name,
            against=comparison.against.name,
            basis=basis,
            horizon=comparison.pair.horizon,
            before=float(decomposed.before[0]),
            after=float(decomposed.after[0]),
            change=change_of(decomposed.change),
            reasons=decomposed.parts,
            chance=change_of(decomposed.by_segment[by_chance].sum(axis=(0, 1)))
            if by_chance
            else None,
        )


def change_of(samples: Floats) -> Estimate:
    """Return a change with its 95% interval, from its samples `(R,)`."""
    spread = jackknife.spread(samples)
    value = float(samples[0])
    return Estimate(
        value=value,
        low=None if spread is None else value - spread.half_width,
        high=None if spread is None else value + spread.half_width,
        source=Source.MEASURED,
    )
