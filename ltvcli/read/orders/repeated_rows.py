"""Rows that only repeat the row before them: lines of an order that have nothing of their own.

| order | customer | day        | total | product |                                           |
| 1001  | c1       | 2026-01-05 | 30.00 | A       |                                           |
| 1001  | c1       | 2026-01-05 | 30.00 | B       | says the same of the order, or is blank   |

Where every order is one row without them, rows need not be grouped, which takes most of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.read.orders import unique_ids

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.orders.rows import Rows


class Repeats(Struct, frozen=True, kw_only=True):
    """Totals of rows that only repeat others, if each order is one row without them.

    Attributes:
        totals: number of those with a total.
        levels: 2 if these totals differ, else 1.
        blanks: number of those that follow a row with a total and have none.
    """

    totals: int
    levels: int
    blanks: int


def find(engine: DuckDB, rows: Rows) -> Repeats | None:
    """Create the view `compared_records`; return None unless each order is one row by it.

    That is proved by the numbers of the orders: of rows that repeat no other, all are different.

    Args:
        engine: holds the view `records` of one sheet, whose amounts are totals of orders.
        rows: the sheet.
    """
    if rows.orders is None or {"minus", "cost", "serve"} & {*rows.fields}:
        return None
    numbers, low, high = unique_ids.span(engine, rows.source)
    if not unique_ids.are_dense(numbers, low, high):
        return None
    engine.run("read/orders/compared_records")
    is_order = "filter (not is_repeated and row_reason is null and key >= 0)"
    orders, different, totals, least, most, blanks = engine.execute(
        f"""
        select count(*) {is_order}, bit_count(bitstring_agg(key, {low}, {high}) {is_order}),
            count(amount) filter (is_repeated), min(amount) filter (is_repeated),
            max(amount) filter (is_repeated),
            count(*) filter (is_repeated and amount is null and amount_before >= 0)
        from compared_records
        """
    ).fetchone() or (1, 0, 0, 0, 0, 0)
    if orders != (different or 0):
        return None
    return Repeats(totals=totals, levels=1 if least == most else 2, blanks=blanks)
