"""One sheet as canonical rows: IDs, exact amounts, days, and reasons to exclude a row.

| record of the file             | row of `sheet_0`                                           |
| #1001,C-1,2026-01-05,20.00     | order_key '#1001', customer 'C-1', day 2026-01-05,         |
|                                | amount 20.0000                                             |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.read.columns import discounts, status_columns
from ltvcli.read.columns.amount_set import TOTALS
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import (
    amounts,
    dates,
    fitting_form,
    number_evidence,
    numbered_ids,
    plain_types,
    segment_keys,
)
from ltvcli.read.orders.dates import Dates
from ltvcli.read.orders.fields import Form, amount_sql, select
from ltvcli.read.orders.rows import Rows
from ltvcli.read.orders.unique_ids import Attempt
from ltvcli.results import Fact, Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_SAMPLE = 2000  # sampled rows; if they are plain, reading all as plain is tried
_SHORT = 20_000  # rows that are read in less time than planning a long query takes


class _Source(Struct, frozen=True):
    """A sheet, what its columns mean, and the table of the engine that its rows are stored in."""

    engine: DuckDB
    table: str
    sheet: Sheet
    columns: Columns
    settings: ReadingSettings
    watched: tuple[Watched, ...]


def store(
    engine: DuckDB,
    index: int,
    sheet: Sheet,
    columns: Columns,
    watched: tuple[Watched, ...],
    settings: ReadingSettings,
    *,
    in_numbers: Attempt | None,
    samples: numbered_ids.Samples,
) -> Rows:
    """Store one sheet in the engine.

    Plain files are read once, without cleaning, and then proved to have needed none: no amount or
    date is blank or written in a way that needs deciding. All others are looked at as a whole, and
    read with care.

    Args:
        engine: gets the table.
        index: position of the sheet.
        sheet: what to read.
        columns: what its columns mean.
        watched: columns whose cells may say that a row is no sale.
        settings: all settings.
        in_numbers: numbered IDs of a long sheet may be stored as their numbers, which is cheaper,
            if they can be written again; those of orders also if all of them "differ". Those of a
            short sheet only if they may "repeat".
        samples: IDs of this sheet, and of those whose IDs are numbered together with its own.
    """
    table = f"sheet_{index}"
    source = _Source(engine, table, sheet, columns, settings, watched)
    fields: tuple[str, ...] = ()
    notes: list[Sentence] = []
    alerts: Mapping[str, Mapping[str, Fact]] = {}
    limit: int | None = _SAMPLE
    typed = plain_types.typed(sheet, columns, watched)
    form = Form(
        id="plain_id",
        day=dates.PLAIN,
        number=plain_types.numbers(sheet, columns, typed),
        careful=bool(columns.decimal or settings.date_format),
        typed=typed,
    )
    while not form.careful:
        rows, fields = _store(source, form, limit)
        is_sample = limit is not None
        fitting = fitting_form.fitting(engine, table, fields, form, settings, is_sample=is_sample)
        if rows == limit or (is_sample and in_numbers == "repeat"):
            if in_numbers:
                fitting = fitting_form.in_numbers(
                    engine, table, columns, fitting, in_numbers, samples
                )
        elif fitting == form:
            break
        form, limit = fitting, None
    guess = _guessed(source, form)
    if guess is not None:
        form, fields = guess
    elif form.careful:
        number, day, notes, of_numbers = _decided(engine, sheet, columns, settings)
        form = replace(form, number=number, day=day.sql, typed=frozenset())
        notes, alerts = [*notes, *day.notes], {**of_numbers, **day.alerts}
        if fitting_form.ids_are_numbers(form, columns):
            _, fields = _store(source, form, None)
            form = fitting_form.with_proved_ids(engine, table, form)
        if not fitting_form.ids_are_numbers(form, columns):
            form = replace(form, id="tidy_id", customers=None, orders=None)
            _, fields = _store(source, form, None)
    if any(column.seen is not None for column in watched):
        final = status_columns.settled(engine, table, watched)
        if len(final) > sum(column.seen is None for column in watched):
            of_sheet = (sheet, columns, final)
            return store(engine, index, *of_sheet, settings, in_numbers=in_numbers, samples=samples)
        watched = final
    made = _made(form)
    return Rows(
        index=index,
        sheet=sheet,
        columns=columns,
        fields=(*fields, *made),
        watched=watched,
        notes=tuple(notes),
        alerts={**alerts, **_discounts(engine, sheet, columns, form)},
        numbering=form.customers,
        orders=form.orders,
        segments=form.segments,
        made=made,
    )


def _guessed(source: _Source, form: Form) -> tuple[Form, tuple[str, ...]] | None:
    """Store a long sheet as if amounts had a decimal point, and days were plain if they are any.

    What is stored proves whether that is so, which takes less time than to decide it before. It is
    stored as if all its cells were plain but for words among its amounts first, if other rows may
    be used.

    Returns:
        The form and the columns; None if it is not so, or not certain.
    """
    sheet, columns = source.sheet, source.columns
    roles = amounts.among(columns)
    is_short = sheet.records is not None and sheet.records.count <= _SHORT
    is_given = bool(columns.decimal or source.settings.date_format)
    if not form.careful or is_short or is_given or len(roles) > 1 or roles[0] not in TOTALS:
        return None
    form = replace(
        form, number={roles[0]: "point"}, day=dates.SANE, typed=frozenset(), shows_odd=True
    )
    if not fitting_form.ids_are_numbers(form, columns):
        form = replace(form, id="tidy_id", customers=None, orders=None)
    words = replace(form, number={roles[0]: "plain"}, careful=False)
    today = source.settings.today or date.max
    guesses = [
        (words, f"count(*) = count(day) and max(day) <= date '{today}'", number_evidence.are_words),
        (form, "bool_and(reason is distinct from 'date-not-a-date')", number_evidence.have_points),
    ]
    if "reason" in select(columns, words, source.settings, source.watched).fields:
        del guesses[0]  # rows that have no other reason are to be found by their words
    for guess, are_days, are_so in guesses:
        fields = _proved(source, guess, are_days, are_so)
        if fields is None:
            continue
        if guess.careful:
            source.engine.execute(f"alter table {source.table} drop column odd_amount")
        kept = tuple(name for name in fields if name != "odd_amount")
        return replace(form, careful=guess.careful, shows_odd=not guess.careful), kept
    return None


def _proved(
    source: _Source, form: Form, are_days: str, are_so: Callable[[DuckDB, str], bool]
) -> tuple[str, ...] | None:
    """Store a sheet in a form that is guessed, and return the columns; None if it is not so.

    Args:
        source: the sheet.
        form: how its cells are read.
        are_days: SQL of the test of its days.
        are_so: test of its amounts.
    """
    engine, table = source.engine, source.table
    for limit in (_SAMPLE, None):
        _, fields = _store(source, form, limit)
        days = engine.execute(f"select {are_days} from {table}").fetchone()
        if days != (True,) or not are_so(engine, table):
            return None
    if form.customers and fitting_form.with_proved_ids(engine, table, form) != form:
        return None
    return fields


def _discounts(
    engine: DuckDB, sheet: Sheet, columns: Columns, form: Form
) -> Mapping[str, Mapping[str, Fact]]:
    """Find unused discounts, if no profile defines what the amount includes."""
    if columns.profile.recognise:
        return {}
    return discounts.alerts(engine, sheet, columns, amount_sql(columns, form))


def _decided(
    engine: DuckDB, sheet: Sheet, columns: Columns, settings: ReadingSettings
) -> tuple[dict[str, str], Dates, list[Sentence], Mapping[str, Mapping[str, Fact]]]:
    """Decide the format of numbers and days, from whole columns if plain reading fails."""
    roles = amounts.among(columns)
    cell = f"c{columns.position['date']}"
    # CASE looks only at cells without a day for blanks; AND looks at all.
    is_odd = f"case when {dates.SANE.format(cell)} is null then not is_blank({cell}) else false end"
    test = f"bool_or({is_odd})"
    number = dict.fromkeys(roles, "plain")
    notes: list[Sentence] = []
    alerts: dict[str, Mapping[str, Fact]] = {}
    is_short = sheet.records is not None and sheet.records.count <= _SHORT
    evidence: Sequence[number_evidence.Evidence] = []
    if is_short and not columns.decimal:
        roles, are_odd_days = number_evidence.not_plain(engine, sheet, columns, roles, test)
        if roles:
            evidence, _ = number_evidence.collect(engine, sheet, columns, roles)
    else:
        evidence, are_odd_days = number_evidence.collect(engine, sheet, columns, roles, test)
    for role, cells in zip(roles, evidence, strict=True):
        if cells.not_plain or columns.decimal:
            written = amounts.decided(cells, sheet, columns, role)
            number[role] = written.form
            notes += written.notes
            alerts |= written.alerts
    if are_odd_days or settings.date_format:
        engine.define_macros("read/dates")
    if settings.date_format:
        dates.check_format(engine, sheet, columns, settings.date_format)
        return number, Dates(sql=dates.given(settings.date_format)), notes, alerts
    if not are_odd_days:
        return number, Dates(sql=dates.SANE), notes, alerts
    return number, dates.form(engine, sheet, columns, today=settings.today), notes, alerts


def _store(source: _Source, form: Form, limit: int | None) -> tuple[int, tuple[str, ...]]:
    """Create the table from the whole sheet or its first rows; count them, name its columns."""
    selection = select(source.columns, form, source.settings, source.watched)
    rows = scan.store(
        source.engine,
        source.table,
        source.sheet,
        selection.fields,
        selection.values,
        limit,
        cells=selection.cells,
        typed=form.typed,
    )
    return rows, tuple(selection.fields)


def _made(form: Form) -> dict[str, str]:
    """Return the SQL of the fields that are made from those that are stored."""
    numbers = {
        "customer": ("customer_number", form.customers),
        "order_key": ("order_number", form.orders),
    }
    made = {name: numbered_ids.text(of, known) for name, (of, known) in numbers.items() if known}
    if form.segments:
        made["segment_0"] = segment_keys.text(form.segments)
    if form.shows_odd:
        made["reason"] = "case when odd_amount is not null then 'amount-not-a-number' end"
    return made
