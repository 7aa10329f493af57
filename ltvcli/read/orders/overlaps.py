"""Exports without order ids that overlap: the same rows in several files.

| file       | customer | day        | total |
| first.csv  | c1       | 2026-01-31 | 20.00 |
| second.csv | c1       | 2026-01-31 | 20.00 | the same order, if most of the shared days are so
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.orders.rows import Rows
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

CHECK = "rows-in-several-files"


def facts(engine: DuckDB, stored: Sequence[Rows]) -> dict[int, dict[str, Fact]]:
    """Return how many orders stand in several files and what they add up to, by the later sheet.

    Without an order id, two rows are the same order if customer, day and amount are the same. They
    are a sign of an overlap where they make up at least half of the orders of the days that both
    files hold; two shops with the same customers have few.

    Args:
        engine: holds the view `all_orders`.
        stored: what was read of each file.
    """
    sheets = [rows.index for rows in stored if "order_key" not in rows.fields]
    sheets = [index for index in sheets if "order_number" not in stored[index].fields]
    if len(sheets) < 2:  # noqa: PLR2004 - nothing can overlap
        return {}
    pairs = engine.execute(
        """
        with orders as (
            select sheet, customer, day, amount, count(*) as rows
            from all_orders
            where list_contains($sheets, sheet) and reason is null and amount > 0
            group by all
        ), spans as (
            select sheet, min(day) as first, max(day) as last from orders group by sheet
        ), pairs as (
            select a.sheet as earlier, b.sheet as later, greatest(a.first, b.first) as first,
                least(a.last, b.last) as last
            from spans as a join spans as b on a.sheet < b.sheet
            where greatest(a.first, b.first) <= least(a.last, b.last)
        ), same_orders as (
            select pairs.earlier, pairs.later, sum(least(a.rows, b.rows)) as same,
                sum(least(a.rows, b.rows) * a.amount) as money
            from pairs
            join orders as a on a.sheet = pairs.earlier
            join orders as b on b.sheet = pairs.later
                and (b.customer, b.day, b.amount) = (a.customer, a.day, a.amount)
            group by pairs.earlier, pairs.later
        ), shared as (
            select pairs.earlier, pairs.later, orders.sheet, sum(orders.rows) as rows
            from pairs join orders on orders.sheet in (pairs.earlier, pairs.later)
                and orders.day between pairs.first and pairs.last
            group by all
        )
        select earlier, later, same, money
        from same_orders join (
                select earlier, later, min(rows) as fewer, max(rows) as more
                from shared group by all)
            using (earlier, later)
        where 2 * same >= case when same > 1 then fewer else more end
        order by later, money desc
        """,
        {"sheets": sheets},
    ).fetchall()
    overlaps: dict[int, dict[str, Fact]] = {}
    for earlier, later, same, money in pairs:
        overlaps.setdefault(
            later,
            {
                "orders": Quantity(int(same), Unit.COUNT),
                "revenue": Quantity(float(money), Unit.MONEY),
                "other": stored[earlier].sheet.name,
            },
        )
    return overlaps
