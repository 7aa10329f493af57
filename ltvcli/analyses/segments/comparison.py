"""Value each segment like all customers, and compare it with all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.acquisition import segment_cac
from ltvcli.analyses.segments.sentences import OTHER
from ltvcli.analyses.valuation import verdict
from ltvcli.analyses.valuation.by_age import longest_observed
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.analyses.valuation.given import given
from ltvcli.analyses.valuation.observed import (
    ObservedLtv,
    difference,
    measure,
    observed_ltv,
    p_value,
)
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


class Groups(Struct, frozen=True, kw_only=True):
    """Codes of the segments that are valued separately, largest first, and of combined ones."""

    alone: tuple[int, ...]
    small: tuple[int, ...]


class Segmented(Struct, frozen=True, kw_only=True):
    """Segments by impact, and all customers over the same horizon.

    `shortened` is whether segments were observed for less than all customers.
    """

    horizon: int
    shortened: bool
    everyone: ObservedLtv
    segments: tuple[Segment, ...]
    places: Mapping[int, int]
    """Index in `segments` of the segment of each code."""


def answer(
    settings: Assumptions,
    facts: Facts | Subscriptions,
    acquisition: Acquisition | None = None,
) -> Segmented:
    """Value each segment, and compare it with all other customers.

    Args:
        settings: as given; a given CAC is that of every segment.
        facts: sums over orders or subscriptions, by segment.
        acquisition: CAC of each segment, if spend is known.

    Raises:
        UsageError: given numbers cannot be used.
        UnansweredError: the requested horizon is beyond the data.
    """
    given_numbers = given_for_all(settings)
    groups = grouped(facts, settings.min_customers)
    parts = [of_segment(facts, code) for code in groups.alone]
    all_of_them = merged(facts)
    limit = measure(all_of_them, settings.horizon).by_age.horizon
    horizon = limit if settings.horizon else _common(parts, limit)
    everyone = observed_ltv(all_of_them, horizon, given_numbers)
    measured_margin = everyone.measured.values.get("margin")
    margin = None if measured_margin is None else float(measured_margin[0])
    values = [observed_ltv(subset, horizon, given_numbers, margin) for subset in parts]
    names = [facts.segments[code] for code in groups.alone]
    costs = [segment_cac.of(name, given_numbers, acquisition) for name in names]
    rows = [
        _segment(name, 0, value, everyone, cost)
        for name, value, cost in zip(names, values, costs, strict=True)
    ]
    rows = _compared(rows, values, everyone, given_numbers, margin)
    codes: list[tuple[int, ...]] = [(code,) for code in groups.alone]
    if groups.small:
        rows.append(_together(facts, groups.small, everyone, given_numbers, margin))
        codes.append(groups.small)
    order = sorted(range(len(rows)), key=lambda place: _matters(rows[place], horizon))
    return Segmented(
        horizon=horizon,
        shortened=horizon < limit,
        everyone=everyone,
        segments=tuple(rows[place] for place in order),
        places={code: rank for rank, place in enumerate(order) for code in codes[place]},
    )


def given_for_all(settings: Assumptions) -> dict[str, float]:
    """Return the given numbers that apply to every segment."""
    return {key: value for key, value in given(settings).items() if key in ALONE}


def grouped(facts: Facts | Subscriptions, fewest: int) -> Groups:
    """Split segments with `fewest` customers or more from smaller ones, which are combined.

    A segment of refunds only has no customers and is one of the small ones.
    """
    sizes = [total.customers for total in facts.totals]
    codes = sorted(range(len(sizes)), key=lambda code: (-sizes[code], code))
    least = max(fewest, 1)
    return Groups(
        alone=tuple(code for code in codes if sizes[code] >= least),
        small=tuple(code for code in codes if sizes[code] < least),
    )


def _common(parts: Sequence[Facts | Subscriptions], limit: int) -> int:
    """Find a common horizon, which segments with half of the customers have.

    Segments with a nearly as long one are included, so that a month does not cost their grade.
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
            common = min(reached for reached, _ in reach if reached >= NEARLY * months)
            return min(limit, max((step for step in horizons.STEPS if step <= common), default=0))
    return limit


def _segment(
    name: str, gathered: int, value: ObservedLtv, everyone: ObservedLtv, cost: Cost
) -> Segment:
    facts = value.facts
    ltv = None if value.ltv is None else estimate(value.ltv, Source.MEASURED)
    ratio = segment_cac.ratio(value.ltv, cost)
    judged = value.graded and value.horizon == everyone.horizon and ratio is not None
    returned = segment_cac.return_on_spend(ltv, cost.marginal)
    return Segment(
        name=name,
        gathered=gathered,
        customers=facts.customers,
        orders=facts.orders,
        revenue=float(facts.net_revenue),
        share=_share(facts, everyone.facts),
        horizon=value.horizon,
        aov=value.figure("aov"),
        frequency=value.figure("frequency", 0.0),
        repeat_rate=value.figure("repeat_rate", 0.0, 1.0),
        ltv=ltv,
        cac=cost.cac,
        ltv_to_cac=ratio,
        payback=value.payback(cost.cac.value) if cost.cac and value.horizon else None,
        grade=verdict.grade(ratio.value if ratio and judged else None),
        marginal_cac=cost.marginal,
        marginal_missing=cost.marginal_missing,
        returned=returned,
        budget=segment_cac.spend_advice(returned),
        recurring=_recurring(value),
    )


def _recurring(value: ObservedLtv) -> Recurring | None:
    """Return the recurring revenue of subscriptions; None for orders."""
    closes: Closes | None = getattr(value.facts, "closes", None)
    if closes is None:
        return None
    newest = closes.day == np.datetime64(closes.newest)
    return Recurring(
        paying=int(closes.customers[newest].sum()),
        mrr=float(closes.mrr[newest].sum()),
        arpu=value.figure("arpu", 0.0),
        churn=value.figure("churn", 0.0, 1.0),
        lifespan=value.figure("lifespan", 0.0),
    )


def _together(
    facts: Facts | Subscriptions,
    codes: Sequence[int],
    everyone: ObservedLtv,
    given: Mapping[str, float],
    margin: float | None,
) -> Segment:
    """Value small segments as one; those of refunds only have no customers to value."""
    small = of_segment(facts, *codes)
    if small.customers:
        cost = segment_cac.of(OTHER, given, None)
        return _segment(
            OTHER, len(codes), observed_ltv(small, everyone.horizon, given, margin), everyone, cost
        )
    return Segment(
        name=OTHER,
        gathered=len(codes),
        customers=0,
        orders=0,
        revenue=float(small.net_revenue),
        share=_share(small, everyone.facts),
        horizon=0,
    )


def _share(group: Facts | Subscriptions, everyone: Facts | Subscriptions) -> float | None:
    revenue = everyone.net_revenue
    return float(group.net_revenue / revenue) if revenue > 0 else None


def _compared(
    rows: Sequence[Segment],
    values: Sequence[ObservedLtv],
    everyone: ObservedLtv,
    given: Mapping[str, float],
    margin: float | None,
) -> list[Segment]:
    """Mark segments whose value differs from that of all other customers over the same months."""
    spreads = [_against_others(value, everyone, given, margin) for value in values]
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
    value: ObservedLtv, everyone: ObservedLtv, given: Mapping[str, float], margin: float | None
) -> Spread | None:
    if not value.horizon or value.facts.customers == everyone.facts.customers:
        return None
    rest = observed_ltv(without(everyone.facts, value.facts), value.horizon, given, margin)
    as_long = everyone
    if value.horizon < everyone.horizon:
        as_long = observed_ltv(everyone.facts, value.horizon, given)
    return difference(value, rest, as_long)


def _matters(segment: Segment, horizon: int) -> tuple[bool, bool, bool, float, float]:
    """Return the sort key: LTV/CAC if it is known, else revenue; other segments come last."""
    ratio = segment.ltv_to_cac
    value = ratio.value if ratio else 0.0
    return (
        bool(segment.gathered),
        segment.horizon < horizon,
        ratio is None,
        -value,
        -segment.revenue,
    )
