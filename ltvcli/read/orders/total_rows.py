"""Total rows: a grand total at the end of a file is not an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.read.orders.rows import Rows

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

REASON = "total-row"
_LAST = 3  # number of last rows that are tested for being totals
MANY = 20  # from this many rows on, a sum does not match by chance
WORDS = [
    *("total", "totals", "grand total", "sub total", "subtotal", "sum"),
    *("gesamt", "gesamtsumme", "summe", "zwischensumme", "endsumme", "sous-total"),
    *("total general", "total général", "suma", "importe total"),
    *("合計", "総合計", "総計", "小計", "累計", "計"),
]
_IS_WORD = "coalesce(list_contains($words, lower(trim({}, ' 　:：*'))), false)"


def exclude(engine: DuckDB, rows: Rows) -> Rows:
    """Exclude rows of totals, each alone: its reason goes into the column `attempt`.

    A row is one if its order ID is a word for a total; or if it is among the last, its amount is
    the sum of all other amounts, and there is a second sign of it: its customer is such a word, one
    of its IDs is a count of the others, or there are many others.

    | order ID | customer ID | order date | order total |
    | o7       | c2          | 2025-03-07 | 10.00       | an order
    | 3        | 2           | 2025-03-31 | 40.00       | 3 orders of 2 customers: excluded

    Args:
        engine: holds the table of the sheet.
        rows: the sheet.
    """
    total_rows = {*_named(engine, rows), *_sums(engine, rows)}
    if not total_rows:
        return rows
    if "attempt" not in rows.fields:
        engine.execute(f"alter table {rows.table} add column attempt text")
        rows = replace(rows, fields=(*rows.fields, "attempt"))
    is_open = "status is null" if "status" in rows.fields else "true"
    engine.execute(
        f"update {rows.table} set attempt = '{REASON}', day = null "
        f"where list_contains($1, rowid) and {is_open}",
        [sorted(total_rows)],
    )
    return rows


def _named(engine: DuckDB, rows: Rows) -> list[int]:
    """Return the rows whose order ID is a word for a total."""
    if "order_key" not in rows.fields or rows.orders:
        return []
    # No word for a total ends with a digit, as almost all IDs do; that is quick to see.
    query = (
        f"select record from {rows.source} where case when right(order_key, 1) between '0' and '9' "
        f"then false else {_IS_WORD.format('order_key')} end"
    )
    return [row for (row,) in engine.execute(query, {"words": WORDS}).fetchall()]


def _sums(engine: DuckDB, rows: Rows) -> list[int]:
    """Return those of the last rows that equal the sum of all others and have a second sign."""
    order = "order_key" if "order_key" in rows.fields else "null::text"
    excluding = [field for field in ("status", "reason") if field in rows.fields]
    is_used = " and ".join(f"{field} is null" for field in excluding) or "true"
    sums = engine.execute(
        f"""
        with totals as (
            select count(*) - 1 as others, sum(amount) as money,
                sum(amount) filter ({is_used}) as used
            from {rows.source}
        )
        select record, others >= {MANY} or {_IS_WORD.format("customer")},
            try_cast({order} as bigint), try_cast(customer as bigint), others
        from {rows.source}, totals
        where record >= others + 1 - {_LAST} and others > 1 and amount > 0
            and amount in (money - amount, used - amount)
        """,
        {"words": WORDS},
    ).fetchall()
    if not sums:
        return []
    ((orders, customers),) = engine.execute(
        f"select count(distinct {order}) - 1, count(distinct customer) - 1 from {rows.source}"
    ).fetchall()
    return [
        row
        for row, is_certain, order_id, customer, other_rows in sums
        if is_certain or order_id in (other_rows, orders) or customer in (other_rows, customers)
    ]
