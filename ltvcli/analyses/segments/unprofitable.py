"""Unprofitable customers: how many, how much, and what they have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.segments.sentences import NONE
from ltvcli.language import N_
from ltvcli.results import Estimate, Fact, Quantity, Row, Sentence, Source
from ltvcli.results.segments import Losses, Trait, Unprofitable
from ltvcli.stats.inference import holm, relative_risk
from ltvcli.stats.inference.relative_risk import Risk
from ltvcli.units import MONTHS_PER_YEAR, Money, Rate, Unit

if TYPE_CHECKING:
    from ltvcli.analyses.segments.comparison import Segmented
    from ltvcli.facts.engine import Engine

TRAITS = {
    "once": N_(
        "Only one order: {n} of {of} unprofitable ({ratio}x the rate of others, 95% CI "
        "{low}–{high})."
    ),
    "refunded": N_(
        "Fully or separately refunded: {n} of {of} unprofitable ({ratio}x the rate of others, "
        "95% CI {low}–{high})."
    ),
    "small_first": N_(
        "First order under {small}: {n} of {of} unprofitable ({ratio}x the rate of others, 95% "
        "CI {low}–{high})."
    ),
    "large_first": N_(
        "First order over {large}: {n} of {of} unprofitable ({ratio}x the rate of others, 95% CI "
        "{low}–{high})."
    ),
}
"""What customers below 0 may share, by its name in SQL."""
OF_SEGMENT = N_(
    "“{segment}”: {n} of {of} unprofitable ({ratio}x the rate of others, 95% CI {low}–{high})."
)
SURE = 0.05


class Costs(Struct, frozen=True, kw_only=True):
    """Costs that are deducted from the revenue of a customer.

    `margin_given` overrides the costs of orders; `serve` is the cost to serve as a share of
    revenue; `cac` is by code of the segment, None where it is not known.
    """

    margin: Rate
    margin_given: bool
    serve: Rate
    cac: Mapping[int, Money | None]


def answer(engine: Engine, segmented: Segmented, costs: Costs) -> Losses:
    """Find unprofitable customers, separately for mature and younger customers.

    Args:
        engine: in which facts were gathered, with costs.
        segmented: the segments of customers.
        costs: that are deducted from revenue.
    """
    months = max(1, min(segmented.horizon, MONTHS_PER_YEAR))
    known = {code: cac for code, cac in costs.cac.items() if cac is not None}
    engine.fill("winning", {"segment": ("integer", [*known]), "cac": ("double", [*known.values()])})
    cells = engine.columns(
        "segments/unprofitable",
        {
            "months": months,
            "margin": costs.margin,
            "margin_given": costs.margin_given,
            "serve_rate": costs.serve,
        },
    )
    groups = [
        Unprofitable(name=segment.name, gathered=segment.gathered) for segment in segmented.segments
    ]
    for code, seasoned, of, customers, contribution, net in zip(
        *(column.tolist() for column in cells.values()), strict=True
    ):
        place = segmented.places[code]
        groups[place] = _added(groups[place], seasoned, of, customers, contribution, net)
    counted = zip(cells["segment"].tolist(), cells["customers"].tolist(), strict=True)
    return Losses(
        months=months,
        unprofitable=tuple(sorted(groups, key=lambda group: group.contribution)),
        traits=_traits(engine, groups),
        without_cac=sum(customers for code, customers in counted if code not in known),
    )


def _added(
    group: Unprofitable, seasoned: bool, of: int, customers: int, contribution: Money, net: Money
) -> Unprofitable:
    if seasoned:
        return replace(
            group,
            of=group.of + of,
            customers=group.customers + customers,
            contribution=group.contribution + contribution,
            net=group.net + net,
        )
    return replace(
        group,
        young_of=group.young_of + of,
        young=group.young + customers,
        young_contribution=group.young_contribution + contribution,
    )


def _traits(engine: Engine, groups: Sequence[Unprofitable]) -> tuple[Trait, ...]:
    """Find traits significantly more frequent among unprofitable customers, strongest first."""
    of, customers = sum(group.of for group in groups), sum(group.customers for group in groups)
    if not customers:
        return ()
    sums = engine.row("segments/unprofitable_traits")
    quarters = {key: Quantity(float(sums[key]), Unit.MONEY) for key in ("small", "large")}
    asked: list[tuple[str, dict[str, Fact], int, int]] = [
        (text, {key: quarters[key] for key in quarters if f"{{{key}}}" in text}, has, hit)
        for name, text in TRAITS.items()
        for has, hit in [(sums[name], sums[f"{name}_unprofitable"])]
    ]
    if len(groups) > 1:
        asked += [
            (OF_SEGMENT, {"segment": group.name or NONE}, group.of, group.customers)
            for group in groups
            if not group.gathered
        ]
    known = [
        (text, facts, has, hit, risk)
        for text, facts, has, hit in asked
        if 0 < has < of and (risk := relative_risk.risk(hit, has, customers - hit, of - has))
    ]
    p_values = holm.adjusted([risk.p for *_, risk in known])
    significant = [
        _trait(text, facts, has, hit, risk, p)
        for (text, facts, has, hit, risk), p in zip(known, p_values, strict=True)
        if p < SURE and risk.ratio > 1
    ]
    return tuple(sorted(significant, key=lambda trait: -trait.ratio.value))


def _trait(text: str, facts: Mapping[str, Fact], has: int, hit: int, risk: Risk, p: float) -> Trait:
    ends = {"ratio": risk.ratio, "low": risk.low, "high": risk.high}
    ratio_facts: dict[str, Fact] = {key: Quantity(value, Unit.RATIO) for key, value in ends.items()}
    return Trait(
        says=Sentence(text, {**facts, **ratio_facts, "n": hit, "of": has}),
        of=has,
        customers=hit,
        ratio=Estimate(value=risk.ratio, low=risk.low, high=risk.high, source=Source.MEASURED),
        p=p,
    )


def listed(engine: Engine, segmented: Segmented) -> tuple[Row, ...]:
    """List unprofitable customers, largest loss first.

    Args:
        engine: in which `answer` ran.
        segmented: the segments of customers.
    """
    columns = engine.columns("segments/unprofitable_customers")
    return tuple(
        {
            "customer": customer,
            "segment": segmented.segments[segmented.places[segment]].name,
            "months": months,
            "seasoned": seasoned,
            "contribution": contribution,
        }
        for customer, segment, months, seasoned, contribution in zip(
            *(column.tolist() for column in columns.values()), strict=True
        )
    )
