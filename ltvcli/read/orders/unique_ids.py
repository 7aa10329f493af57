"""Proof that no two rows have the same order id, so that nothing has to be collapsed."""

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
    """Find what stands before the number in the first order id of `table`.

    A prefix has no spaces around it, so that ids that differ in such spaces only, which are one id,
    have the same number or none. None where there is no number, or some id occurs twice.
    """
    first, differ = engine.execute(
        f"select arg_min(order_key, rowid), count(*) = count(distinct order_key) from {table}"
    ).fetchone() or ("", False)
    found = re.fullmatch(r"(|\S|\S.*\S)\d+", first or "", re.ASCII)
    return found[1] if found and differ else None


def proved(engine: DuckDB, stored: Sequence[Rows]) -> bool:
    """Tell whether it is certain that all order ids differ; blank ones do not count.

    Ids of different systems never meet. Any function of the ids proves it by having as many values
    as there are ids, fewer values prove nothing: their numbers where these are stored, else a hash.
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
    rows, count, low, high = engine.execute(
        f"select count(*), count(order_number), min(order_number), max(order_number) from {table}"
    ).fetchone() or (0, -1, 0, 0)
    if count < rows or high - low > min(_MOST_BITS, _BITS_PER_ID * count):
        return False
    bits = f"select bit_count(bitstring_agg(order_number, {low}, {high})) from {table}"
    return bool((engine.execute(bits).fetchone() or (None,))[0] == rows)


def _hashes_differ(engine: DuckDB, ids: str) -> bool:
    row = engine.execute(
        "select count(order_key) = count(distinct hash(order_key)) "
        f"filter (order_key is not null) from ({ids})"
    ).fetchone()
    return bool(row and row[0])
