"""Whether the rows of one order repeat its total or have totals of their own.

| order | product | total | other rows of the order say | the order is worth |
| 1001  | A       | 30.00 | 30.00 as well               | 30.00              |
| 1002  | A       | 10.00 | 20.00                       | 30.00              |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.errors import AmbiguousTotalError
from ltvcli.language import N_
from ltvcli.read.orders.repeated_rows import Repeats
from ltvcli.read.orders.rows import Rows
from ltvcli.results import Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

REPEATED = N_("“{column}” is the same on all rows of an order: it was counted once per order.")
FIRST = N_("“{column}” is on one row of an order only: it was counted once per order.")
ADDED = N_("“{column}” differs within orders: it was added up over the rows of an order.")
PIECES = N_("There is no total: “{column}” was multiplied by the quantity and added up.")
_DIFFER = 0.5  # share of orders with differing totals; below it, these may be mistakes


def is_line(
    engine: DuckDB, rows: Rows, is_unique: bool, repeats: Repeats | None = None
) -> tuple[bool, list[Sentence]]:
    """Decide whether to sum amounts over the rows of an order.

    The profile or --map says so, or else the rows do.

    Args:
        engine: holds the rows.
        rows: of one sheet.
        is_unique: every row is known to have an order ID of its own.
        repeats: what rows that repeat others say, if each order is one row without them.

    Raises:
        AmbiguousTotalError: the rows could mean either.
    """
    columns = rows.columns
    if "price" in columns.position and "quantity" in columns.position:
        return True, [Sentence(PIECES, {"column": columns.name("amount")})]
    if is_unique or "order_key" not in rows.fields:
        return False, []
    if {"order_total", "line_total"} & columns.position.keys():
        return "line_total" in columns.position, []
    several, differ, levels, first_only = (
        (repeats.totals, 0, repeats.levels, repeats.blanks) if repeats else _totals(engine, rows)
    )
    column = {"column": columns.name("amount")}
    if not several:
        return False, [Sentence(FIRST, column)] if first_only else []
    if differ == 0 and levels > 1:
        return False, [Sentence(REPEATED, column)]
    if differ >= _DIFFER * several:
        return True, [Sentence(ADDED, column)]
    raise AmbiguousTotalError(file=rows.sheet.name, column=column["column"])


def _totals(engine: DuckDB, rows: Rows) -> tuple[int, int, int, int]:
    """Count orders by their totals.

    Returns:
        The number of those with several, of those whose totals differ, of different totals of the
        others, and of those with a total on one of their rows only.
    """
    # Tables of other databases have no number of the row, and make nothing from other columns.
    source = rows.source if rows.made else rows.table
    (row,) = engine.execute(
        f"""
        select count(case when totals > 1 then 1 end) as several,
            count(case when least < most then 1 end) as differ,
            count(distinct case when totals > 1 and least = most then least end) as levels,
            count(case when totals = 1 and all_rows > 1 then 1 end) as first_only
        from (
            select count(*) as all_rows, count(amount) as totals, min(amount) as least,
                max(amount) as most
            from {source} where {rows.order} is not null and coalesce(amount >= 0, true)
            group by {rows.order}
        ) as orders_of_rows
        """
    ).fetchall()
    several, differ, levels, first_only = row
    return several, differ, levels, first_only
