"""Restore leading zeros of IDs that spreadsheets and data frames removed, if certain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.orders.rows import Rows


def align_zeros(engine: DuckDB, table: str) -> dict[str, dict[str, Fact]]:
    """Write the IDs of customers in a table as the orders have them, where only zeros differ.

    Zeros are added if the IDs of the orders are digits padded to one width, and removed if those
    of the table are, while the others have no leading zeros and some IDs are the same then.

    Returns:
        The facts for the check ids-repaired.
    """
    if not any(_may_begin_with_zero(engine, name) for name in ("orders", table)):
        return {}
    of_orders, of_table = (_shape(engine, name, "customer") for name in ("orders", table))
    if not (of_orders.digits and of_table.digits):
        return {}
    if of_orders.is_padded and not of_table.padded_longest:
        width = of_orders.padded_longest
        repaired, changed = f"lpad(customer, {width}, '0')", f"strlen(customer) < {width}"
    elif of_table.is_padded and not of_orders.padded_longest:
        repaired, changed = "ltrim(customer, '0')", "starts_with(customer, '0')"
    else:
        return {}
    count, before, after, same = engine.execute(
        f"select count(*), min(customer), min({repaired}), "
        f"bool_or({repaired} in (select customer from orders)) from {table} where {changed}"
    ).fetchone() or (0, "", "", False)
    if not same:
        return {}
    engine.execute(f"update {table} set customer = {repaired} where {changed}")
    facts: dict[str, Fact] = {"count": Quantity(count, Unit.COUNT)}
    return {"ids-repaired": facts | {"before": before, "after": after}}


def _may_begin_with_zero(engine: DuckDB, table: str) -> bool:
    """Return whether the first customer in text order is before "1", if there is one."""
    query = f"select coalesce(min(customer) < '1', false) from {table}"
    return bool((engine.execute(query).fetchone() or (True,))[0])


class Repaired(Struct, frozen=True):
    """The number of repaired IDs, and one of them before and after."""

    rows: int = 0
    before: str = ""
    after: str = ""

    def __add__(self, more: Repaired) -> Repaired:
        """Add the numbers; the first example is kept."""
        first = self if self.rows else more
        return Repaired(self.rows + more.rows, first.before, first.after)


def restore_zeros(
    engine: DuckDB, stored: Sequence[Rows], column: str
) -> tuple[dict[int, Repaired], int]:
    """Restore leading zeros that were lost in some files.

    This is certain if the IDs of some files are digits padded to one width, those of the others
    are digits without leading zeros, and some of these are the same IDs once they are padded.

    Args:
        engine: holds the tables of the sheets.
        stored: what was read of each file.
        column: customer or order_key.

    Returns:
        What was repaired, by sheet; and how many IDs differ in leading zeros only, if it is not
        certain that they are the same.
    """
    shapes = [_shape(engine, rows.source, column) for rows in stored]
    width = max(shape.padded_longest for shape in shapes)
    padded = [rows for rows, shape in zip(stored, shapes, strict=True) if shape.padded_longest]
    bare = [rows for rows, shape in zip(stored, shapes, strict=True) if not shape.padded_longest]
    if not padded:
        return {}, 0
    is_certain = all(
        shape.is_padded and shape.padded_longest == width if shape.padded_longest else shape.digits
        for shape in shapes
    )
    ids = " union all ".join(f"select {column} as id from {rows.source}" for rows in padded)
    if is_certain and bare:
        repaired: dict[int, Repaired] = {}
        for rows in bare:
            short = f"from {rows.source} where strlen({column}) < {width}"
            count, before, same = engine.execute(
                f"select count(*), min({column}), "
                f"bool_or(lpad({column}, {width}, '0') in (select id from ({ids}))) {short}"
            ).fetchone() or (0, "", False)
            if same:
                engine.execute(
                    f"update {rows.table} set {column} = lpad({column}, {width}, '0') "
                    f"where strlen({column}) < {width}"
                )
                repaired[rows.index] = Repaired(count, before, before.rjust(width, "0"))
        return repaired, 0
    if not bare and all(shape.shortest >= width for shape in shapes):
        return {}, 0
    every = " union all ".join(f"select {column} as id from {rows.source}" for rows in stored)
    (differ,) = engine.execute(
        f"""
        select count(distinct ltrim(id, '0')) from ({ids})
        where starts_with(id, '0') and regexp_full_match(id, '\\d+')
            and ltrim(id, '0') in (select id from ({every}))
        """
    ).fetchone() or (0,)
    return {}, differ


class _Shape(Struct, frozen=True):
    """The format of the IDs of a column; lengths are 0 if there are none of that kind."""

    digits: bool
    shortest: int
    padded_shortest: int
    padded_longest: int

    @property
    def is_padded(self) -> bool:
        """Return whether all IDs are digits, padded with zeros to one width."""
        width = self.padded_longest
        return self.digits and width > 0 and self.padded_shortest == width <= self.shortest


def _shape(engine: DuckDB, table: str, column: str) -> _Shape:
    row = engine.execute(
        f"""
        select coalesce(bool_and(regexp_full_match({column}, '\\d+')), true),
            coalesce(min(strlen({column})), 0),
            coalesce(min(strlen({column})) filter (starts_with({column}, '0')), 0),
            coalesce(max(strlen({column})) filter (starts_with({column}, '0')), 0)
        from {table}
        """
    ).fetchone() or (True, 0, 0, 0)
    return _Shape(*row)
