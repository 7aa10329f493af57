"""Revenue and refunds of each order: the table or view `order_sums`.

An order of 20.00, of which 5.00 were refunded, is the row ordered 20.0000, refunded 5.0000. What
was refunded in the row of the order counts from the day of the order, as no other day is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.results import InputFile

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def add(engine: DuckDB, files: Sequence[InputFile]) -> None:
    """Create the table or view `order_sums` (customer_key, day, ordered, refunded) from orders.

    What a column takes off an order is a refund, unless a file has a column of discounts, which are
    taken off in the same way.

    Args:
        engine: that orders were read into.
        files: of orders.
    """
    names = {
        name
        for (name,) in engine.execute(
            "select table_name from duckdb_tables() union all select view_name from duckdb_views()"
        ).fetchall()
    }
    path = "grouped" if "sheet_orders" in names else "single"
    net_refunds = not any("discount" in file.columns for file in files)
    engine.run(f"read/deals/order_sums_{path}", {"net_refunds": net_refunds})
    of_exclusions = "select exists (from dependent_reasons)"
    if "dependent_reasons" in names and engine.execute(of_exclusions).fetchone() == (True,):
        engine.execute(
            "create or replace temp table order_sums as "
            "from every_order_sum anti join dependent_reasons using (sheet, record)"
        )
    else:
        engine.execute("create or replace temp view order_sums as from every_order_sum")
