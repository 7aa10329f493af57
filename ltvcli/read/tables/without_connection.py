"""Tables without a connection: a stand-in for a rehearsal, and values that come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltvcli.engines.scripted import TABLE, Scripted
from ltvcli.read.columns import customer_column, mapping, statuses
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.tables import types
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_TYPES: dict[types.Type, str] = {
    "text": "varchar", "whole": "bigint", "decimal": "decimal(18, 4)", "real": "double",
    "date": "date", "time": "timestamp", "moment": "timestamp with time zone",
    "truth": "boolean", "other": "varchar",
}  # fmt: skip
"""DuckDB's type of a column of the stand-in."""
_ROWS = 1600
_CUSTOMERS = 400
_DAYS = 1100
_LAST = "2026-06-30"
_NUMBERS = {
    **dict.fromkeys(
        ("amount", "order_total", "line_total", "price"), "20 + n % 60 + (n % 4) * 0.25"
    ),
    **dict.fromkeys(("quantity", "cost", "unit_cost"), "1 + n % 3"),
}
"""What a number is in the row n; other numbers are 0."""
_SECOND_OF_DAY = "(n * 37) % 86400"


def begin(engine: DuckDB, sheet: Sheet, settings: ReadingSettings) -> None:
    """Create the stand-in, with rows for a rehearsal and without any for an answer.

    Args:
        engine: notes statements; any other has the table.
        sheet: the table, with names and types of its columns.
        settings: how to read it.

    Raises:
        InputError: a column that is needed is missing.
    """
    if not isinstance(engine, Scripted):
        return
    columns = mapping.understand(sheet, settings.map)
    roles = {place: role for role, place in columns.position.items()}
    if (email := customer_column.email_column(columns)) is not None:
        roles.setdefault(email, "email")
    results = engine.script.results
    newest = results.day("as-of") if results else None
    last = newest or min(filter(None, (settings.as_of, settings.to, settings.today)), default=None)
    begun = f"date '{last or _LAST}'"
    selected = []
    for place, name in enumerate(sheet.header):
        kind = types.kind(sheet.types[place])
        cell = _other_cell(name, kind, is_segment=name in settings.by)
        if place in roles:
            cell = _cell_of_role(roles[place], kind, begun, settings)
        quoted = '"' + name.replace('"', '""') + '"'
        selected.append(f"cast({cell} as {_TYPES[kind]}) as {quoted}")
    if sheet.table is not None:
        engine.check_columns(sheet.table.relation, sheet.name)
    rows = _ROWS if engine.is_rehearsal else 0
    engine.stand_in.create_table(
        TABLE, f"select {', '.join(selected)} from range({rows}) as numbers (n)"
    )


def _cell_of_role(role: str, kind: types.Type, last: str, settings: ReadingSettings) -> str:
    """Write the SQL of a cell with a role, in the row n of the stand-in.

    Args:
        role: of the column.
        kind: of its type.
        last: SQL of the last day.
        settings: of which the currency matters here.
    """
    customer = f"1000 + (n * 7919) % {_CUSTOMERS}"
    day = f"({last} - cast((n * n * 31) % {_DAYS} as integer))"
    is_number = kind in ("whole", "decimal")
    cells = {
        "date": day if kind in ("date", "text") else f"{day} + to_seconds({_SECOND_OF_DAY})",
        "customer": customer if is_number else f"'c' || ({customer})",
        "order": "100001 + n" if is_number else "'o' || (100001 + n)",
        "email": f"'c' || ({customer}) || '@example.com'",
        "currency": f"'{(settings.currency or 'USD').upper()}'",
        "refund_of": "null",
        **_NUMBERS,
    }
    return cells.get(role, "0")


def _other_cell(header: str, kind: types.Type, *, is_segment: bool) -> str:
    """Write the SQL of a cell without a role, in the row n of the stand-in.

    Args:
        header: of the column.
        kind: of its type.
        is_segment: whether customers are segmented by it.
    """
    if kind == "text" and is_segment:
        return "chr(cast(97 + (n % 5) as integer))"
    status = statuses.column(header)
    if status is not None and kind in ("text", "other"):
        return "'paid'" if status.kind in ("words", "record") else "null"
    usual = {"text": "'t' || n", "whole": "n", "decimal": "0", "real": "0", "truth": "false"}
    return usual.get(kind, "null")


def days_later(engine: DuckDB, settings: ReadingSettings) -> None:
    """Let the script find the last day, unless it is given; after `sheet_0` was created."""
    if not isinstance(engine, Scripted) or settings.as_of:
        return
    newest = "max(case when coalesce(problem, '') <> 'future-date' then day end)"
    values: dict[str, Any] = {}
    if settings.to:
        newest = f"case when {newest} > $until then $until else {newest} end"
        values["until"] = settings.to
    engine.later("as_of", newest, "sheet_0", values)


def currency_later(engine: DuckDB, settings: ReadingSettings) -> None:
    """Let the script find the currency, unless it is given; after `all_orders` was created."""
    if isinstance(engine, Scripted) and not settings.currency:
        code = "min(case when reason is null then currency end)"
        engine.later("currency", code, "all_orders")
