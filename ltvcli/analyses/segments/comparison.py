"""Each segment valued like all customers, and held against all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.acquisition import segment_cac
from ltvcli.analyses.segments.sentences import OTHER
from ltvcli.analyses.valuation import verdict
from ltvcli.analyses.valuation.by_age import longest_observed
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.analyses.valuation.given import given
from ltvcli.analyses.valuation.observed import Worth, difference, measure, p_value, worth
from ltvcli.facts.subsets import merged, of_segment, without
from ltvcli.formulas import horizons
from ltvcli.results import Estimate, Source
from ltvcli.results.segments import Differs, Recurring, Segment
from ltvcli.stats.inference import holm

if TYPE_CHECKING:
    from ltvcli.analyses.acquisition.segment_cac import Cost
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Closes, Subscriptions
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.settings.assumptions import Assumptions
    from ltvcli.stats.inference.jackknife import Spread

NEARLY = 2 / 3
"""Segments that were observed for this share of the months of others are compared over theirs."""
SURE = 0.05
"""A difference is marked below this adjusted p-value."""
ALONE = ("margin", "cac", "retention_cost", "discount")
"""Numbers that can be given for every segment alike; the others are what is to be found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Which segments stand alone, by code, largest first, and which are put together."""

    alone: tuple[int, ...]
    small: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented:
    """Segments by impact, and all customers together over the same horizon.

    `shortened` is whether segments were observed for less than all customers together.
    """

    horizon: int
    shortened: bool
    whole: Worth
    segments: tuple[Segment, ...]
    places: Mapping[int, int]
    """Of each code the place of its segment among `segments`."""


def answer(
    settings: Assumptions,
    facts: Facts | Subscriptions,
    acquisition: Acquisition | None = None,
) -> Segmented:
    """Value each segment, and hold it against all other customers.

    Args:
        settings: what was given; a CAC given is that of every segment.
        facts: sums over orders or subscriptions, by segment.
        acquisition: what winning customers of each segment cost, where spend is known.

    Raises:
        UsageError: given numbers cannot be used.
        UnansweredError: the horizon asked for is past the data.
    """
    said = given_for_all(settings)
    groups = grouped(facts, settings.min_customers)
    parts = [of_segment(facts, code) for code in groups.alone]
    all_of_them = merged(facts)
    limit = measure(all_of_them, settings.horizon).by_age.horizon
    horizon = limit if settings.horizon else _common(parts, limit)
    whole = worth(all_of_them, horizon, said)
    own = whole.measured.values.get("margin")
    margin = None if own is None else float(own[0])
    found = [worth(part, horizon, said, margin) for part in parts]
    names = [facts.segments[code] for code in groups.alone]
    costs = [segment_cac.of(name, said, acquisition) for name in names]
    rows = [
        _segment(name, 0, one, whole, cost)
        for name, one, cost in zip(names, found, costs, strict=True)
    ]
    rows = _compared(rows, found, whole, said, margin)
    codes: list[tuple[int, ...]] = [(code,) for code in groups.alone]
    if groups.small:
        rows.append(_together(facts, groups.small, whole, said, margin))
        codes.append(groups.small)
    order = sorted(range(len(rows)), key=lambda place: _matters(rows[place], horizon))
    return Segmented(
        horizon=horizon,
        shortened=horizon < limit,
        whole=whole,
        segments=tuple(rows[place] for place in order),
        places={code: rank for rank, place in enumerate(order) for code in codes[place]},
    )


def given_for_all(settings: Assumptions) -> dict[str, float]:
    """Return the numbers that were given and hold for every segment alike."""
    return {key: value for key, value in given(settings).items() if key in ALONE}


def grouped(facts: Facts | Subscriptions, fewest: int) -> Groups:
    """Tell segments with `fewest` customers or more from smaller ones, which are put together.

    A segment of refunds only has no customers and is put with the small ones.
    """
    sizes = [total.customers for total in facts.totals]
    codes = sorted(range(len(sizes)), key=lambda code: (-sizes[code], code))
    least = max(fewest, 1)
    return Groups(
        alone=tuple(code for code in codes if sizes[code] >= least),
        small=tuple(code for code in codes if sizes[code] < least),
    )


def _common(parts: Sequence[Facts | Subscriptions], limit: int) -> int:
    """Find a horizon to compare over: one that segments with half of the customers have.

    Segments that have nearly as much set it too, so that a month more does not cost their verdict.
    """
    reach = sorted(
        ((longest_observed(facts.observed, facts.customers), facts.customers) for facts in parts),
        reverse=True,
    )
    half = sum(customers for _, customers in reach) / 2
    counted = 0
    for months, customers in reach:
        counted += customers
        if counted >= half and months:
            common = min(other for other, _ in reach if other >= NEARLY * months)
            return min(limit, max((step for step in horizons.STEPS if step <= common), default=0))
    return limit


def _segment(name: str, gathered: int, one: Worth, whole: Worth, cost: Cost) -> Segment:
    facts = one.facts
    ltv = None if one.ltv is None else estimate(one.ltv, Source.MEASURED)
    ratio = segment_cac.ratio(one.ltv, cost)
    judged = one.graded and one.horizon == whole.horizon and ratio is not None
    returned = segment_cac.returned(ltv, cost.marginal)
    return Segment(
        name=name,
        gathered=gathered,
        customers=facts.customers,
        orders=facts.orders,
        revenue=float(facts.net_revenue),
        share=_share(facts, whole.facts),
        horizon=one.horizon,
        aov=one.figure("aov"),
        frequency=one.figure("frequency", 0.0),
        repeat_rate=one.figure("repeat_rate", 0.0, 1.0),
        ltv=ltv,
        cac=cost.cac,
        ltv_to_cac=ratio,
        payback=one.payback(cost.cac.value) if cost.cac and one.horizon else None,
        grade=verdict.grade(ratio.value if ratio and judged else None),
        marginal_cac=cost.marginal,
        marginal_missing=cost.marginal_missing,
        returned=returned,
        budget=segment_cac.budget(returned),
        recurring=_recurring(one),
    )


def _recurring(one: Worth) -> Recurring | None:
    """Return what the customers of subscriptions pay; None for orders."""
    closes: Closes | None = getattr(one.facts, "closes", None)
    if closes is None:
        return None
    newest = closes.day == np.datetime64(closes.newest)
    return Recurring(
        paying=int(closes.customers[newest].sum()),
        mrr=float(closes.mrr[newest].sum()),
        arpu=one.figure("arpu", 0.0),
        churn=one.figure("churn", 0.0, 1.0),
        lifespan=one.figure("lifespan", 0.0),
    )


def _together(
    facts: Facts | Subscriptions,
    codes: Sequence[int],
    whole: Worth,
    said: Mapping[str, float],
    margin: float | None,
) -> Segment:
    """Value small segments as one; those of refunds only have no customers to value."""
    part = of_segment(facts, *codes)
    if part.customers:
        cost = segment_cac.of(OTHER, said, None)
        return _segment(OTHER, len(codes), worth(part, whole.horizon, said, margin), whole, cost)
    return Segment(
        name=OTHER,
        gathered=len(codes),
        customers=0,
        orders=0,
        revenue=float(part.net_revenue),
        share=_share(part, whole.facts),
        horizon=0,
    )


def _share(part: Facts | Subscriptions, whole: Facts | Subscriptions) -> float | None:
    revenue = whole.net_revenue
    return float(part.net_revenue / revenue) if revenue > 0 else None


def _compared(
    rows: Sequence[Segment],
    found: Sequence[Worth],
    whole: Worth,
    said: Mapping[str, float],
    margin: float | None,
) -> list[Segment]:
    """Mark segments worth more or less than all other customers over the same months."""
    spreads = [_against_others(one, whole, said, margin) for one in found]
    known = [place for place, spread in enumerate(spreads) if spread]
    p_values = holm.adjusted([p_value(spread) for spread in spreads if spread])
    marked = list(rows)
    for place, p in zip(known, p_values, strict=True):
        spread = spreads[place]
        if spread is None:
            continue
        direction = Differs.HIGHER if spread.value > 0 else Differs.LOWER
        marked[place] = replace(
            rows[place],
            differs=direction if p < SURE else Differs.NO,
            difference=Estimate(
                value=spread.value,
                low=spread.value - spread.half_width,
                high=spread.value + spread.half_width,
                source=Source.MEASURED,
            ),
            p=p,
        )
    return marked


def _against_others(
    one: Worth, whole: Worth, said: Mapping[str, float], margin: float | None
) -> Spread | None:
    if not one.horizon or one.facts.customers == whole.facts.customers:
        return None
    others = worth(without(whole.facts, one.facts), one.horizon, said, margin)
    as_long = whole
    if one.horizon < whole.horizon:
        as_long = worth(whole.facts, one.horizon, said)
    return difference(one, others, as_long)


def _matters(segment: Segment, horizon: int) -> tuple[bool, bool, bool, float, float]:
    """Sort key: LTV/CAC where it is known, else revenue; what does not compare comes last."""
    ratio = segment.ltv_to_cac
    value = ratio.value if ratio else 0.0
    return (
        bool(segment.gathered),
        segment.horizon < horizon,
        ratio is None,
        -value,
        -segment.revenue,
    )
