"""Rows of sheets to orders: the views `records`, one row per record, and `all_orders`.

| row | order | total |                                         |
| 0   | 1001  | 30.00 |                                         |
| 1   | 1001  | 30.00 | one order of 30.00, known by its record 0 |
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ltvcli.facts.orders import Numbering
from ltvcli.read.columns.header_lookup import currency_of
from ltvcli.read.orders import line_items, numbered_ids, repeated_rows, segments
from ltvcli.read.orders.rows import Rows
from ltvcli.results import Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_MOST_ROWS = 2**40
"""Of a sheet: rows without an order ID get keys of their own, below those of earlier sheets."""


def records(
    engine: DuckDB, stored: Sequence[Rows], settings: ReadingSettings, *, is_unique: bool
) -> tuple[list[list[Sentence]], bool]:
    """Create the view `records`, once it is decided whether rows of an order are added up.

    Args:
        engine: holds the tables of the sheets.
        stored: each sheet.
        settings: of which the currency matters.
        is_unique: every row is known to have an order ID of its own.

    Returns:
        Notes on each sheet, and whether the first row of each order says all of it.
    """
    blank = {rows.index for rows in stored if is_unique and _only_blank_amounts(engine, rows)}
    _records(engine, stored, [False] * len(stored), settings, blank)
    may_repeat = len(stored) == 1 and not is_unique
    repeats = repeated_rows.find(engine, stored[0]) if may_repeat else None
    shapes = [line_items.is_line(engine, rows, is_unique, repeats) for rows in stored]
    lines = [line for line, _ in shapes]
    if any(lines):
        _records(engine, stored, lines, settings, blank)
    return [notes for _, notes in shapes], repeats is not None and not any(lines)


def _records(
    engine: DuckDB,
    stored: Sequence[Rows],
    lines: Sequence[bool],
    settings: ReadingSettings,
    blank: Collection[int],
) -> None:
    """Create the view `records` of the rows of all sheets.

    `row_reason` excludes a single row, `reason` the whole order. A refund row with a problem is
    excluded alone: its order was still sold.

    Args:
        engine: holds the tables of the sheets.
        stored: each sheet.
        lines: whether rows of an order are added up, by sheet.
        settings: of which the currency matters.
        blank: sheets in which only rows without an amount are not used.
    """
    seen: set[str] = set()
    pieces = []
    common = numbering(stored)
    net = "try_cast(amount - minus as decimal(18, 4))"
    for rows, line in zip(stored, lines, strict=True):
        profile = rows.columns.profile
        code = settings.currency or profile.currency or currency_of(rows.columns.name("amount"))
        default = f"'{code.upper()}'" if code and code.isalpha() else "null::text"
        status = "status" if "status" in rows.fields else "null::text"
        reason = "reason" if "reason" in rows.fields else "null::text"
        row_reason = f"case when amount < 0 then coalesce({status}, {reason}) end"
        row_reason = "null::text" if rows.index in blank else row_reason
        if "attempt" in rows.fields:
            row_reason = f"coalesce(attempt, {row_reason})"
        if rows.sheet.contents in seen:
            row_reason = "'duplicate-file'"
        elif line:
            row_reason = f"coalesce({status}, {row_reason})"
        seen |= rows.sheet.digests
        customer = "customer" if common is None else "customer_number"
        order_id = rows.order if rows.order in rows.fields else "null"
        fields = {
            "sheet": str(rows.index),
            "record": "record",
            "source": f"'{profile.name}'",
            "has_order_id": f"{order_id} is not null",
            "key": f"coalesce({order_id}, -1 - record - {rows.index * _MOST_ROWS})"
            if rows.orders
            else f"coalesce({order_id}, chr(1) || {rows.index} || '.' || record)",
            "customer": "customer",
            "customer_key": customer,
            "day": "day",
            "amount": "amount",
            "minus": "minus" if "minus" in rows.fields else "0::decimal(18, 4)",
            "net": net if "minus" in rows.fields else "amount",
            "cost": "cost" if "cost" in rows.fields else "null::decimal(18, 4)",
            "currency": f"coalesce(currency, {default})" if "currency" in rows.fields else default,
            "serve": "serve" if "serve" in rows.fields else "null::decimal(18, 4)",
            **{f"segment_{n}": sql for n, sql in enumerate(segments.columns(rows))},
            "segment": (segment := segments.joined(segments.columns(rows))),
            "segment_key": "segment_key" if "segment_key" in rows.fields else segment,
            "line": str(line),
            "updated": "updated" if "updated" in rows.fields else "null::timestamp",
            "problem": reason,
            "row_reason": row_reason,
            "reason": (row_problem := reason if line else f"coalesce({status}, {reason})"),
            "is_used": "amount is not null"
            if rows.index in blank
            else f"is_used({row_problem}, {customer}, day, amount)",
        }
        selected = ", ".join(f"{sql} as {name}" for name, sql in fields.items())
        pieces.append(f"select {selected} from {rows.source}")
    engine.execute(f"create or replace view records as {' union all '.join(pieces)}")


def _only_blank_amounts(engine: DuckDB, rows: Rows) -> bool:
    """Return whether the rows of a sheet that are not used are those without an amount.

    Then it takes a fraction of the time to tell them apart, which nearly all queries do.
    """
    if "reason" not in rows.fields or {"status", "attempt"} & {*rows.fields}:
        return False
    customer = "customer_number" if rows.numbering else "customer"
    is_used = f"is_used(reason, {customer}, day, amount)"
    query = f"select count(amount) = count(*) filter ({is_used}) from {rows.source}"
    return engine.execute(query).fetchone() == (True,)


def orders(engine: DuckDB, stored: Sequence[Rows], path: str, *, are_first_rows: bool) -> None:
    """Create the view `all_orders`.

    Args:
        engine: holds the view `records`.
        stored: each sheet.
        path: "single" or "grouped".
        are_first_rows: the first row of each order says all of it.
    """
    if path == "single":
        engine.run("read/orders/orders_single")
        return
    common = numbering(stored)
    customer = numbered_ids.text("key", common) if common else "key"
    engine.execute(f"create or replace temp macro customer_id(key) as {customer}")
    if are_first_rows:
        engine.run("read/orders/sheet_orders_of_first_rows")
    else:
        engine.run("read/orders/sheet_orders")
    if len(stored) == 1:
        engine.run("read/orders/orders_of_one_sheet")
    else:
        engine.run("read/orders/orders_of_sheets")
    engine.run("read/orders/all_orders")


def numbering(stored: Sequence[Rows]) -> Numbering | None:
    """Return how customers are numbered, if they are in the same way in all sheets."""
    first = stored[0].numbering
    return first if all(rows.numbering == first for rows in stored) else None
