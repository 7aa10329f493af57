"""Cells of an export to the fields of a canonical row, as SQL.

| role     | cell             | field                |
| customer | ` C-1 `          | customer 'C-1'       |
| date     | 2026-01-05 10:00 | day 2026-01-05       |
| amount   | $20.00           | amount 20.0000       |
|          |                  | currency 'USD'       |
| refund   | 5.00             | minus 5.0000         |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from ltvcli.facts.orders import Numbering
from ltvcli.read.columns.amount_set import TOTALS
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.orders import (
    amount_fields,
    amounts,
    dates,
    number_evidence,
    numbered_ids,
    segment_keys,
)
from ltvcli.settings.reading import ReadingSettings

_DOLLARS = {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"}
_YEN = {"JPY", "CNY"}


class Form(Struct, frozen=True, kw_only=True):
    """How cells are read: macros of sql/read/macros.sql for IDs, days and each number.

    `careful` gives each row its reason; without it, a row that would need one has no amount or day.
    With `order_prefix`, numbers are stored in place of order ids: what follows this text in each.
    With `customers` and `orders`, numbers are stored that IDs can be written again from. Numbers of
    the roles in `short` take 32 bits. With `shows_odd`, the only amount is stored as text too if it
    is not plain; unless `careful`, that is the reason why its row is not used. The columns in
    `typed` keep the types of a Parquet file. The values in `segments` are stored as numbers.
    """

    id: str
    day: str
    number: Mapping[str, str]
    careful: bool
    order_prefix: str | None = None
    customers: Numbering | None = None
    orders: Numbering | None = None
    short: frozenset[str] = frozenset()
    shows_odd: bool = False
    typed: frozenset[str] = frozenset()
    segments: segment_keys.Values = ()


class Selection(Struct, frozen=True, kw_only=True):
    """SQL of the fields of a row, of what they are made from, and the values of its parameters.

    Nothing a user wrote stands in the SQL: columns are numbered, all else is a parameter. What
    `cells` reads is named in several places, by later cells too, and is read once.
    """

    cells: Mapping[str, str]
    fields: Mapping[str, str]
    values: Mapping[str, Any]


def select(
    columns: Columns, form: Form, settings: ReadingSettings, watched: Sequence[Watched] = ()
) -> Selection:
    """Write the SQL of each field a file gives cause for.

    Args:
        columns: what the columns of the sheet mean.
        form: how its cells are read.
        settings: period, as-of date, currency and date format.
        watched: columns whose cells may exclude rows.
    """
    values: dict[str, Any] = {}
    values |= dates.parameters(form.day, settings.date_format)
    cell = {role: f"c{position}" for role, position in columns.position.items()}
    number = {role: f"number_{role}" for role in form.number}
    points = {role: cell[role] for role, name in form.number.items() if name == "point"}
    cells = {f"cast_{role}": f"plain_number({text})" for role, text in points.items()}
    cells |= {number[role]: f"{name}_number({cell[role]})" for role, name in form.number.items()}
    for role, text in points.items():
        is_cast = f"cast_{role}::decimal(18, 2)::text = {text}"
        cells[number[role]] = f"case when {is_cast} then cast_{role} else point_number({text}) end"
    if columns.profile.minor_units:
        code = _code(cell, settings, values)
        for role in form.number.keys() - {"quantity"}:
            cells[number[role]] = f"in_whole_units({cells[number[role]]}, {code})"
    customer = {"customer": _customer(cell, form, cells)}
    day = form.day.format(cell["date"])
    if form.careful:
        cells["day_in_cell"], day = day, "day_in_cell"
    if form.customers is not None:
        of = "customer", cell["customer"], form.customers
        is_short = "customer" in form.short
        customer = numbered_ids.field(*of, cells, values, is_short=is_short)
    amount = amount_fields.amount(number, _product)
    if not form.careful:
        amount = _if_plain(amount, number, cell, form)
    fields = {
        **customer,
        "day": day,
        "amount": amount,
        "odd_amount": _odd_amount(cell, form),
        **_order(cell, form, cells, values),
        "minus": amount_fields.minus(number),
        "cost": amount_fields.cost(number, _product),
        "serve": number.get("serve", ""),
        "currency": _currency(cell, form, settings, values),
        **_repaired(cell, form),
        **{f"state_{n}": column.cell(n, values) for n, column in enumerate(watched)},
        "refunded": amount_fields.refunded(columns, number) if watched else "",
        "reason": _reason(columns, cell, number, form, settings, values),
        "updated": _updated(cell, form),
    }
    if columns.email is not None:
        fields["email"] = f"c{columns.email}"
    if form.segments:
        fields |= segment_keys.fields(f"c{segment_keys.place(columns)}", form.segments, values)
    else:
        for place, position in enumerate(columns.by.values()):
            fields[f"segment_{place}"] = "" if position is None else f"c{position}"
    fields = {name: sql for name, sql in fields.items() if sql}
    return Selection(cells=cells, fields=fields, values=values)


def amount_sql(columns: Columns, form: Form) -> str:
    """Write the SQL of the amount of a row."""
    position = columns.position
    numbers = {role: f"{name}_number(c{position[role]})" for role, name in form.number.items()}
    return amount_fields.amount(numbers, _product)


def _if_plain(amount: str, number: Mapping[str, str], cell: Mapping[str, str], form: Form) -> str:
    """Write the SQL of an amount that is NULL unless all cells can be read in one way only.

    A number with cents that is written again as it stands in its cell is plain; that takes half the
    time of looking at the text.

    Args:
        amount: SQL of the amount.
        number: SQL of the number of each role.
        cell: SQL of the cell of each role.
        form: how cells are read.
    """
    reals = [f"is_plain_real({cell[role]})" for role in number if form.number[role] == "real"]
    texts = {number[role]: cell[role] for role in number if cell[role] not in form.typed}
    same = [f"{again}::decimal(18, 2)::text = {text}" for again, text in texts.items()]
    plain = [f"is_plain_number({text})" for text in texts.values()]
    tests = dict.fromkeys(" and ".join([*reals, *those]) for those in (same, plain))
    cases = [f"when {test} then {amount}" for test in tests if test]
    return f"case {' '.join(cases)} end" if cases else amount


def _product(price: str, quantity: str) -> str:
    return f"try(({price}::decimal(24, 4) * {quantity}::decimal(14, 4))::decimal(18, 4))"


def _customer(cell: Mapping[str, str], form: Form, cells: dict[str, str]) -> str:
    """Write the SQL of the ID of a customer; what several fields name goes into `cells`."""
    if form.id != "tidy_id":
        return f"{form.id}({cell['customer']})"
    cells["clean_customer"] = f"clean_id({cell['customer']})"
    cells["tidy_customer"] = f"tidied_id({cell['customer']}, clean_customer)"
    return "tidy_customer"


def _order(
    cell: Mapping[str, str], form: Form, cells: dict[str, str], values: dict[str, Any]
) -> dict[str, str]:
    """Write the SQL of the ID of an order, or of the number that stands for it.

    Args:
        cell: SQL of the cell of each role.
        form: how cells are read.
        cells: gets what several fields name.
        values: gets the parameters named in the SQL.
    """
    if "order" not in cell:
        return {}
    is_short = "order" in form.short
    if form.orders is not None:
        of = "order", cell["order"], form.orders
        return numbered_ids.field(*of, cells, values, is_short=is_short)
    if form.order_prefix is not None:
        digits = numbered_ids.behind(form.order_prefix, cell["order"])
        return {"order_number": numbered_ids.number(digits, is_short=is_short)}
    order = f"plain_id({cell['order']})"
    if form.id == "tidy_id":
        cells["tidy_order"], order = f"order_id({cell['order']})", "tidy_order"
    if "refund_of" in cell:
        named = f"order_id({cell['refund_of']})"
        order = f"case when amount < 0 then coalesce({named}, {order}) else {order} end"
    return {"order_key": order}


def _repaired(cell: Mapping[str, str], form: Form) -> dict[str, str]:
    """Write the SQL of original IDs, if more than surrounding spaces was changed."""
    if form.id != "tidy_id":
        return {}
    customer = cell["customer"]
    fields = {
        "raw_customer": f"case when not contains(customer, '@') and customer <> trim({customer}) "
        f"then {customer} end"
    }
    if "order" in cell and "refund_of" not in cell and form.order_prefix is None:
        fields["raw_order"] = (
            f"case when order_key <> trim({cell['order']}) then {cell['order']} end"
        )
    return fields


def _odd_amount(cell: Mapping[str, str], form: Form) -> str:
    """Write the SQL of the cell of an amount that is not plain."""
    if not form.shows_odd:
        return ""
    ((role, name),) = form.number.items()
    number = f"cast_{role}" if name == "point" else f"number_{role}"
    is_cast = f"{number}::decimal(18, 2)::text = {cell[role]}"
    return f"case when {is_cast} then null else {number_evidence.odd(cell[role])} end"


def _currency(
    cell: Mapping[str, str], form: Form, settings: ReadingSettings, values: dict[str, Any]
) -> str:
    if "currency" in cell:
        return f"nullif(upper(trim({cell['currency']})), '')"
    role = next(role for role in (*TOTALS, "price") if role in form.number)
    if form.number[role] in ("plain", "real"):
        return ""
    number = f"cast_{role}" if form.number[role] == "point" else f"plain_number({cell[role]})"
    return f"case when {number} is null then {symbols(cell[role], settings, values)} end"


def _code(cell: Mapping[str, str], settings: ReadingSettings, values: dict[str, Any]) -> str:
    """Write the SQL of the currency whose smallest unit amounts are counted in."""
    values["code"] = (settings.currency or "").upper()
    return f"coalesce(upper(trim({cell['currency']})), $code)" if "currency" in cell else "$code"


def symbols(cell: str, settings: ReadingSettings, values: dict[str, Any]) -> str:
    """Write the SQL of the currency code of the symbol in a cell.

    Args:
        cell: SQL of the cell.
        settings: of which `currency` matters: it says what $ and ¥ stand for.
        values: gets the parameters `dollar` and `yen`.
    """
    currency = (settings.currency or "").upper()
    values["dollar"] = currency if currency in _DOLLARS else "USD"
    values["yen"] = currency if currency in _YEN else "JPY"
    return f"symbol_code({cell}, $dollar, $yen)"


def _updated(cell: Mapping[str, str], form: Form) -> str:
    """Write the SQL of the moment of the last change; offsets are left out as in dates."""
    if "updated" not in cell:
        return ""
    updated = cell["updated"]
    return f"coalesce(try_cast({updated} as timestamp), {form.day.format(updated)})"


def _reason(
    columns: Columns,
    cell: Mapping[str, str],
    number: Mapping[str, str],
    form: Form,
    settings: ReadingSettings,
    values: dict[str, Any],
) -> str:
    cases = []
    if form.careful:
        cases.append(f"when day is null and not is_blank({cell['date']}) then 'date-not-a-date'")
    if columns.profile.refunds_name_orders and "refund_of" in cell:
        cases.append(f"when amount < 0 and is_blank({cell['refund_of']}) then 'not-a-sale'")
    limits = (
        ("today", ">", settings.today if form.careful else None, "future-date"),
        ("as_of", ">", settings.as_of, "after-as-of"),
        ("since", "<", settings.from_, "outside-period"),
        ("until", ">", settings.to, "outside-period"),
    )
    for name, sign, limit, reason in limits:
        if limit:
            values[name] = limit
            cases.append(f"when day {sign} ${name} then '{reason}'")
    if form.careful:
        bad = [
            f"{sql} is null and not is_blank({cell[role]})"
            for role, sql in number.items()
            if role in amounts.COUNTED
        ]
        cases.append(f"when {' or '.join(bad)} then 'amount-not-a-number'")
    return f"case {' '.join(cases)} end" if cases else ""
