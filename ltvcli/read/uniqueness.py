"""Proof that no two rows have the same order id, so that nothing has to be collapsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_BITS_PER_ID = 64
"""Numbers may lie this far apart on average before a bit for each is dearer than hashing them."""
_MOST_BITS = 2**31


def proved(engine: DuckDB, ids: str) -> bool:
    """Tell whether it is certain that all ids differ; blank ones do not count.

    Any function of the ids proves it by having as many values as there are ids; fewer values prove
    nothing. The number at the end of an id is cheapest, a hash is next.

    Args:
        engine: where the ids are.
        ids: a query of ours that gives the column `order_key`.
    """
    return _numbers_differ(engine, ids) or _hashes_differ(engine, ids)


def _numbers_differ(engine: DuckDB, ids: str) -> bool:
    first = engine.execute(f"select order_key from ({ids}) where order_key is not null limit 1")
    found = re.search(r"\d+$", str((first.fetchone() or ("",))[0]))
    if not found:
        return False
    number = f"try_cast(substr(order_key, {found.start() + 1}) as bigint)"
    numbers = f"(select {number} as x from ({ids}) where order_key is not null)"
    rows, count, low, high = engine.execute(
        f"select count(*), count(x), min(x), max(x) from {numbers}"
    ).fetchone() or (0, -1, 0, 0)
    if count < rows or high - low > min(_MOST_BITS, _BITS_PER_ID * count):
        return False
    bits = engine.execute(f"select bit_count(bitstring_agg(x, {low}, {high})) from {numbers}")
    return bool((bits.fetchone() or (None,))[0] == rows)


def _hashes_differ(engine: DuckDB, ids: str) -> bool:
    row = engine.execute(
        "select count(order_key) = count(distinct hash(order_key)) "
        f"filter (order_key is not null) from ({ids})"
    ).fetchone()
    return bool(row and row[0])
