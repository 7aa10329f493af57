"""One sheet as canonical rows: ids, exact amounts, days, and why a row is no sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ltvcli.config import Settings
from ltvcli.read import amounts, dates, scan
from ltvcli.read.mapping import TOTALS, Columns, first_tier
from ltvcli.read.scan import Ragged
from ltvcli.read.sheet import Sheet
from ltvcli.results import Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_DOLLARS = {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"}
_YEN = {"JPY", "CNY"}
_SAMPLE = 2000  # rows looked at before reading all of them plainly is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The table `sheet_<index>` in the engine: one row per record, in file order.

    `fields` are the columns it has: customer, day, amount, and those of order_key, minus, cost,
    currency, status and reason that the file gives cause for.
    """

    index: int
    sheet: Sheet
    columns: Columns
    fields: tuple[str, ...]
    ragged: tuple[Ragged, ...]
    notes: tuple[Sentence, ...]

    @property
    def table(self) -> str:
        """Name of the table."""
        return f"sheet_{self.index}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How cells are read: macros of sql/read_macros.sql for ids, days and each number.

    `careful` gives each row its reason; without it, a row that would need one has no amount or day.
    """

    id: str
    day: str
    number: Mapping[str, str]
    careful: bool


def store(engine: DuckDB, index: int, sheet: Sheet, columns: Columns, settings: Settings) -> Rows:
    """Store one sheet in the engine.

    Plain files are read once, without cleaning, and then proved to have needed none: no amount or
    date is blank or written in a way that needs deciding. All others are looked at as a whole, and
    read with care.
    """
    table = f"sheet_{index}"
    fields: tuple[str, ...] = ()
    notes: list[Sentence] = []
    form = _Form(
        id="plain_id",
        day=dates.PLAIN,
        number=dict.fromkeys(amounts.among(columns), "plain"),
        careful=bool(columns.decimal or settings.date_format),
    )
    if not form.careful:
        for limit in (_SAMPLE, None):
            fields = _store(engine, table, sheet, columns, settings, form, limit)
            cells, ids = _left_over(engine, table, fields, settings)
            if cells:
                form = replace(form, careful=True)
                break
            if ids and form.id == "plain_id":
                form = replace(form, id="tidy_id")
                if limit is None:
                    fields = _store(engine, table, sheet, columns, settings, form, None)
    if form.careful:
        number, day, notes = _decided(engine, sheet, columns, settings)
        form = _Form(id="tidy_id", number=number, day=day, careful=True)
        fields = _store(engine, table, sheet, columns, settings, form, None)
    return Rows(
        index=index,
        sheet=sheet,
        columns=columns,
        fields=fields,
        ragged=tuple(scan.ragged(engine.connection, sheet)),
        notes=tuple(notes),
    )


def _decided(
    engine: DuckDB, sheet: Sheet, columns: Columns, settings: Settings
) -> tuple[dict[str, str], str, list[Sentence]]:
    """Decide how numbers and days are written, from whole columns where plain reading fails."""
    source, parameters = scan.relation(sheet)
    roles = amounts.among(columns)
    tests = [f"bool_or(not is_plain_number(c{columns.position[role]}))" for role in roles]
    cell = f"c{columns.position['date']}"
    tests.append(f"bool_or({dates.SANE.format(cell)} is null and not is_blank({cell}))")
    odd = engine.execute(f"select {', '.join(tests)} from {source}", parameters).fetchone() or ()
    number = dict.fromkeys(roles, "plain")
    notes: list[Sentence] = []
    for role, is_odd in zip(roles, odd, strict=False):
        if is_odd or columns.decimal:
            number[role], found = amounts.form(engine, sheet, columns, role)
            notes += found
    if settings.date_format:
        return number, dates.GIVEN, notes
    if not odd[-1]:
        return number, dates.SANE, notes
    day, found = dates.form(engine, sheet, columns)
    return number, day, [*notes, *found]


def _left_over(
    engine: DuckDB, table: str, fields: tuple[str, ...], settings: Settings
) -> tuple[bool, bool]:
    """Tell whether cells, and whether ids, need more than was done for them."""
    order = "bool_or(contains(order_key, ' '))" if "order_key" in fields else "false"
    cells, *ids = engine.execute(
        f"""
        select count(*) <> count(day) or count(*) <> count(amount)
                or not coalesce(sane_day(min(day)) = min(day) and sane_day(max(day)) <= $today, true),
            bool_or(is_nobody(customer)), bool_or(contains(customer, ' ')),
            bool_or(contains(customer, '@')), {order}
        from {table}
        """,
        {"today": settings.today or date.max},
    ).fetchone() or (True,)
    return bool(cells), any(ids)


def _store(
    engine: DuckDB,
    table: str,
    sheet: Sheet,
    columns: Columns,
    settings: Settings,
    form: _Form,
    limit: int | None,
) -> tuple[str, ...]:
    """Create the table from the whole sheet or its first rows, and name its columns."""
    source, parameters = scan.relation(sheet)
    values: dict[str, Any] = dict(parameters)
    if form.day == dates.GIVEN:
        values["formats"] = dates.formats(str(settings.date_format))
    cell = {role: f"c{number}" for role, number in columns.position.items()}
    number = {role: f"{name}_number({cell[role]})" for role, name in form.number.items()}
    amount = _amount(number)
    if not form.careful:
        plain = " and ".join(f"is_plain_number({cell[role]})" for role in number)
        amount = f"case when {plain} then {amount} end"
    fields = {
        "customer": f"{form.id}({cell['customer']})",
        "day": form.day.format(cell["date"]),
        "amount": amount,
        "order_key": _order(cell, form),
        "minus": _minus(number),
        "cost": _cost(number),
        "currency": _currency(cell, form, settings, values),
        "status": _status(columns, values),
        "reason": _reason(cell, number, form, settings, values),
    }
    given = {name: sql for name, sql in fields.items() if sql}
    selected = ", ".join(f"{sql} as {name}" for name, sql in given.items())
    first = f" limit {limit}" if limit else ""
    engine.execute(
        f"create or replace table {table} as select {selected} from {source}{first}", values
    )
    return tuple(given)


def _amount(number: Mapping[str, str]) -> str:
    total = next((number[role] for role in TOTALS if role in number), None)
    return total or _product(number["price"], number.get("quantity"))


def _product(price: str, quantity: str | None) -> str:
    if quantity is None:
        return price
    return f"try(({price}::decimal(24, 4) * {quantity}::decimal(14, 4))::decimal(18, 4))"


def _minus(number: Mapping[str, str]) -> str:
    taken = [f"coalesce(abs({number[one]}), 0)" for one in ("refund", "discount") if one in number]
    return f"({' + '.join(taken)})::decimal(18, 4)" if taken else ""


def _cost(number: Mapping[str, str]) -> str:
    if "unit_cost" in number:
        return _product(number["unit_cost"], number.get("quantity"))
    return number.get("cost", "")


def _order(cell: Mapping[str, str], form: _Form) -> str:
    if "order" not in cell:
        return ""
    read = "order_id" if form.id == "tidy_id" else "plain_id"
    order = f"{read}({cell['order']})"
    if "refund_of" not in cell:
        return order
    return f"case when amount < 0 then coalesce(order_id({cell['refund_of']}), {order}) else {order} end"


def _currency(
    cell: Mapping[str, str], form: _Form, settings: Settings, values: dict[str, Any]
) -> str:
    if "currency" in cell:
        return f"nullif(upper(trim({cell['currency']})), '')"
    role = next(role for role in (*TOTALS, "price") if role in form.number)
    if form.number[role] == "plain":
        return ""
    said = (settings.currency or "").upper()
    values["dollar"] = said if said in _DOLLARS else "USD"
    values["yen"] = said if said in _YEN else "JPY"
    return f"symbol_code({cell[role]}, $dollar, $yen)"


def _status(columns: Columns, values: dict[str, Any]) -> str:
    cases = []
    for number, rule in enumerate(columns.profile.leave_out):
        for position in first_tier(columns.header, (rule.where,))[:1]:
            values[f"reason{number}"] = rule.reason
            test = f"not is_blank(c{position})"
            if not rule.filled:
                values[f"values{number}"] = list(rule.values)
                test = f"list_contains($values{number}, lower(trim(c{position})))"
            cases.append(f"when {test} then $reason{number}")
    return f"case {' '.join(cases)} end" if cases else ""


def _reason(
    cell: Mapping[str, str],
    number: Mapping[str, str],
    form: _Form,
    settings: Settings,
    values: dict[str, Any],
) -> str:
    cases = []
    if form.careful:
        cases.append(f"when day is null and not is_blank({cell['date']}) then 'date-not-a-date'")
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
