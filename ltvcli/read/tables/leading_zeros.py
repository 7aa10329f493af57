"""Ids of a table that differ in leading zeros only, as a spreadsheet may have lost some of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ltvcli.read.orders.rows import Rows
from ltvcli.read.tables import look, texts
from ltvcli.read.tables.fields import Cells
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

TRIMMED = "{}_trimmed"
"""Name of the column with the trimmed IDs of a role."""
FIELDS = {"customer": "customer", "order": "order_key"}
"""The field of `sheet_0` that holds the ID of each role."""


def asked(cells: Cells, role: str, place: int) -> dict[str, str]:
    """Write what is asked of IDs of text: the longest that begins with 0, and the shortest.

    Args:
        cells: of the table, with the trimmed IDs as columns of their own.
        role: of the column.
        place: of the column.
    """
    if cells.kind(place) != "text" or role not in FIELDS:
        return {}
    text = TRIMMED.format(role)
    bits = f"bit_length({text})"
    return {
        f"{role}_padded": f"max(case when {text} like '0_%' then {bits} end)",
        f"{role}_shortest": f"min({bits})",
    }


def alerts(engine: DuckDB, rows: Rows, seen: Mapping[str, Any]) -> Mapping[str, Mapping[str, Fact]]:
    """Count IDs that differ in leading zeros only, as ltvcli/read/orders/leading_zeros.py does.

    IDs are compared only if some begin with 0 and are not all as long.

    Args:
        engine: holds the rows.
        rows: of the table.
        seen: what `asked` asks for, by name.
    """
    counts = {}
    for role, name in FIELDS.items():
        if f"{role}_padded" not in seen or name not in rows.fields:
            continue
        padded, shortest = seen[f"{role}_padded"], seen[f"{role}_shortest"]
        may_differ = bool(padded and shortest < padded)
        if may_differ or engine.asks_all:
            differing = _differing(engine, rows, name)
            counts[role] = differing if may_differ else 0
    count = counts.get("order") or counts.get("customer")
    return {"ids-differ-in-zeros": {"count": Quantity(count, Unit.COUNT)}} if count else {}


def _differing(engine: DuckDB, rows: Rows, name: str) -> int:
    """Count the IDs without leading zeros that are there with such zeros, too."""
    digits = f"{texts.without(name, texts.DIGITS)} = ''"
    bare = (
        f"select distinct ltrim({name}, '0') as bare from {rows.table} "
        f"where {name} like '0%' and {digits}"
    )
    every = f"select distinct {name} as known from {rows.table}"
    query = (
        f"select count(*) as n from ({bare}) as padded "
        f"inner join ({every}) as ids on ids.known = padded.bare"
    )
    return int(look.rows_of(engine, query)[0][0])
