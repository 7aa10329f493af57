"""How often customers are billed, and how much a month.

3 customers billed by month and 1 by year are {1: 3, 12: 1}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.read.orders.accounting import rows_of
from ltvcli.units import Money

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


class Billing(Struct, frozen=True, kw_only=True):
    """Customers by months from one bill to the next, where known; money a month of all rows.

    `dated` is false where no row says when anybody left, only after how long.
    """

    customers: Mapping[int, int]
    amount: Money
    dated: bool


def by_segment(engine: DuckDB) -> dict[int, dict[int, int]]:
    """Return customers by months from one bill to the next, by segment code.

    Args:
        engine: after `subscriptions.load` and `facts.subscriptions.gather` have run.
    """
    counts: dict[int, dict[int, int]] = {}
    for segment, months, customers in rows_of(engine, "read/subscriptions/billed_by_segment"):
        counts.setdefault(segment, {})[months] = customers
    return counts


def shared_by(engine: DuckDB, customers: int, share: float) -> dict[int, int]:
    """Return customers by months from one bill to the next; {} if no such count can be high enough.

    A customer has one row or more: an interval with fewer rows than that many customers is not
    theirs. To count rows takes much less time.

    Args:
        engine: after `subscriptions.load` has run.
        customers: who paid.
        share: of all customers that is high enough.
    """
    counts = rows_of(engine, "read/subscriptions/billed_rows")
    are_known = all(months is not None for months, _ in counts)
    if are_known and all(rows < share * customers for months, rows in counts if months > 1):
        return {}
    return dict(of(engine).customers)


def of(engine: DuckDB) -> Billing:
    """Return the billing of the rows that are used, after `subscriptions.load` has run."""
    rows = rows_of(engine, "read/subscriptions/billed")
    return Billing(
        customers={months: customers for months, customers, *_ in rows if months is not None},
        amount=sum(amount for *_, amount, _ in rows),
        dated=any(dated for *_, dated in rows),
    )
