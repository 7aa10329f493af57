"""Sheets to the table `orders`: every row accounted for, totals exact to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ltvcli.config import Settings
from ltvcli.errors import (
    AllZeroError,
    InternalError,
    MixedCurrencyError,
    NoCustomersError,
    NothingUsableError,
)
from ltvcli.language import N_
from ltvcli.read import shape
from ltvcli.read.mapping import currency_of, understand
from ltvcli.read.rows import Rows, store
from ltvcli.read.sheet import Sheet
from ltvcli.results import InputFile, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: the files with every row accounted for, and what holds for all of them."""

    inputs: tuple[InputFile, ...]
    currency: str | None
    as_of: date
    no_customer_revenue: Decimal
    has_cost: bool
    notes: tuple[Sentence, ...] = ()


def load(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
    """Fill the tables `orders` and `set_aside` of the engine.

    Raises:
        InputError: a file is not what it should be; each reason has its own class.
        UnansweredError: no order is left to count.
        InternalError: rows or money were lost on the way.
    """
    engine.run("read_macros")
    known = [understand(sheet, settings.map) for sheet in sheets]
    stored = [
        store(engine, index, sheet, columns, settings)
        for index, (sheet, columns) in enumerate(zip(sheets, known, strict=True))
    ]
    shapes = [shape.is_line(engine, rows) for rows in stored]
    _records(engine, stored, [line for line, _ in shapes], settings)
    path = "single" if engine.row("read_ids_are_unique")["yes"] else "grouped"
    engine.run(f"read_{path}")
    currency = _currency(engine, settings)
    late = {"currency": currency, "new_since": settings.new_since}
    engine.run("read_late", late)
    late_rows = engine.execute("select count(*) from late").fetchone()[0]
    engine.run("read_orders" if late_rows else "read_orders_view")
    engine.run(f"read_set_aside_{path}")
    _check_total(engine, path)
    inputs = _inputs(engine, stored, [notes for _, notes in shapes], path)
    _check_usable(engine, stored, inputs)
    days = [one.last for one in inputs if one.last]
    as_of = settings.as_of or min([max(days), *([settings.to] if settings.to else [])])
    return Reading(
        inputs=inputs,
        currency=currency,
        as_of=as_of,
        no_customer_revenue=engine.row("read_no_customer", {"currency": currency})["revenue"],
        has_cost=any({"cost", "unit_cost"} & one.columns.position.keys() for one in stored),
    )


def _records(
    engine: DuckDB, stored: Sequence[Rows], lines: Sequence[bool], settings: Settings
) -> None:
    """Put all sheets under one another; `lone` is a reason that holds for the row, not the order."""
    seen: set[str] = set()
    pieces = []
    for rows, line in zip(stored, lines, strict=True):
        lone = "status" if line else "null"
        if rows.sheet.sha256 in seen:
            lone = "'duplicate-file'"
        seen.add(rows.sheet.sha256)
        profile = rows.columns.profile
        amount = rows.columns.name("amount")
        code = settings.currency or profile.currency or currency_of(amount)
        currency = (
            f"coalesce(currency, '{code.upper()}')" if code and code.isalpha() else "currency"
        )
        pieces.append(f"""
            select {rows.index} as sheet, rowid as record, '{profile.name}' as source, order_key,
                coalesce(order_key, chr(1) || {rows.index} || '.' || rowid) as key,
                customer, day, amount, minus, cost, {currency} as currency, {line} as line,
                reason as problem, {lone}::text as lone,
                {"reason" if line else "coalesce(status, reason)"} as reason
            from {rows.table}
            """)
    engine.execute(f"create or replace view records as {' union all '.join(pieces)}")


def _currency(engine: DuckDB, settings: Settings) -> str | None:
    """Tell the one currency of what is usable; the chosen one wins."""
    counts = _usable(engine)
    codes = [code for code in counts if code]
    if settings.currency:
        return settings.currency.upper()
    if len(codes) > 1:
        shown = ", ".join(f"{code} {counts[code]}" for code in codes)
        raise MixedCurrencyError(counts=shown, currency=codes[0])
    return codes[0] if codes else None


def _usable(engine: DuckDB) -> Mapping[str | None, int]:
    found = engine.columns("read_usable")
    return dict(zip(found["currency"], map(int, found["orders"]), strict=True))


def _check_total(engine: DuckDB, path: str) -> None:
    said = engine.row(f"read_total_{path}")["total"]
    row = engine.execute("select coalesce(sum(amount), 0) from orders").fetchone()
    if row is None or Decimal(said) != Decimal(row[0]):
        raise InternalError(what=f"rows add up to {said}, orders to {row}")


def _check_usable(engine: DuckDB, stored: Sequence[Rows], inputs: Sequence[InputFile]) -> None:
    row = engine.execute(
        "select count(*) filter (counted), count(*) filter (amount <> 0) from orders"
    ).fetchone()
    orders, not_zero = row or (0, 0)
    reasons: Counter[str] = Counter()
    for one in inputs:
        reasons.update(one.set_aside)
    first = stored[0]
    if not orders:
        if reasons["no-customer"] * 2 > reasons.total():
            raise NoCustomersError(
                file=first.sheet.name,
                column=first.columns.name("customer"),
                count=reasons["no-customer"],
            )
        shown = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        raise NothingUsableError(reasons=shown)
    if not not_zero:
        raise AllZeroError(file=first.sheet.name, column=first.columns.name("amount"))


def _inputs(
    engine: DuckDB, stored: Sequence[Rows], shapes: Sequence[Sequence[Sentence]], path: str
) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Raises:
        InternalError: rows read are not rows used plus rows set aside.
    """
    sheets = {row[0]: row[1:] for row in _all(engine, "read_sheets")}
    used = {row[0]: row[1] for row in _all(engine, "read_used")}
    reasons: dict[int, dict[str, int]] = {rows.index: {} for rows in stored}
    for sheet, reason, count, distinct in _all(engine, "read_reasons"):
        if count != distinct:
            raise InternalError(what=f"{count - distinct} rows were set aside twice")
        reasons[sheet][reason] = count
    conflicts = (
        {row[0]: row[1:] for row in _all(engine, "read_conflicts")} if path == "grouped" else {}
    )
    made = []
    for rows, notes in zip(stored, shapes, strict=True):
        records, first, last = sheets.get(rows.index, (0, None, None))
        aside = reasons[rows.index]
        if records != used.get(rows.index, 0) + sum(aside.values()):
            raise InternalError(what=f"rows of {rows.sheet.name} were lost")
        aside = aside | Counter(one.reason for one in rows.ragged)
        made.append(
            InputFile(
                path=rows.sheet.name,
                kind="orders",
                profile=rows.columns.profile.name,
                sha256=rows.sheet.sha256,
                first=first,
                last=last,
                rows_read=records + len(rows.ragged),
                rows_used=used.get(rows.index, 0),
                set_aside=aside,
                columns=rows.columns.named(),
                notes=(*rows.notes, *notes, *_conflicts(*conflicts.get(rows.index, (0, 0, 0)))),
            )
        )
    return tuple(made)


def _conflicts(customers: int, days: int, amounts: int) -> list[Sentence]:
    said = (
        (customers, N_("{count} orders name more than one customer; the first one counts.")),
        (days, N_("{count} orders have more than one date; the first one counts.")),
        (amounts, N_("{count} orders have more than one total; the first one counts.")),
    )
    return [Sentence(text, {"count": Quantity(n, Unit.COUNT)}) for n, text in said if n]


def _all(engine: DuckDB, name: str) -> list[tuple[object, ...]]:
    engine.run(name)
    return engine.connection.fetchall()
