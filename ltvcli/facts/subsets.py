"""Facts of some customers: those of a segment, all but a group, or all in fewer rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ltvcli.facts.orders import Facts, Lifetimes, Observed, Triangle

if TYPE_CHECKING:
    from numpy.typing import NDArray

Table = TypeVar("Table", Triangle, Observed, Lifetimes)

SUMS = {
    Triangle: ("revenue", "orders", "cost", "costed_revenue"),
    Observed: ("customers", "repeaters"),
    Lifetimes: ("customers",),
}
"""The columns that add up; the others say what of."""


def of_segment(facts: Facts, *codes: int) -> Facts:
    """Leave all but some segments out; `lapse_after` and days stay those of all customers.

    Args:
        facts: of all customers, gathered by segment.
        codes: places in `facts.segments`; each is in the data, but may hold refunds only.
    """
    chosen = sorted(set(codes))
    kept = [facts.totals[code] for code in chosen]
    return replace(
        facts,
        first=min([one.first for one in kept if one.first], default=facts.first),
        customers=sum(one.customers for one in kept),
        orders=sum(one.orders for one in kept),
        net_revenue=sum((one.net_revenue for one in kept), Decimal(0)),
        largest_customer_revenue=max((one.largest_customer_revenue for one in kept), default=0.0),
        triangle=_only(facts.triangle, chosen),
        observed=_only(facts.observed, chosen),
        lifetimes=_only(facts.lifetimes, chosen),
    )


def _only(table: Table, codes: Sequence[int]) -> Table:
    """Keep the rows of some segments of a table that is sorted by segment."""
    begins = np.searchsorted(table.segment, codes, side="left")
    ends = np.searchsorted(table.segment, codes, side="right")
    rows = np.concatenate([np.arange(*span) for span in zip(begins, ends, strict=True)])
    return replace(table, **{one.name: getattr(table, one.name)[rows] for one in fields(table)})


def without(whole: Facts, part: Facts) -> Facts:
    """Give `whole` less `part`, which is in it: rows of `part` are added with their sums negative.

    Every figure is made of sums, so it is the same as if `part` had been left out from the start.
    """
    return replace(
        whole,
        customers=whole.customers - part.customers,
        orders=whole.orders - part.orders,
        net_revenue=whole.net_revenue - part.net_revenue,
        triangle=_less(whole.triangle, part.triangle),
        observed=_less(whole.observed, part.observed),
        lifetimes=_less(whole.lifetimes, part.lifetimes),
    )


def _less(whole: Table, part: Table) -> Table:
    columns = {}
    for one in fields(whole):
        mine, theirs = getattr(whole, one.name), getattr(part, one.name)
        columns[one.name] = np.concatenate(
            [mine, -theirs if one.name in SUMS[type(whole)] else theirs]
        )
    return type(whole)(**columns)


def merged(facts: Facts) -> Facts:
    """Add up cohorts and segments: the same facts of all customers in as few rows as they take."""
    triangle, observed, lifetimes = facts.triangle, facts.observed, facts.lifetimes
    _, months = np.unique(lifetimes.life_months, return_inverse=True)
    return replace(
        facts,
        triangle=_summed(triangle, triangle.age_month, triangle.bucket, triangle.complete),
        observed=_summed(observed, observed.observed_months, observed.bucket),
        lifetimes=_summed(lifetimes, months, lifetimes.bucket, lifetimes.ended),
    )


def _summed(table: Table, *by: NDArray[Any]) -> Table:
    """Add up the rows that agree in `by`; of what else they say the first stands for all."""
    cell = np.zeros(len(by[0]), dtype=np.int64)
    for column in by:
        cell = cell * (int(column.max(initial=0)) + 1) + column
    _, first, group = np.unique(cell, return_index=True, return_inverse=True)
    columns = {}
    for one in fields(table):
        column = getattr(table, one.name)
        if one.name in SUMS[type(table)]:
            sums = np.bincount(group, weights=column, minlength=len(first))
            columns[one.name] = sums.astype(column.dtype)
        else:
            columns[one.name] = column[first]
    return type(table)(**columns)
