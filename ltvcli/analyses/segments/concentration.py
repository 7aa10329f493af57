"""Concentration of revenue, and average value without the largest customers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.analyses.valuation.observed import ObservedLtv, observed_ltv
from ltvcli.facts import subsets
from ltvcli.facts.engine import compute_later
from ltvcli.results import Row, Source
from ltvcli.results.segments import Concentration, Top

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

SHARES = {"1": 0.01, "5": 0.05, "10": 0.1}
"""The first customers whose share of revenue is shown: name in SQL, share of all."""


class Sums(Struct, frozen=True, kw_only=True):
    """The sums of `segments/concentration`, and the facts of the customers above its limit."""

    row: Mapping[str, Any]
    top: Facts | Subscriptions | None


def gather(engine: Engine, facts: Facts | Subscriptions) -> Sums:
    """Add up the revenue of the customers with the highest revenue.

    Args:
        engine: in which facts were gathered.
        facts: of all customers.
    """
    compute_later(engine, "revenue_above", "above", "segments/concentration")
    row = engine.row("segments/concentration")
    above = row["above"]
    return Sums(row=row, top=None if above is None else subsets.above(engine, facts, above))


def answer(of_top: Sums, everyone: ObservedLtv, given: Mapping[str, float]) -> Concentration:
    """Return the share of revenue of the customers with the highest revenue.

    LTV without them excludes all customers above a fixed sum, so that its interval is right for the
    customers below it.

    Args:
        of_top: customers with the highest revenue.
        everyone: all customers.
        given: numbers that were given.
    """
    sums, top = of_top.row, of_top.top
    above = sums["above"]
    rest = (
        observed_ltv(subsets.without(everyone.facts, top), everyone.horizon, given)
        if top and top.customers
        else everyone
    )
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
        ltv=None if everyone.ltv is None else estimate(everyone.ltv, Source.MEASURED),
        ltv_without=None if rest.ltv is None else estimate(rest.ltv, Source.MEASURED),
        left_out=top.customers if top else 0,
        above=None if above is None else float(above),
    )


def _top(share: float, customers: int, revenue: Decimal, total: Decimal) -> Top:
    return Top(
        top=share,
        customers=customers,
        revenue=float(revenue),
        share=float(revenue / total) if total > 0 else None,
    )


def table(concentration: Concentration) -> tuple[Row, ...]:
    """List the shares of the top customers, from more to fewer of them."""
    return tuple(
        {"top": top.top, "customers": top.customers, "revenue": top.revenue, "share": top.share}
        for top in concentration.tops
    )
