"""Sheets to the table `orders`: every row accounted for, totals exact to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import ConvertedCurrencyError, MixedCurrencyError
from ltvcli.facts.orders import AS_IT_IS, Numbering
from ltvcli.read.columns import by_content, converted_amounts, status_columns
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import (
    accounting,
    customers_file,
    damaged_ids,
    ids_and_emails,
    latest_state,
    no_sales,
    numbered_ids,
    overlaps,
    rows_to_orders,
    segment_keys,
    segments,
    total_rows,
    unique_ids,
)
from ltvcli.read.orders.customers_file import ROLE
from ltvcli.read.orders.requested_columns import RequestedColumns, located
from ltvcli.read.orders.rows import Rows
from ltvcli.read.orders.store import store
from ltvcli.results import InputFile, Quantity
from ltvcli.settings.reading import ReadingSettings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


Usable = Sequence[tuple[Any, ...]]
"""Currencies of usable orders, each with its number of orders and of refunds."""


class Reading(Struct, frozen=True, kw_only=True):
    """The input read: the files with every row accounted for, and common facts."""

    inputs: tuple[InputFile, ...]
    currency: str | None
    as_of: date
    no_customer_revenue: Decimal
    has_cost: bool
    numbering: Numbering = AS_IT_IS
    has_segment_keys: bool = False  # of orders: their segments are keys of `segment_keys`


def load(
    sheets: Sequence[Sheet],
    settings: ReadingSettings,
    engine: DuckDB,
    requested: RequestedColumns | None = None,
) -> Reading:
    """Fill the tables `orders`, `excluded_rows` and, if requested, `customer_segments`.

    Args:
        sheets: files of orders, opened.
        settings: how to read them.
        engine: gets the tables.
        requested: columns of segments and costs.

    Raises:
        InputError: a file is not what it should be; each reason has its own class.
        UnansweredError: no order is left to count.
        InternalError: rows or money were lost on the way.
    """
    engine.define_macros("read/macros")
    wanted = requested or RequestedColumns()
    of_customers = {ROLE} if wanted.customers else set()
    chosen = {role: name for role, name in settings.map.items() if role not in of_customers}
    known = [by_content.understand(engine, sheet, chosen) for sheet in sheets]
    place = located(latest_state.located(known), sheets, wanted, chosen)
    columns = [
        status_columns.without_flags(engine, sheet, meaning, chosen)
        for sheet, meaning in zip(sheets, place.orders, strict=True)
    ]
    watched = [
        status_columns.watch(engine, sheet, meaning, settings)
        for sheet, meaning in zip(sheets, columns, strict=True)
    ]
    stored, alerts, is_unique = _stored(engine, sheets, columns, watched, settings)
    damaged = {} if is_unique else damaged_ids.separate(engine, stored)
    stored, shops = (stored, {}) if is_unique else latest_state.separate_shops(engine, stored)
    is_unique = is_unique or (bool(damaged or shops) and unique_ids.are_unique(engine, stored))
    stored, excluded = no_sales.exclude(engine, stored, settings)
    stored = [total_rows.exclude(engine, rows) for rows in stored]
    for rows in stored:
        segments.trim_values(engine, rows)
    stored = [segment_keys.completed(engine, rows) for rows in stored]
    shapes, are_first_rows = rows_to_orders.records(engine, stored, settings, is_unique=is_unique)
    path = "single" if is_unique else "grouped"
    state_alerts = {} if is_unique else latest_state.rank(engine, stored)
    rows_to_orders.orders(engine, stored, path, are_first_rows=are_first_rows)
    if path == "grouped" and (wanted.by or wanted.cost_to_serve):
        segments.of_whole_orders(engine, len(wanted.by))
    usable = accounting.rows_of(engine, "read/orders/usable")
    currency = _currency(engine, stored, settings, usable)
    has_reasons = _dependent_reasons(engine, currency, settings, usable)
    engine.run("read/orders/from_sheets" if has_reasons else "read/orders/view")
    engine.run(f"read/orders/excluded_{path}")
    of_segments = segments.notes(engine, stored, place.customers, path)
    notes = [[*first, *more] for first, more in zip(shapes, of_segments, strict=True)]
    words = [
        no_sales.record(engine, rows, columns, path)
        for rows, columns in zip(stored, excluded, strict=True)
    ]
    checked = engine.row("read/orders/checked")
    inputs = accounting.files(
        engine,
        stored,
        notes,
        words,
        path,
        state_alerts,
        revenue=checked["total"],
        has_dependent=has_reasons,
    )
    accounting.check(engine, stored, inputs, path, checked)
    inputs = _customers_before_period(engine, inputs, settings)
    inputs = tuple(
        by_content.flagged(file, rows.columns) for file, rows in zip(inputs, stored, strict=True)
    )
    _add_alerts_on_ids(engine, stored, alerts, damaged, shops, path)
    for index, checks in alerts.items():
        for check, facts in checks.items():
            inputs = accounting.with_alert(inputs, index, check, facts)
    days = [file.last for file in inputs if file.last]
    as_of = settings.as_of or min([max(days), *([settings.to] if settings.to else [])])
    if wanted.customers:
        named = customers_file.add(
            engine, len(sheets), wanted.customers, place.customers, place.orders, settings.map
        )
        inputs = (*inputs, named)
    elif requested:
        engine.run("read/orders/no_customers_file")
    return Reading(
        inputs=inputs,
        currency=currency,
        as_of=as_of,
        no_customer_revenue=_no_customer(engine, inputs, currency),
        has_cost=any({"cost", "unit_cost"} & rows.columns.position.keys() for rows in stored),
        numbering=rows_to_orders.numbering(stored) or AS_IT_IS,
        has_segment_keys=path == "single" and "segment_key" in stored[0].fields,
    )


def _stored(
    engine: DuckDB,
    sheets: Sequence[Sheet],
    columns: Sequence[Columns],
    watched: Sequence[tuple[Watched, ...]],
    settings: ReadingSettings,
) -> tuple[list[Rows], damaged_ids.Alerts, bool]:
    """Store all sheets, with numbers for IDs if that holds for all IDs of all sheets.

    Args:
        engine: gets the tables.
        sheets: files of orders.
        columns: what their columns mean.
        watched: columns whose cells may say that a row is no sale, by sheet.
        settings: how to read them.

    Returns:
        What was stored, the facts about repaired IDs, and whether each row has an order ID of its
        own.
    """
    samples = numbered_ids.spread(sheets, columns)
    for in_numbers in unique_ids.attempts(sheets):
        stored = [
            store(engine, index, *of_sheet, settings, in_numbers=in_numbers, samples=samples)
            for index, of_sheet in enumerate(zip(sheets, columns, watched, strict=True))
        ]
        if not numbered_ids.are_alike(stored):
            continue  # IDs of two sheets could not be compared
        alerts = damaged_ids.repair(engine, stored)
        is_unique = unique_ids.are_unique(engine, stored)
        if is_unique or not unique_ids.has_numbers_only(stored[0]):
            break
    if is_unique:
        unique_ids.drop_numbers(engine, stored[0])
    return stored, alerts, is_unique


def _add_alerts_on_ids(
    engine: DuckDB,
    stored: Sequence[Rows],
    alerts: damaged_ids.Alerts,
    damaged: Mapping[int, tuple[int, str]],
    shops: Mapping[int, int],
    path: str,
) -> None:
    """Add the facts of warnings about the IDs of orders and customers to `alerts`.

    Args:
        engine: holds what was read.
        stored: each sheet.
        alerts: facts by sheet and check.
        damaged: sheets with order IDs that lost their last digits.
        shops: sheets with the order IDs of another shop, and how many.
        path: "single" or "grouped".
    """
    for index, facts in damaged_ids.damaged_orders(engine, damaged, path).items():
        alerts[index]["damaged-order-ids"] = facts
    for index, orders in shops.items():
        alerts[index]["order-ids-of-several-shops"] = {"orders": Quantity(orders, Unit.COUNT)}
    for index, facts in overlaps.facts(engine, stored).items():
        alerts[index][overlaps.CHECK] = facts
    for rows in stored:
        if rows.columns.is_name:
            alerts[rows.index]["customers-by-name"] = {"column": rows.columns.name("customer")}
    sheet, facts_of_pairs = ids_and_emails.compare(engine, stored)
    alerts[sheet] |= facts_of_pairs


def _currency(
    engine: DuckDB, stored: Sequence[Rows], settings: ReadingSettings, usable: Usable
) -> str | None:
    """Return the currency of what is usable; a chosen one wins.

    Args:
        engine: holds what was read.
        stored: each sheet.
        settings: of which `currency` matters.
        usable: number of orders and of refunds, by currency.

    Raises:
        ConvertedCurrencyError: there are several, and columns with converted amounts.
        MixedCurrencyError: there are several.
    """
    counts = {code: orders for code, orders, _ in usable if code}
    if settings.currency:
        return settings.currency.upper()
    if len(counts) > 1:
        shown = ", ".join(f"{code} {orders}" for code, orders in counts.items())
        facts = {"counts": shown, "currency": next(iter(counts))}
        if roles := converted_amounts.in_one_currency(engine, stored[0].sheet, stored[0].columns):
            raise ConvertedCurrencyError(**facts, **converted_amounts.facts(roles))
        raise MixedCurrencyError(**facts)
    return next(iter(counts), None)


def _customers_before_period(
    engine: DuckDB, inputs: tuple[InputFile, ...], settings: ReadingSettings
) -> tuple[InputFile, ...]:
    """Add the number of customers of the period who ordered before it, with their revenue."""
    if not settings.from_:
        return inputs
    before = engine.row("read/orders/before_from")
    if not before["customers"]:
        return inputs
    facts = accounting.before_period(before, settings.from_)
    return accounting.with_alert(inputs, 0, "customers-before-period", facts)


def _no_customer(engine: DuckDB, inputs: Sequence[InputFile], currency: str | None) -> Decimal:
    """Return the revenue of orders without a customer.

    Args:
        engine: holds the orders.
        inputs: the record of each file.
        currency: of the orders that count.
    """
    if not any("no-customer" in file.set_aside for file in inputs):
        return Decimal(0)
    revenue: Decimal = engine.row("read/orders/no_customer", {"currency": currency})["revenue"]
    return revenue


def _dependent_reasons(
    engine: DuckDB, currency: str | None, settings: ReadingSettings, usable: Usable
) -> bool:
    """Fill the table `dependent_reasons`: reasons that depend on other orders. Return if any do.

    Args:
        engine: gets the table.
        currency: of the orders that count.
        settings: of which the period matters.
        usable: number of orders and of refunds, by currency.
    """
    engine.execute(
        "create or replace table dependent_reasons (sheet integer, record bigint, reason text)"
    )
    refunds = sum(refunds for *_, refunds in usable)
    has_other_currency = any(code not in (None, currency) for code, *_ in usable)
    if not (refunds or has_other_currency or settings.new_since or settings.from_):
        return False
    limits = {"new_since": settings.new_since, "since": settings.from_}
    engine.run("read/orders/dependent_reasons", {"currency": currency, **limits})
    row = engine.execute("select count(*) from dependent_reasons").fetchone()
    return bool(row and row[0])
