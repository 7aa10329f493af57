"""Ids that spreadsheets and data frames have damaged: repaired where that is certain, else told.

| ids of a file            | result                                                      |
| 1.23457E+11, 1.23457E+11 | digits are lost: the file is refused                        |
| 42, and 00042 elsewhere  | 00042: zeros that one file lost are put back                |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltvcli.errors import DamagedIdsError, DamagedIdsWithEmailError
from ltvcli.read.columns import customer_column
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.columns.mapping import Columns
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.rows import Rows

Alerts = dict[int, dict[str, dict[str, Fact]]]
"""Facts for checks in checks/any, by sheet and name of the check."""

SEPARATOR = chr(2)
"""Stands between the parts of an order key that is made of more than the id."""
_LONG = 18  # digits; spreadsheets keep 15


def repair(engine: DuckDB, stored: Sequence[Rows]) -> Alerts:
    """Repair customer and order ids in the tables of all sheets, and tell which were repaired.

    Ids that were repaired while they were read are counted as well.

    Raises:
        DamagedIdsError: digits of customer ids are lost.
        DamagedIdsWithEmailError: they are, and another column holds e-mail addresses.
    """
    lowest = {
        (rows.index, column): _lowest(engine, rows, column)
        for rows in stored
        for column in ("customer", "order_key")
    }
    for rows in stored:
        if lowest[rows.index, "customer"] < ":":  # some ids may begin with a digit
            refuse_damaged(
                engine, rows.table, "customer", rows.sheet, rows.columns, is_only=len(stored) == 1
            )
    counts = {rows.index: _repaired_in_cells(engine, rows) for rows in stored}
    alerts: Alerts = {rows.index: {} for rows in stored}
    for column in ("customer", "order_key"):
        tables = [rows for rows in stored if column in rows.fields]
        if all(lowest[rows.index, column] >= "1" for rows in tables):  # none begins with a zero
            continue
        padded, differ = _restore_zeros(engine, tables, column)
        for index, repaired in padded.items():
            counts[index] += repaired
        if differ:
            facts = {"count": Quantity(differ, Unit.COUNT)}
            alerts[tables[0].index]["ids-differ-in-zeros"] = dict(facts)
    for index, count in counts.items():
        if count.rows:
            alerts[index]["ids-repaired"] = {
                "count": Quantity(count.rows, Unit.COUNT),
                "before": count.before,
                "after": count.after,
            }
    return alerts


def refuse_damaged(
    engine: DuckDB, table: str, column: str, sheet: Sheet, columns: Columns, *, is_only: bool
) -> None:
    """Refuse ids that have lost digits, where some of them may be the same now.

    Args:
        engine: holds the table.
        table: rows of one sheet.
        column: customer or subscription, which is a column of the table and a role.
        sheet: the file.
        columns: what its columns mean.
        is_only: there is no other sheet; then ids that all differ are still good.

    Raises:
        DamagedIdsError: digits are lost.
        DamagedIdsWithEmailError: they are, and another column holds e-mail addresses.
    """
    might_be = f"bool_or(contains({column}, '+') or strlen({column}) >= {_LONG})"
    row = engine.execute(f"select {might_be} from {table}").fetchone()
    if not row or not row[0]:
        return
    count, example, is_damaged = _lost_digits(engine, table, column)
    distinct = f"select count(distinct {column}) from {table} where {is_damaged}"
    if not count or (is_only and (engine.execute(distinct).fetchone() or (0,))[0] == count):
        return
    facts: dict[str, str | int] = {"file": sheet.name, "column": columns.name(column)}
    facts |= {"count": count, "example": example}
    email = customer_column.email_column(columns)
    if email is None or column != "customer":
        raise DamagedIdsError(**facts)
    raise DamagedIdsWithEmailError(**facts, flag=f'--map customer="{sheet.header[email]}"')


def align_zeros(engine: DuckDB, table: str) -> dict[str, dict[str, Fact]]:
    """Write the ids of customers in a table as the orders have them, where only zeros differ.

    Zeros are added if the ids of the orders are digits padded to one width, and removed if those
    of the table are, while the others have no leading zeros and some ids are the same then.

    Returns:
        The facts for the check ids-repaired.
    """
    lowest = (engine.execute(f"select min(customer) from {name}") for name in ("orders", table))
    if all((cursor.fetchone() or ("",))[0] >= "1" for cursor in lowest):  # none begins with a zero
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


def separate(engine: DuckDB, stored: Sequence[Rows]) -> dict[int, tuple[int, str]]:
    """Split orders whose ids lost their last digits by customer and day.

    Returns:
        The number of rows with such ids and an example, by sheet.
    """
    damaged: dict[int, tuple[int, str]] = {}
    for rows in stored:
        if "order_key" not in rows.fields:
            continue
        count, example, is_damaged = _lost_digits(engine, rows.table, "order_key")
        if count:
            damaged[rows.index] = count, example
            engine.execute(
                f"update {rows.table} set order_key = concat(order_key, $separator, customer, "
                f"$separator, day) where {is_damaged}",
                {"separator": SEPARATOR},
            )
    return damaged


def damaged_orders(
    engine: DuckDB, damaged: Mapping[int, tuple[int, str]], path: str
) -> dict[int, dict[str, Fact]]:
    """Return the facts about orders that `separate` has split, by sheet.

    Args:
        engine: holds the orders.
        damaged: number of rows and an example, by sheet, as `separate` gives them.
        path: "single" or "grouped".
    """
    if not damaged:
        return {}
    engine.run(f"read/orders/separated_{path}", {"separator": SEPARATOR})
    counted = {sheet: values for sheet, *values in engine.connection.fetchall()}
    facts: dict[int, dict[str, Fact]] = {}
    for index, (count, example) in damaged.items():
        orders, all_rows, revenue = counted.get(index, (0, 0, 0))
        facts[index] = {
            "rows": Quantity(count, Unit.COUNT),
            "example": example,
            "orders": Quantity(orders, Unit.COUNT),
            "all_rows": Quantity(float(all_rows), Unit.MONEY),
            "counted": Quantity(float(revenue), Unit.MONEY),
        }
    return facts


@dataclass(frozen=True, slots=True)
class _Repaired:
    """How many ids were repaired, and one of them before and after."""

    rows: int = 0
    before: str = ""
    after: str = ""

    def __add__(self, other: _Repaired) -> _Repaired:
        first = self if self.rows else other
        return _Repaired(self.rows + other.rows, first.before, first.after)


def _lowest(engine: DuckDB, rows: Rows, column: str) -> str:
    """Return the first id of a column in the order of text, which is cheap to find."""
    if column not in rows.fields:
        return ":"
    row = engine.execute(f"select min({column}) from {rows.table}").fetchone()
    return row[0] if row and row[0] is not None else ":"


def _lost_digits(engine: DuckDB, table: str, column: str) -> tuple[int, str, str]:
    """Count the ids of a column that have lost digits; give one of them, and the SQL that tells.

    Long ids that end in zeros have lost digits only if all long ids end in zeros.
    """
    scientific, rounded, long = engine.execute(
        f"""
        select count(*) filter (is_scientific({column})), count(*) filter (is_rounded({column})),
            count(*) filter (strlen({column}) >= {_LONG})
        from {table}
        """
    ).fetchone() or (0, 0, 0)
    is_damaged = f"is_scientific({column})"
    if rounded == long:
        is_damaged = f"({is_damaged} or is_rounded({column}))"
    if not scientific and (not rounded or rounded < long):
        return 0, "", is_damaged
    count, example = engine.execute(
        f"select count(*), min({column}) from {table} where {is_damaged}"
    ).fetchone() or (0, "")
    return count, example, is_damaged


def _repaired_in_cells(engine: DuckDB, rows: Rows) -> _Repaired:
    """Count the ids that reading the cells repaired."""
    total = _Repaired()
    for raw, column in (("raw_customer", "customer"), ("raw_order", "order_key")):
        if raw in rows.fields:
            count, before, after = engine.execute(
                f"select count({raw}), first({raw}) filter ({raw} is not null), "
                f"first({column}) filter ({raw} is not null) from {rows.table}"
            ).fetchone() or (0, "", "")
            total += _Repaired(count, (before or "").strip(), after or "")
    return total


def _restore_zeros(
    engine: DuckDB, stored: Sequence[Rows], column: str
) -> tuple[dict[int, _Repaired], int]:
    """Put back leading zeros that were lost in some files.

    This is certain if the ids of some files are digits padded to one width, those of the others
    are digits without leading zeros, and some of these are the same ids once they are padded.

    Returns:
        What was repaired, by sheet; and how many ids differ in leading zeros only, if it is not
        certain that they are the same.
    """
    shapes = [_shape(engine, rows.table, column) for rows in stored]
    width = max(shape.padded_longest for shape in shapes)
    padded = [rows for rows, shape in zip(stored, shapes, strict=True) if shape.padded_longest]
    bare = [rows for rows, shape in zip(stored, shapes, strict=True) if not shape.padded_longest]
    if not padded:
        return {}, 0
    is_certain = all(
        shape.is_padded and shape.padded_longest == width if shape.padded_longest else shape.digits
        for shape in shapes
    )
    ids = " union all ".join(f"select {column} as id from {rows.table}" for rows in padded)
    if is_certain and bare:
        repaired: dict[int, _Repaired] = {}
        for rows in bare:
            short = f"from {rows.table} where strlen({column}) < {width}"
            count, before, same = engine.execute(
                f"select count(*), min({column}), "
                f"bool_or(lpad({column}, {width}, '0') in (select id from ({ids}))) {short}"
            ).fetchone() or (0, "", False)
            if same:
                engine.execute(
                    f"update {rows.table} set {column} = lpad({column}, {width}, '0') "
                    f"where strlen({column}) < {width}"
                )
                repaired[rows.index] = _Repaired(count, before, before.rjust(width, "0"))
        return repaired, 0
    if not bare and all(shape.shortest >= width for shape in shapes):
        return {}, 0
    every = " union all ".join(f"select {column} as id from {rows.table}" for rows in stored)
    (differ,) = engine.execute(
        f"""
        select count(distinct ltrim(id, '0')) from ({ids})
        where starts_with(id, '0') and regexp_full_match(id, '\\d+')
            and ltrim(id, '0') in (select id from ({every}))
        """
    ).fetchone() or (0,)
    return {}, differ


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the ids of a column are written; lengths are 0 where there are none of that kind."""

    digits: bool
    shortest: int
    padded_shortest: int
    padded_longest: int

    @property
    def is_padded(self) -> bool:
        """Return whether all ids are digits, padded with zeros to one width."""
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
