"""Columns of a table as the fields of a canonical row, as SQL of every engine.

The same fields as of files, in ltvcli/read/orders/fields.py; cells are typed here, and text is read
only where there is one way to read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amount_fields, amounts
from ltvcli.read.orders.amount_fields import MONEY
from ltvcli.read.tables import texts, types
from ltvcli.settings.reading import ReadingSettings


class Cells(Struct, frozen=True, kw_only=True):
    """The cells of a table: SQL of each column as text, and of the table itself.

    Columns are called c0, c1, ... in `source`, a query that selects the `used` ones.
    """

    sheet: Sheet
    used: frozenset[int]

    def text(self, place: int) -> str:
        """Write the SQL of a cell as text."""
        cell = f"c{place}"
        return cell if self.kind(place) == "text" else f"cast({cell} as varchar)"

    def kind(self, place: int) -> types.Type:
        """Return what the type of a column is."""
        return types.kind(self.sheet.types[place])

    @property
    def source(self) -> str:
        """Write the query that selects the used columns of the rows that count."""
        table = self.sheet.table
        assert table is not None
        names = [f"{_cell(self.sheet, place)} as c{place}" for place in sorted(self.used)]
        return f"select {', '.join(names or ['1 as nothing'])} from {table.rows}"


def _cell(sheet: Sheet, place: int) -> str:
    """Write the SQL of a column: text of any type as VARCHAR, padding of CHAR included."""
    name = '"' + sheet.header[place].replace('"', '""') + '"'
    return f"cast({name} as varchar)" if types.kind(sheet.types[place]) == "text" else name


class Selection(Struct, kw_only=True):
    """SQL of the fields by name, and the values of the parameters that it names."""

    fields: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def number(cells: Cells, place: int) -> str:
    """Write the SQL of a number: exact, of four decimals."""
    if cells.kind(place) == "text":
        text = f"c{place}"
        return f"case when {texts.is_number(text)} then cast(trim({text}) as {MONEY}) end"
    if cells.kind(place) == "real":
        return f"cast(cast(c{place} as double) as {MONEY})"
    return f"cast(c{place} as {MONEY})"


def _in_whole_units(
    cells: Cells,
    columns: Columns,
    settings: ReadingSettings,
    numbers: Mapping[str, str],
    values: dict[str, Any],
) -> dict[str, str]:
    """Write the SQL of amounts that are counted in cents, or in what else the currency has.

    Args:
        cells: of the table.
        columns: what its columns mean.
        settings: of which the currency matters here.
        numbers: SQL of the amounts, by role.
        values: gets the parameters that it names.
    """
    values["code_of_units"] = (settings.currency or "").upper()
    code = "cast($code_of_units as varchar)"
    if "currency" in columns.position:
        code = f"coalesce({_currency(cells, columns.position)}, {code})"
    units = texts.minor_units(code)
    factor = f"case {units} when 1 then 1.000 when 1000 then 0.001 else 0.010 end"
    return {
        role: f"cast({sql} * {factor} as {MONEY})"
        for role, sql in numbers.items()
        if role != "quantity"
    }


def day(cells: Cells, place: int) -> str:
    """Write the SQL of a day between 1980 and 9999; NULL for any other."""
    read = texts.day(f"c{place}") if cells.kind(place) == "text" else f"cast(c{place} as date)"
    zone = cells.sheet.table.timezone if cells.sheet.table else None
    if zone and cells.kind(place) == "moment":
        read = f"day_in_zone(c{place}, {texts.literal(zone)})"
    return f"case when {read} between date '1980-01-01' and date '9999-12-30' then {read} end"


def select(
    cells: Cells, columns: Columns, settings: ReadingSettings, watched: Sequence[Watched]
) -> Selection:
    """Write the SQL of each field that the table gives cause for.

    Args:
        cells: of the table.
        columns: what its columns mean.
        settings: period, as-of date and currency.
        watched: columns whose cells may exclude rows.
    """
    made = Selection()
    place = columns.position
    numbers = {role: number(cells, place[role]) for role in amounts.among(columns)}
    if columns.profile.minor_units:
        numbers |= _in_whole_units(cells, columns, settings, numbers, made.values)
    made.fields = {
        "customer": _customer(cells, place["customer"]),
        "moment": f"c{place['date']}",
        "day": day(cells, place["date"]),
        "amount": amount(numbers),
        "order_id": _id(cells, place, "order"),
        "refund_of": _id(cells, place, "refund_of"),
        "reduction": amount_fields.minus(numbers),
        "cost": amount_fields.cost(numbers, _product),
        "serve": numbers.get("serve", ""),
        "currency": _currency(cells, place),
        "refunded": amount_fields.refunded(columns, numbers) if watched else "",
        "bad_day": _is_filled(cells, place["date"]),
        "bad_number": _bad_numbers(cells, place, numbers),
    }
    for n, column in enumerate(watched):
        made.fields[f"state_{n}"] = state(cells, n, column, made.values)
    if columns.email is not None:
        made.fields["email"] = cells.text(columns.email)
    for n, position in enumerate(columns.by.values()):
        made.fields[f"segment_{n}"] = "" if position is None else segment(cells, position)
    made.fields = {name: sql for name, sql in made.fields.items() if sql}
    return made


def segment(cells: Cells, place: int) -> str:
    """Write the SQL of a value to segment by."""
    return f"trim({cells.text(place)})"


def state(cells: Cells, number: int, watched: Watched, values: dict[str, Any]) -> str:
    """Write the SQL of the effect of a watched cell.

    Args:
        cells: of the table.
        number: of the column among those watched.
        watched: the column.
        values: gets the parameters that it names.
    """
    text = cells.text(watched.status.position)
    if watched.status.kind == "date":
        return f"case when not {texts.is_no_date(text)} then '1' end"
    if watched.status.kind == "values":
        lower = f"lower(trim({text}))"
        known = among(f"watched{number}", list(watched.status.rules), values)
        return f"case when {lower} in ({known}) then {lower} end"
    return text


def among(name: str, listed: Sequence[str], values: dict[str, Any]) -> str:
    """Write a list of SQL; its texts become parameters, as no engine takes a list for one.

    Args:
        name: what the names of the parameters begin with.
        listed: the texts, at least one.
        values: gets the parameters.
    """
    names = [f"{name}_{n}" for n in range(len(listed))]
    values.update(zip(names, listed, strict=True))
    return ", ".join(f"${parameter}" for parameter in names)


def reason(settings: ReadingSettings, columns: Columns, values: dict[str, Any]) -> str:
    """Write the SQL of the reason why a row cannot be used, apart from its status.

    Args:
        settings: period and as-of date.
        columns: what the columns of the table mean.
        values: gets the parameters that it names.
    """
    cases = ["when day is null and bad_day then 'date-not-a-date'"]
    if columns.profile.refunds_name_orders and "refund_of" in columns.position:
        cases.append("when amount < 0 and refund_of is null then 'not-a-sale'")
    for name, sign, limit, why in (
        ("today", ">", settings.today, "future-date"),
        ("as_of", ">", settings.as_of, "after-as-of"),
        ("since", "<", settings.from_, "outside-period"),
        ("until", ">", settings.to, "outside-period"),
    ):
        if limit:
            values[name] = limit
            cases.append(f"when day {sign} ${name} then '{why}'")
    cases.append("when bad_number then 'amount-not-a-number'")
    return f"case {' '.join(cases)} end"


def amount(numbers: Mapping[str, str]) -> str:
    """Write the SQL of the amount of a row, from that of its numbers by role."""
    return amount_fields.amount(numbers, _product)


def _product(price: str, quantity: str) -> str:
    pieces = f"cast({quantity} as decimal(14, 4))"
    return f"cast({price} * {pieces} as {MONEY})"


def _is_filled(cells: Cells, place: int) -> str:
    """Write the SQL of whether a cell is filled."""
    cell = f"c{place}"
    return f"not {texts.is_blank(cell)}" if cells.kind(place) == "text" else f"{cell} is not null"


def _customer(cells: Cells, place: int) -> str:
    """Write the SQL of a customer; for whole numbers, 0 means none."""
    text = cells.text(place)
    return f"nullif({text}, '0')" if cells.kind(place) == "whole" else texts.tidy_id(text)


def _id(cells: Cells, place: Mapping[str, int], role: str) -> str:
    if role not in place:
        return ""
    text = cells.text(place[role])
    return text if cells.kind(place[role]) == "whole" else f"nullif(trim({text}), '')"


def order_key(columns: Columns) -> str:
    """Write the SQL of the order that a row is of, from its own ID and the one a refund names."""
    if "order" not in columns.position:
        return ""
    if "refund_of" not in columns.position:
        return "order_id"
    return "case when amount < 0 then coalesce(refund_of, order_id) else order_id end"


def _currency(cells: Cells, place: Mapping[str, int]) -> str:
    return f"nullif(upper(trim(c{place['currency']})), '')" if "currency" in place else ""


def _bad_numbers(cells: Cells, place: Mapping[str, int], numbers: Mapping[str, str]) -> str:
    """Write the SQL of whether a needed number is text that is not a number."""
    bad = [
        f"(({sql}) is null and {_is_filled(cells, place[role])})"
        for role, sql in numbers.items()
        if role in amounts.COUNTED
    ]
    return " or ".join(bad) if bad else "false"
