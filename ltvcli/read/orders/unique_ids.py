"""Proof that no two rows have the same order ID, so that nothing has to be collapsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.rows import Rows

Attempt = Literal["differ", "repeat"]
"""Whether order IDs may be stored as numbers, and whether these numbers are all different."""
_ATTEMPTS: Sequence[Attempt | None] = ("differ", "repeat", None)
_LONG = 2000  # records from which a sheet is long enough to store its numbers

_BITS_PER_ID = 64
"""Numbers may lie this far apart on average before a bit for each costs too much memory."""
_MOST_BITS = 2**31


def attempts(sheets: Sequence[Sheet]) -> Sequence[Attempt | None]:
    """Return what to try in turn. The IDs of several sheets may repeat, as these often overlap."""
    if len(sheets) == 1:
        return _ATTEMPTS
    is_long = any(sheet.records is None or sheet.records.count > _LONG for sheet in sheets)
    return _ATTEMPTS[1:] if is_long else _ATTEMPTS[2:]


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
    values prove nothing: hashes can collide.) Where the numbers of the IDs are stored, which are
    of the same form in all sheets, they are compared instead. IDs of different systems are of
    different orders.
    """
    systems = [rows.columns.profile.name for rows in stored]
    return all(
        _differ(engine, [rows for rows in stored if rows.columns.profile.name == system])
        for system in dict.fromkeys(systems)
    )


def _differ(engine: DuckDB, stored: Sequence[Rows]) -> bool:
    """Return whether it is certain that no order ID of the sheets of one system occurs twice."""
    for column in ("order_number", "order_key"):
        sheets = [rows for rows in stored if column in rows.fields]
        if not sheets:
            continue
        ids = " union all ".join(f"select {column} from {rows.source}" for rows in sheets)
        if column == "order_number":
            numbers, different = _different_numbers(engine, f"({ids})")
            if has_numbers_only(stored[0]):
                query = f"select count(*) from {stored[0].source}"
                (count,) = engine.execute(query).fetchone() or (-1,)
                return different is not None and different == int(count)
            if different is not None:
                return different == numbers
        return _hashes_differ(engine, f"({ids}) as ids(id)")
    return True


def has_numbers_only(rows: Rows) -> bool:
    """Return whether some order IDs of a sheet cannot be restored from their numbers."""
    return "order_number" in rows.fields and rows.orders is None


def drop_numbers(engine: DuckDB, rows: Rows) -> None:
    """Free the memory of numbers that only had to prove that no order ID occurs twice."""
    if has_numbers_only(rows):
        engine.execute(f"alter table {rows.table} drop column order_number")


def span(engine: DuckDB, table: str) -> tuple[int, int, int]:
    """Return how many order numbers a table holds, the lowest and the highest; 0 if there are none.

    Args:
        engine: holds the table.
        table: of one sheet, or a query in brackets.
    """
    row = engine.execute(
        "select count(order_number), coalesce(min(order_number), 0), "
        f"coalesce(max(order_number), 0) from {table}"
    ).fetchone()
    numbers, low, high = row or (0, 0, 0)
    return numbers, low, high


def are_dense(numbers: int, low: int, high: int) -> bool:
    """Return whether numbers lie so close together that a bit for each costs little memory.

    Args:
        numbers: how many there are.
        low: the lowest.
        high: the highest.
    """
    return high - low <= min(_MOST_BITS, _BITS_PER_ID * numbers)


def _different_numbers(engine: DuckDB, table: str) -> tuple[int, int | None]:
    """Count the order numbers of a table, and the different ones; None if they are not dense."""
    numbers, low, high = span(engine, table)
    if not are_dense(numbers, low, high):
        return numbers, None
    bits = f"select bit_count(bitstring_agg(order_number, {low}, {high})) from {table}"
    return numbers, int((engine.execute(bits).fetchone() or (0,))[0] or 0)


def _hashes_differ(engine: DuckDB, ids: str) -> bool:
    """Return whether the IDs that a query selects have as many hashes as there are ids."""
    row = engine.execute(
        f"select count(id) = count(distinct hash(id)) filter (id is not null) from {ids}"
    ).fetchone()
    return bool(row and row[0])
