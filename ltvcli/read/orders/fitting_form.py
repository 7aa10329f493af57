"""The form in which the cells of a sheet can be read: plain, tidied, or as numbers.

| cells of the first rows | form                                                        |
| o1, c7, 2024-01-05, 20  | plain, with the numbers 1 and 7 for the IDs                 |
| o1, guest, 5 Jan, $20   | tidied IDs; day and amount need care                        |
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.read.columns.mapping import Columns
from ltvcli.read.orders import numbered_ids, segment_keys, unique_ids
from ltvcli.read.orders.fields import Form
from ltvcli.read.orders.unique_ids import Attempt
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_ODD = "contains({0}, ' ') or contains({0}, '.') or strlen({0}) <> length({0})"
"""Whether an ID may need to be read as tidy_id; cheap enough for every row."""
_ODD_IN_SAMPLE = """regexp_matches({0}, '[^!-~]|[.]|^[=''"]')"""


def in_numbers(
    engine: DuckDB,
    table: str,
    columns: Columns,
    form: Form,
    attempt: Attempt,
    samples: numbered_ids.Samples,
) -> Form:
    """Return the form with numbers for IDs and segments, if those in the first rows allow it.

    Args:
        engine: holds the table.
        table: the first rows of one sheet.
        columns: what its columns mean.
        form: how it was read.
        attempt: whether numbers of orders have to "differ" or may "repeat".
        samples: further IDs and segments.
    """
    if attempt == "differ":  # the only sheet
        segments = segment_keys.frequent(engine, table, columns, samples["segment"])
        form = replace(form, segments=segments)
    has_orders = "order" in columns.position and "refund_of" not in columns.position
    if has_orders and attempt == "differ":
        form = replace(form, order_prefix=unique_ids.prefix(engine, table))
    if form.id != "plain_id":
        return form
    fields = {"customer": "customer", **({"order": "order_key"} if has_orders else {})}
    ids = {
        role: numbered_ids.sampled(engine, table, column, samples[role])
        for role, column in fields.items()
    }
    short = frozenset(role for role, known in ids.items() if numbered_ids.are_short(known))
    form = replace(form, customers=numbered_ids.numbering(ids["customer"]), short=short)
    if has_orders and form.order_prefix is None and form.customers is not None:
        form = replace(form, orders=numbered_ids.numbering(ids["order"]))
    return form


def ids_are_numbers(form: Form, columns: Columns) -> bool:
    """Return whether the IDs of customers and orders are read as numbers, which proves them."""
    return form.customers is not None and (
        form.order_prefix is not None or form.orders is not None or "order" not in columns.position
    )


def with_proved_ids(engine: DuckDB, table: str, form: Form) -> Form:
    """Return the form, without numbers of customers unless all stored IDs are such numbers.

    Args:
        engine: holds the table.
        table: rows of one sheet.
        form: how it was read.
    """
    numberings = {"customer": form.customers, "order": form.orders}
    odd = [numbered_ids.are_odd(name, known) for name, known in numberings.items() if known]
    (is_odd,) = engine.execute(f"select {' or '.join(odd)} from {table}").fetchone() or (True,)
    return replace(form, customers=None) if is_odd else form


def fitting(
    engine: DuckDB,
    table: str,
    fields: tuple[str, ...],
    form: Form,
    settings: ReadingSettings,
    *,
    is_sample: bool,
) -> Form:
    """Return the form that fits the stored cells: the one they were read in, if that did.

    Args:
        engine: holds the table.
        table: rows of one sheet.
        fields: its columns.
        form: how it was read.
        settings: of which the last day matters.
        is_sample: these are the first rows only, so that IDs are looked at closely.
    """
    odd = _ODD_IN_SAMPLE if is_sample else _ODD
    order = f"bool_or({odd.format('order_key')})" if "order_key" in fields else "false"
    customers = (
        "bool_or(is_nobody(customer)), bool_or(contains(customer, '@')), "
        f"bool_or({odd.format('customer')})"
    )
    if form.customers:
        customers = numbered_ids.are_odd("customer", form.customers)
    if form.orders:
        order = numbered_ids.are_odd("order", form.orders)
    cells, *ids = engine.execute(
        f"""
        select count(*) <> count(day) or count(*) <> count(amount)
                or sane_day(min(day)) is null or sane_day(max(day)) is null or max(day) > $today,
            {customers}, {order}
        from {table}
        """,
        {"today": settings.today or date.max},
    ).fetchone() or (True,)
    *of_customers, is_odd_order = ids
    if form.orders and not any(of_customers):
        orders = None if is_odd_order else form.orders  # the IDs are read as text next
        form = replace(form, orders=orders)
    elif any(ids):
        form = replace(form, id="tidy_id", customers=None, orders=None)
    return replace(form, careful=bool(cells))
