"""Facts of subsets of customers: a segment, all but a group, or all in fewer rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from msgspec.structs import replace

from ltvcli.facts import orders, subscriptions
from ltvcli.facts.orders import Facts, Lifetimes, Observed, Triangle
from ltvcli.facts.subscriptions import Closes, Renewed, Subscriptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine

Table = TypeVar("Table", Triangle, Observed, Lifetimes, Closes, Renewed)
AnyFacts = TypeVar("AnyFacts", bound="Facts | Subscriptions")

SUMS = {
    Triangle: ("revenue", "orders", "cost", "costed_revenue"),
    Observed: ("customers", "repeaters"),
    Lifetimes: ("customers",),
    Closes: ("customers", "gone", "mrr"),
    Renewed: ("customers", "paying"),
}
"""The columns that add up; the others are keys."""


def of_segment(facts: AnyFacts, *codes: int) -> AnyFacts:
    """Return the facts of some segments.

    `lapse_after` and days, `leaving`, `billed` and `amount` stay those of all customers.

    Args:
        facts: of all customers, gathered by segment.
        codes: places in `facts.segments`; each is in the data, but may hold refunds only.
    """
    chosen = sorted(set(codes))
    totals = [facts.totals[code] for code in chosen]
    first: Any = min([total.first for total in totals if total.first], default=facts.first)
    return replace(
        facts,
        first=first,
        customers=sum(total.customers for total in totals),
        orders=sum(total.orders for total in totals),
        net_revenue=sum((total.net_revenue for total in totals), Decimal(0)),
        largest_customer_revenue=max(
            (total.largest_customer_revenue for total in totals), default=0.0
        ),
        triangle=_only(facts.triangle, chosen),
        observed=_only(facts.observed, chosen),
        lifetimes=_only(facts.lifetimes, chosen),
        **{key: _only(table, chosen) for key, table in _of_subscriptions(facts).items()},
    )


def above(engine: Engine, facts: AnyFacts, revenue: Decimal) -> AnyFacts:
    """Return the facts of customers with more than some revenue; closes and renewals are of all.

    Args:
        engine: that `facts` were gathered from.
        facts: of all customers.
        revenue: of a customer, to date.
    """
    chosen = {"revenue_above": revenue}
    if isinstance(facts, Facts):
        triangle = orders.triangle(engine, revenue)
        lifetimes = orders.lifetimes(engine, facts.as_of, facts.lapse_after, revenue)
    else:
        triangle = Triangle(**engine.columns("facts/subscriptions/triangle", chosen))
        lifetimes = subscriptions.lifetimes(engine, facts.as_of, revenue)
    return replace(
        facts,
        **engine.row("facts/orders/totals_above", chosen),
        triangle=triangle,
        observed=Observed(**engine.columns("facts/orders/observed", chosen)),
        lifetimes=lifetimes,
    )


def _of_subscriptions(facts: Facts | Subscriptions) -> Mapping[str, Any]:
    """Return the tables that facts about subscriptions have besides, by name."""
    if isinstance(facts, Facts):
        return {}
    return {"closes": facts.closes, "renewed": facts.renewed}


def _columns(table: Any) -> list[str]:
    """List the columns of a table, without its scalars."""
    names = table.__struct_fields__
    return [name for name in names if isinstance(getattr(table, name), np.ndarray)]


def _only(table: Table, codes: Sequence[int]) -> Table:
    """Keep the rows of some segments of a table that is sorted by segment."""
    begins = np.searchsorted(table.segment, codes, side="left")
    ends = np.searchsorted(table.segment, codes, side="right")
    rows = np.concatenate([np.arange(*span) for span in zip(begins, ends, strict=True)])
    return replace(table, **{name: getattr(table, name)[rows] for name in _columns(table)})


def without(everyone: AnyFacts, group: AnyFacts) -> AnyFacts:
    """Subtract a group of customers from the facts of all, giving the facts of everyone else.

    Rows of the group are added with negative sums. All figures are computed from sums, so they are
    the same as if the group had been excluded from the start.
    """
    return replace(
        everyone,
        customers=everyone.customers - group.customers,
        orders=everyone.orders - group.orders,
        net_revenue=everyone.net_revenue - group.net_revenue,
        triangle=_less(everyone.triangle, group.triangle),
        observed=_less(everyone.observed, group.observed),
        lifetimes=_less(everyone.lifetimes, group.lifetimes),
        **{
            key: _less(table, getattr(group, key))
            for key, table in _of_subscriptions(everyone).items()
        },
    )


def _less(everyone: Table, group: Table) -> Table:
    columns: dict[str, Any] = {}
    for name in _columns(everyone):
        all_rows, rows = getattr(everyone, name), getattr(group, name)
        columns[name] = np.concatenate([all_rows, -rows if name in SUMS[type(everyone)] else rows])
    return replace(everyone, **columns)


def merged(facts: AnyFacts) -> AnyFacts:
    """Sum over cohorts and segments: the same facts of all customers in fewer rows."""
    triangle, observed, lifetimes = facts.triangle, facts.observed, facts.lifetimes
    _, months = np.unique(lifetimes.life_months, return_inverse=True)
    return replace(
        facts,
        triangle=_summed(triangle, triangle.age_month, triangle.bucket, triangle.complete),
        observed=_summed(observed, observed.observed_months, observed.bucket),
        lifetimes=_summed(lifetimes, months, lifetimes.bucket, lifetimes.ended),
    )


def _summed(table: Table, *by: NDArray[Any]) -> Table:
    """Sum the rows that agree in `by`; the columns left take the value of the first row."""
    cell = np.zeros(len(by[0]), dtype=np.int64)
    for column in by:
        cell = cell * (int(column.max(initial=0)) + 1) + column
    _, first, group = np.unique(cell, return_index=True, return_inverse=True)
    columns: dict[str, Any] = {}
    for name in _columns(table):
        column = getattr(table, name)
        if name in SUMS[type(table)]:
            sums = np.bincount(group, weights=column, minlength=len(first))
            columns[name] = sums.astype(column.dtype)
        else:
            columns[name] = column[first]
    return replace(table, **columns)
