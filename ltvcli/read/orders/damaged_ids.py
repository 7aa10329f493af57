"""Ids that spreadsheets and data frames have damaged: repaired where certain, else reported.

| IDs of a file            | result                                                      |
| 1.23457E+11, 1.23457E+11 | digits are lost: the file is refused                        |
| 42, and 00042 elsewhere  | 00042: zeros that one file lost are put back                |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import DamagedIdsError, DamagedIdsWithEmailError
from ltvcli.read.columns import customer_column
from ltvcli.read.orders.leading_zeros import Repaired, restore_zeros
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.columns.mapping import Columns
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.rows import Rows

Alerts = dict[int, dict[str, dict[str, Fact]]]
"""Facts for checks in checks/every_report, by sheet and name of the check."""

SEPARATOR = chr(2)
"""Stands between the parts of an order key that is made of more than the id."""
_RAW = {"customer": "raw_customer", "order_key": "raw_order"}
"""Columns of IDs as they came, where reading repaired them."""
_LONG = 18  # digits of a long ID; spreadsheets keep 15


def repair(engine: DuckDB, stored: Sequence[Rows]) -> Alerts:
    """Repair customer and order IDs in the tables of all sheets, and return which were repaired.

    IDs that were repaired while they were read are counted as well.

    Raises:
        DamagedIdsError: digits of customer IDs are lost.
        DamagedIdsWithEmailError: they are, and another column holds e-mail addresses.
    """
    lowest: dict[tuple[int, str], str] = {}
    counts: dict[int, Repaired] = {}
    for rows in stored:
        first, counts[rows.index] = _first_ids(engine, rows)
        lowest |= {(rows.index, column): first[column] for column in _RAW}
    for rows in stored:
        # Only IDs that begin with a digit can have lost digits.
        if lowest[rows.index, "customer"] < ":":
            refuse_damaged(
                engine, rows.source, "customer", rows.sheet, rows.columns, is_only=len(stored) == 1
            )
    alerts: Alerts = {rows.index: {} for rows in stored}
    for column in ("customer", "order_key"):
        tables = [rows for rows in stored if column in rows.fields]
        if all(lowest[rows.index, column] >= "1" for rows in tables):  # no ID has a leading zero
            continue
        padded, differ = restore_zeros(engine, tables, column)
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
    """Refuse IDs that have lost digits, if some of them may have become equal.

    Args:
        engine: holds the table.
        table: rows of one sheet, or SQL that selects them.
        column: customer or subscription, which is a column of the table and a role.
        sheet: the file.
        columns: what its columns mean.
        is_only: there is no other sheet; then IDs that all differ are still good.

    Raises:
        DamagedIdsError: digits are lost.
        DamagedIdsWithEmailError: they are, and another column holds e-mail addresses.
    """
    # Only IDs that begin with a digit can have lost digits. DuckDB skips parts without one.
    might_be = f"{column} < ':' and (contains({column}, '+') or strlen({column}) >= {_LONG})"
    if not engine.execute(f"select 1 from {table} where {might_be} limit 1").fetchone():
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


def separate(engine: DuckDB, stored: Sequence[Rows]) -> dict[int, tuple[int, str]]:
    """Split orders whose IDs lost their last digits by customer and day.

    Returns:
        The number of rows with such IDs and an example, by sheet.
    """
    damaged: dict[int, tuple[int, str]] = {}
    for rows in stored:
        if "order_key" not in rows.fields or rows.orders:
            continue  # no digits of a short number are lost
        count, example, is_damaged = _lost_digits(engine, rows.source, "order_key")
        if count:
            damaged[rows.index] = count, example
            customer = rows.made.get("customer", "customer")
            engine.execute(
                f"update {rows.table} set order_key = concat(order_key, $separator, {customer}, "
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


def _first_ids(engine: DuckDB, rows: Rows) -> tuple[dict[str, str], Repaired]:
    """Return the first ID of each column in the order of text, and count those repaired in cells.

    A column that is missing or blank has ":", which comes after all digits; so has a column that is
    made from numbers, because no ID of any sheet lacks digits or leading zeros then.
    """
    ids = [column for column in _RAW if column in rows.fields and column not in rows.made]
    raw = [(_RAW[column], column) for column in _RAW if _RAW[column] in rows.fields]
    selected = [f"min({column})" for column in ids]
    for cell, column in raw:
        filled = f"filter ({cell} is not null)"
        selected += [f"count({cell})", f"first({cell}) {filled}", f"first({column}) {filled}"]
    query = f"select {', '.join(selected)} from {rows.source}"
    values = iter((engine.execute(query).fetchone() or ()) if selected else ())
    lowest = dict.fromkeys(_RAW, ":")
    for column in ids:
        least = next(values)
        lowest[column] = ":" if least is None else least
    total = Repaired()
    for _ in raw:
        count, before, after = (next(values) for _ in range(3))
        total += Repaired(count, (before or "").strip(), after or "")
    return lowest, total


def _lost_digits(engine: DuckDB, table: str, column: str) -> tuple[int, str, str]:
    """Count the IDs of a column that have lost digits; return an example, and the SQL of the test.

    Long IDs that end in zeros have lost digits only if all long IDs end in zeros.
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
