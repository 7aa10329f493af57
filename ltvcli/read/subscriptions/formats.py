"""How numbers and days of a sheet are written, decided from whole columns.

| cells                        | decided                                       |
| 1.234,50 and 20,00           | a comma is before the cents                   |
| 31/01/2026 and 01/02/2026    | the day is before the month                   |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts, dates
from ltvcli.read.orders.dates import Dates
from ltvcli.read.subscriptions import fields
from ltvcli.read.subscriptions.columns import NUMBERS, Meaning
from ltvcli.read.subscriptions.fields import PLAIN, Query
from ltvcli.read.subscriptions.shapes import DATES
from ltvcli.results import Fact, Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def decided(engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: ReadingSettings) -> Query:
    """Return a query without fields that knows how numbers and days are written.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
        settings: of which `date_format` and `today` matter.

    Raises:
        InputError: they are not written in a way that can be read.
    """
    columns = meaning.columns
    source, parameters = scan.relation(sheet)
    form: dict[str, str] = {}
    notes: list[Sentence] = []
    alerts: dict[str, Mapping[str, Fact]] = {}
    for role in NUMBERS:
        if role not in columns.position:
            continue
        cell = f"c{columns.position[role]}"
        odd = f"select bool_or(not is_plain_number({cell})) from {source}"
        form[role] = PLAIN
        if columns.decimal or engine.execute(odd, parameters).fetchone() == (True,):
            written = amounts.form(engine, sheet, columns, role)
            form[role] = written.form
            notes += written.notes
            alerts |= written.alerts
    day = _day(engine, sheet, meaning, settings)
    query = fields.empty_query(sheet, meaning, form, day.sql)
    query.notes += [*notes, *day.notes]
    query.alerts |= {**alerts, **day.alerts}
    return query


def _day(engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: ReadingSettings) -> Dates:
    """Decide the format of days, the same for all columns."""
    columns = meaning.columns
    roles = [role for role in (*DATES, "month") if role in columns.position]
    if not roles:
        return Dates(sql=dates.SANE)
    if settings.date_format:
        dates.check_format(engine, sheet, columns, settings.date_format, roles[0])
        return Dates(sql=dates.given(settings.date_format))
    source, parameters = scan.relation(sheet)
    odd = []
    for role in roles:
        cell = f"c{columns.position[role]}"
        month = f" and month_only({cell}) is null" if role == "month" else ""
        odd.append(f"{dates.SANE.format(cell)} is null and not is_no_date({cell}){month}")
    query = f"select bool_or({' or '.join(odd)}) from {source}"
    if engine.execute(query, parameters).fetchone() != (True,):
        return Dates(sql=dates.SANE)
    return dates.form(engine, sheet, columns, roles, settings.today)
