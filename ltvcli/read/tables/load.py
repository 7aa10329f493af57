"""A table of a database to the table `orders` of its engine: every row accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.errors import ConvertedCurrencyError, MixedCurrencyError
from ltvcli.language import N_
from ltvcli.read.columns import (
    by_content,
    converted_amounts,
    discounts,
    status_columns,
    status_words,
)
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.problem_headers import DOUBTFUL
from ltvcli.read.columns.status_decisions import UNLISTED, Decided, listed
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import (
    accounting,
    amounts,
    customers_file,
    line_items,
    no_sales,
)
from ltvcli.read.orders.amount_fields import MONEY
from ltvcli.read.orders.load import Reading
from ltvcli.read.orders.requested_columns import RequestedColumns, located
from ltvcli.read.orders.rows import Rows
from ltvcli.read.tables import (
    account,
    check_cells,
    cleaning,
    column_texts,
    customer_column,
    fields,
    judged,
    leading_zeros,
    look,
    orders,
    texts,
    total_rows,
    types,
    without_connection,
)
from ltvcli.read.tables.fields import Cells
from ltvcli.results import Fact, Sentence, StatusWord
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_ONLY = N_("Only rows with {condition} are read.")


def load(
    sheet: Sheet,
    settings: ReadingSettings,
    engine: DuckDB,
    requested: RequestedColumns | None = None,
) -> Reading:
    """Fill the tables `orders` and, if requested, `customer_segments` of the engine.

    Args:
        sheet: the table, with the names and types of its columns.
        settings: how to read it.
        engine: holds the table.
        requested: columns of segments and costs.

    Raises:
        InputError: the table is not what it should be; each reason has its own class.
        UnansweredError: no order is left to count.
        InternalError: rows were lost on the way.
    """
    wanted = requested or RequestedColumns()
    without_connection.begin(engine, sheet, settings)
    columns, watched, elsewhere = _understood(engine, sheet, settings, wanted)
    cells = Cells(sheet=sheet, used=_used(columns, watched))
    seen, rounded = check_cells.check(engine, cells, columns)
    notes = [*rounded, *_notes(cells, columns)]
    rows, known = cleaning.clean(engine, cells, columns, settings, watched, notes)
    without_connection.days_later(engine, settings)
    of_zeros = leading_zeros.alerts(engine, rows, seen)
    rows = replace(rows, alerts={**_discounts(engine, cells, columns), **rows.alerts, **of_zeros})
    measured = look.row_of(engine, {**_ids(rows), **total_rows.asked(rows)}, rows.table)
    single = bool(measured.get("ids") == measured.get("different"))
    rows = total_rows.exclude(engine, rows, measured)
    line, shape = line_items.is_line(engine, rows, single)
    orders.create(engine, rows, settings, line=line, single=single)
    without_connection.currency_later(engine, settings)
    usable = {name: values.tolist() for name, values in engine.columns("tables/usable").items()}
    currency = _currency(engine, rows, settings, usable)
    has_others = engine.asks_all or _has_others(usable, currency)
    judged.judge(engine, rows, currency, settings, has_others=has_others)
    engine.run("tables/orders")
    alone, _ = orders.row_reason(rows, line=line)
    read = account.file(
        engine,
        rows,
        settings,
        account.excluded_alone(engine, rows, alone, single=single),
        shape,
        _words(engine, rows, known, alone, single=single),
        single=single,
    )
    inputs = [by_content.flagged(read, columns)]
    if wanted.customers:
        engine.define_macros("read/macros")
        engine.execute("create table excluded_rows (sheet integer, record bigint, reason text)")
        inputs.append(
            customers_file.add(engine, 1, wanted.customers, elsewhere, [columns], settings.map)
        )
    elif requested is not None:
        engine.fill("customer_segments", {"customer": ("text", []), "segment": ("text", [])})
    days = [read.last] if read.last else []
    return Reading(
        inputs=tuple(inputs),
        currency=currency,
        as_of=settings.as_of or min([max(days), *([settings.to] if settings.to else [])]),
        no_customer_revenue=_of_nobody(usable, currency),
        has_cost=bool({"cost", "unit_cost"} & columns.position.keys()),
    )


def _understood(
    engine: DuckDB, sheet: Sheet, settings: ReadingSettings, wanted: RequestedColumns
) -> tuple[Columns, tuple[status_columns.Watched, ...], Mapping[str, int | None]]:
    """Find what the columns mean, by their names, and which of them may exclude rows.

    Returns:
        The columns, those that may exclude rows, and the columns of the customers file.

    Raises:
        MissingColumnError: no column has the name of a role that is needed.
        TableTypeError: a column has a type that its role does not take.
    """
    of_customers = {customers_file.ROLE} if wanted.customers else set()
    chosen = {role: name for role, name in settings.map.items() if role not in of_customers}
    columns = customer_column.understand(engine, sheet, chosen)
    place = located([columns], [sheet], wanted, chosen)
    (columns,) = place.orders
    texts_of = partial(column_texts.texts_of, engine, sheet)
    columns = status_columns.without_flags_by(texts_of, sheet, columns, chosen)
    types.check(sheet, columns)
    watched = status_columns.watch_by(texts_of, sheet, columns, settings)
    return columns, watched, place.customers


def _used(columns: Columns, watched: Sequence[status_columns.Watched]) -> frozenset[int]:
    """Return the positions of all columns that are read."""
    places = {*columns.position.values(), *(column.status.position for column in watched)}
    places |= {place for place in columns.by.values() if place is not None}
    places |= {columns.email} if columns.email is not None else set()
    return frozenset([*places, *discounts.unused_columns(columns)])


def _notes(cells: Cells, columns: Columns) -> list[Sentence]:
    """Describe the time zone of days, if it is ambiguous, and the rows that --where selects."""
    notes = []
    table = cells.sheet.table
    notes += accounting.zone_notes(cells.sheet, columns)
    if table and table.where:
        notes.append(Sentence(_ONLY, {"condition": table.where}))
    return notes


def _discounts(engine: DuckDB, cells: Cells, columns: Columns) -> Mapping[str, Mapping[str, Fact]]:
    """Look for discounts that are not used, as ltvcli/read/columns/discounts.py does."""
    unused = [] if columns.profile.recognise else discounts.unused_columns(columns)
    if not unused:
        return {}
    amount = fields.amount(
        {role: fields.number(cells, columns.position[role]) for role in amounts.among(columns)}
    )
    measured = {}
    for at in unused:
        text = f"trim({cells.text(at)})"
        bare = f"replace({text}, '%', '')"
        number = f"case when {texts.is_number(bare)} then cast(trim({bare}) as {MONEY}) end"
        if cells.kind(at) in ("whole", "decimal", "real"):
            number = fields.number(cells, at)
        given = (
            f"not {texts.is_blank(text)} and coalesce({number} <> 0, true) and "
            f"lower({text}) not in ('none', 'no', 'false', 'null', 'nan', 'n/a', '-', '[]')"
        )
        is_amount = f"({number}) is not null and strpos({text}, '%') = 0"
        as_number = f"case when {is_amount} then 1 else 0 end"
        asked = {
            "all_rows": look.count(given),
            "revenue": f"sum(case when {given} then {amount} end)",
            "total": f"sum(case when {given} then abs({number}) end)",
            "are_amounts": f"min(case when {given} then {as_number} end)",
            "most": f"max(case when {given} then abs({number}) end)",
        }
        seen = look.row_of(engine, asked, f"({cells.source}) as cells")
        measured[at] = (
            seen["all_rows"],
            seen["revenue"],
            seen["total"],
            seen["are_amounts"] == 1,
            seen["most"],
        )
    return discounts.described(columns, measured)


def _ids(rows: Rows) -> dict[str, str]:
    """Write what shows whether an order ID occurs twice; blank IDs do not count."""
    if "order_key" not in rows.fields:
        return {}
    return {"ids": "count(order_key)", "different": "count(distinct order_key)"}


def _currency(
    engine: DuckDB, rows: Rows, settings: ReadingSettings, usable: Mapping[str, list[Any]]
) -> str | None:
    """Return the currency of the usable rows; a given one has priority.

    Args:
        engine: holds the table.
        rows: of the table.
        settings: of which the currency matters here.
        usable: what sql/tables/usable.sql counts.

    Raises:
        ConvertedCurrencyError: there are several, and columns with converted amounts.
        MixedCurrencyError: there are several.
    """
    counts = dict(zip(usable["currency"], usable["orders"], strict=True))
    known = {code: n for code, n in counts.items() if code and n}
    ordered = sorted(known, key=lambda code: (-known[code], code))
    if settings.currency:
        return settings.currency.upper()
    if len(ordered) <= 1:
        return next(iter(ordered), None)
    shown = ", ".join(f"{code} {known[code]}" for code in ordered)
    facts = {"counts": shown, "currency": ordered[0]}
    for roles in converted_amounts.converted(rows.sheet, rows.columns):
        if "currency" in roles:
            cells = Cells(sheet=rows.sheet, used=frozenset([roles["currency"]]))
            code = f"nullif(upper(trim({cells.text(roles['currency'])})), '')"
            asked = {"codes": f"count(distinct {code})"}
            if look.row_of(engine, asked, f"({cells.source}) as cells")["codes"] != 1:
                continue
        named = {role: rows.sheet.header[at] for role, at in roles.items()}
        raise ConvertedCurrencyError(**facts, **converted_amounts.facts(named))
    raise MixedCurrencyError(**facts)


def _has_others(usable: Mapping[str, list[Any]], currency: str | None) -> bool:
    """Return whether there are refunds, or orders in other currencies."""
    counted = zip(usable["currency"], usable["orders"], strict=True)
    return any(usable["refunds"]) or any(n and code not in (None, currency) for code, n in counted)


def _of_nobody(usable: Mapping[str, list[Any]], currency: str | None) -> Decimal:
    """Return the revenue of orders without a customer, in the currency that is counted."""
    amounts_of = zip(usable["currency"], usable["of_nobody"], strict=True)
    return sum((Decimal(text) for code, text in amounts_of if code in (None, currency)), Decimal(0))


def _words(
    engine: DuckDB, rows: Rows, known: Sequence[Decided], alone: str, *, single: bool
) -> tuple[StatusWord, ...]:
    """List the words of the status columns; those that leave a doubt with their revenue."""
    words: list[StatusWord] = []
    for column in known:
        is_listed = column.watched.status.kind not in UNLISTED
        has_doubt = any(word.meaning in no_sales.IN_DOUBT for word in column.words)
        counted = {}
        if is_listed and (has_doubt or engine.asks_all):
            counted = _counted(engine, rows, column, alone, single=single)
        words += listed(column, counted if has_doubt else {})
    return tuple(words)


def _counted(
    engine: DuckDB, rows: Rows, column: Decided, alone: str, *, single: bool
) -> dict[str, tuple[int, float]]:
    """Return number and revenue of the orders that count, by the word on any of their rows."""
    cell = f"state_{column.number}"
    meanings = {word.meaning for word in column.words}
    of_refunds = {*DOUBTFUL, *([status_words.PARTLY] if rows.columns.is_net else [])}
    is_reduced = "refunded" in rows.fields and bool(meanings & of_refunds)
    kept = " and not is_reduced" if is_reduced else ""
    counts = look.rows_of(engine, judged.words_query(rows, cell, kept, alone, single=single))
    return {str(text): (int(n), float(amount)) for text, n, amount in counts}
