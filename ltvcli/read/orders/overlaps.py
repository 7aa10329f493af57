"""Exports without order IDs that overlap: the same rows in several files.

| file       | customer | day        | total |
| first.csv  | c1       | 2026-01-31 | 20.00 |
| second.csv | c1       | 2026-01-31 | 20.00 | the same order, if most of the shared days are so
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.orders.rows import Rows
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

CHECK = "rows-in-several-files"


def facts(engine: DuckDB, stored: Sequence[Rows]) -> dict[int, dict[str, Fact]]:
    """Return number and total of orders in several files, by the later sheet.

    Without an order ID, two rows are the same order if customer, day and amount are the same. They
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
    pairs = rows_of(engine, "read/orders/overlaps", {"sheets": sheets})
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
