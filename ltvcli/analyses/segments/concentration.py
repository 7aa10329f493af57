"""On how many customers revenue leans, and what one is worth without the largest."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.analyses.valuation.observed import Worth, worth
from ltvcli.facts import orders as order_facts
from ltvcli.facts import subscriptions as subscription_facts
from ltvcli.facts.subsets import without
from ltvcli.results import Row, Source
from ltvcli.results.segments import Concentration, Top

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

SHARES = {"1": 0.01, "5": 0.05, "10": 0.1}
"""The first customers whose share of revenue is told: name in SQL, share of all."""


def answer(engine: Engine, whole: Worth, said: Mapping[str, float]) -> Concentration:
    """Return how much of revenue the customers brought who brought the most.

    The lifetime value without them leaves out whoever brought more than a fixed sum, so that its
    interval is right for the customers below it.

    Args:
        engine: in which facts were gathered.
        whole: all customers.
        said: numbers that were given.
    """
    sums = engine.row("segments/concentration")
    above, facts = sums["above"], whole.facts
    top = None if above is None else _above(engine, facts, above)
    rest = worth(without(facts, top), whole.horizon, said) if top and top.customers else whole
    return Concentration(
        tops=(
            *(
                _top(share, sums[f"customers_{name}"], sums[f"revenue_{name}"], sums["revenue"])
                for name, share in SHARES.items()
            ),
            _top(1 / sums["customers"], 1, sums["largest"], sums["revenue"]),
        ),
        mean=float(sums["revenue"]) / sums["customers"],
        median=float(sums["median"]),
        ltv=None if whole.ltv is None else estimate(whole.ltv, Source.MEASURED),
        ltv_without=None if rest.ltv is None else estimate(rest.ltv, Source.MEASURED),
        left_out=top.customers if top else 0,
        above=None if above is None else float(above),
    )


def _above(engine: Engine, facts: Facts | Subscriptions, revenue: Decimal) -> Facts | Subscriptions:
    if isinstance(facts, order_facts.Facts):
        return order_facts.above(engine, facts, revenue)
    return subscription_facts.above(engine, facts, revenue)


def _top(share: float, customers: int, revenue: Decimal, total: Decimal) -> Top:
    return Top(
        top=share,
        customers=customers,
        revenue=float(revenue),
        share=float(revenue / total) if total > 0 else None,
    )


def table(concentration: Concentration) -> tuple[Row, ...]:
    """List the first customers, fewer and fewer of them, and what they brought."""
    return tuple(
        {"top": top.top, "customers": top.customers, "revenue": top.revenue, "share": top.share}
        for top in concentration.tops
    )
