"""Proof that no two rows have the same order ID, so that nothing has to be collapsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.orders.rows import Rows

_BITS_PER_ID = 64
"""Numbers may lie this far apart on average before a bit for each costs too much memory."""
_MOST_BITS = 2**31


def prefix(engine: DuckDB, table: str) -> str | None:
    """Return the text before the number in the first order ID of `table`.

    | order_key |
    | EU-1041   | the prefix is `EU-`, and 1041 the number that stands for the ID

    A prefix has no spaces around it: IDs that differ in such spaces only are the same ID, and get
    the same number or none. None if the ID has no number, or an ID occurs twice.
    """
    first, are_unique = engine.execute(
        f"select arg_min(order_key, rowid), count(*) = count(distinct order_key) from {table}"
    ).fetchone() or ("", False)
    match = re.fullmatch(r"(|\S|\S.*\S)\d+", first or "", re.ASCII)
    return match[1] if match and are_unique else None


def are_unique(engine: DuckDB, stored: Sequence[Rows]) -> bool:
    """Return whether it is certain that no order ID occurs twice; blank IDs do not count.

    If a hash of the IDs has as many distinct values as there are IDs, no ID occurs twice. (Fewer
    values prove nothing: hashes can collide.) Where the numbers of the IDs are stored, they are
    compared instead. IDs of different systems are of different orders.
    """
    if any("order_number" in rows.fields for rows in stored):
        return all(_numbers_differ(engine, rows.table) for rows in stored)
    systems = [rows.columns.profile.name for rows in stored]
    for system in dict.fromkeys(systems):
        ids = " union all ".join(
            f"select order_key from {rows.table}"
            for rows in stored
            if rows.columns.profile.name == system and "order_key" in rows.fields
        )
        if ids and not _hashes_differ(engine, ids):
            return False
    return True


def _numbers_differ(engine: DuckDB, table: str) -> bool:
    """Return whether all IDs have numbers, and all of these differ: one bit for each."""
    rows, count, low, high = engine.execute(
        f"select count(*), count(order_number), min(order_number), max(order_number) from {table}"
    ).fetchone() or (0, -1, 0, 0)
    if not rows:
        return True
    if count < rows or high - low > min(_MOST_BITS, _BITS_PER_ID * count):
        return False
    bits = f"select bit_count(bitstring_agg(order_number, {low}, {high})) from {table}"
    return bool((engine.execute(bits).fetchone() or (None,))[0] == rows)


def _hashes_differ(engine: DuckDB, ids: str) -> bool:
    """Return whether the IDs that a query selects have as many hashes as there are ids."""
    row = engine.execute(
        "select count(order_key) = count(distinct hash(order_key)) "
        f"filter (order_key is not null) from ({ids})"
    ).fetchone()
    return bool(row and row[0])
