"""One sheet as canonical rows: cleaned ids, exact amounts, days, and why a row is no sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltvcli.config import Settings
from ltvcli.read import amounts, dates, scan
from ltvcli.read.mapping import TOTALS, Columns, first_tier
from ltvcli.read.scan import Ragged
from ltvcli.read.sheet import Sheet
from ltvcli.results import Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The table `sheet_<index>` in the engine: one row per record, in file order."""

    index: int
    sheet: Sheet
    columns: Columns
    ragged: tuple[Ragged, ...]
    notes: tuple[Sentence, ...]

    @property
    def table(self) -> str:
        """Name of the table."""
        return f"sheet_{self.index}"


def store(engine: DuckDB, index: int, sheet: Sheet, columns: Columns, settings: Settings) -> Rows:
    """Store one sheet in the engine.

    At first every column is read plainly; only if that leaves cells over are the columns looked at
    as a whole and read again, so that clean files are read once.
    """
    forms: dict[str, str] = dict.fromkeys(amounts.among(columns), "plain")
    day = dates.GIVEN if settings.date_format else dates.PLAIN
    notes: list[Sentence] = []
    if columns.decimal or _store(engine, index, sheet, columns, settings, forms, day):
        for role in forms:
            forms[role], found = amounts.form(engine, sheet, columns, role)
            notes += found
        if not settings.date_format:
            day, found = dates.form(engine, sheet, columns)
            notes += found
        _store(engine, index, sheet, columns, settings, forms, day)
    ragged = scan.ragged(engine.connection, sheet)
    return Rows(index=index, sheet=sheet, columns=columns, ragged=tuple(ragged), notes=tuple(notes))


def _store(
    engine: DuckDB,
    index: int,
    sheet: Sheet,
    columns: Columns,
    settings: Settings,
    forms: Mapping[str, str],
    day: str,
) -> bool:
    """Create the table; tell whether cells were left over that reading plainly cannot read."""
    source, parameters = scan.relation(sheet)
    values: dict[str, Any] = dict(parameters)
    if day == dates.GIVEN:
        values["formats"] = dates.formats(str(settings.date_format))
    cell = {role: f"c{number}" for role, number in columns.position.items()}
    number = {role: f"{form}_number({cell[role]})" for role, form in forms.items()}
    odd = [f"not is_plain_number({cell[role]})" for role, form in forms.items() if form == "plain"]
    if day == dates.PLAIN:
        odd.append(f"(day is null and not is_blank({cell['date']}))")
    fields = {
        "customer": f"id({cell['customer']})",
        "day": day.format(cell["date"]),
        "amount": _amount(number),
        "order_key": _order(cell),
        "minus": _minus(number),
        "cost": _cost(number),
        "currency": _currency(cell, forms),
        "status": _status(columns, values),
        "reason": _reason(cell, number, settings, values),
        "odd": " or ".join(odd) or "false",
    }
    selected = ", ".join(f"{sql} as {name}" for name, sql in fields.items())
    engine.execute(
        f"create or replace table sheet_{index} as select {selected} from {source}", values
    )
    row = engine.execute(f"select bool_or(odd) from sheet_{index}").fetchone()
    return bool(row and row[0])


def _amount(number: Mapping[str, str]) -> str:
    total = next((number[role] for role in TOTALS if role in number), None)
    return total or _product(number["price"], number.get("quantity"))


def _cost(number: Mapping[str, str]) -> str:
    if "unit_cost" in number:
        return _product(number["unit_cost"], number.get("quantity"))
    return number.get("cost", "null::decimal(18, 4)")


def _product(price: str, quantity: str | None) -> str:
    if quantity is None:
        return price
    return f"try(({price}::decimal(24, 4) * {quantity}::decimal(14, 4))::decimal(18, 4))"


def _minus(number: Mapping[str, str]) -> str:
    taken = [
        f"coalesce(abs({number[role]}), 0)" for role in ("refund", "discount") if role in number
    ]
    return f"({' + '.join(taken) or '0'})::decimal(18, 4)"


def _order(cell: Mapping[str, str]) -> str:
    order = f"order_id({cell['order']})" if "order" in cell else "null::text"
    if "refund_of" not in cell:
        return order
    return f"case when amount < 0 then coalesce(order_id({cell['refund_of']}), {order}) else {order} end"


def _currency(cell: Mapping[str, str], forms: Mapping[str, str]) -> str:
    if "currency" in cell:
        return f"nullif(upper(trim({cell['currency']})), '')"
    role = next(role for role in (*TOTALS, "price") if role in forms)
    return f"symbol({cell[role]})" if forms[role] != "plain" else "null::text"


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
    return f"case {' '.join(cases)} end" if cases else "null::text"


def _reason(
    cell: Mapping[str, str], number: Mapping[str, str], settings: Settings, values: dict[str, Any]
) -> str:
    cases = [f"when day is null and not is_blank({cell['date']}) then 'date-not-a-date'"]
    limits = (
        ("today", ">", settings.today, "future-date"),
        ("as_of", ">", settings.as_of, "after-as-of"),
        ("since", "<", settings.from_, "outside-period"),
        ("until", ">", settings.to, "outside-period"),
    )
    for name, sign, limit, reason in limits:
        if limit:
            values[name] = limit
            cases.append(f"when day {sign} ${name} then '{reason}'")
    for role, sql in number.items():
        if role in amounts.COUNTED:
            cases.append(
                f"when {sql} is null and not is_blank({cell[role]}) then 'amount-not-a-number'"
            )
    return f"case {' '.join(cases)} end"
