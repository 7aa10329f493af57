"""The date format of a column, decided from all of its cells, never cell by cell.

| cells of a column        | order of the parts     | days                         |
| 8/10/2025 and 13/8/2025  | day first              | 2025-10-08 and 2025-08-13    |
| 8/10/2025 and 8/13/2025  | month first            | 2025-08-10 and 2025-08-13    |
| 8/10/2025 and 9/10/2025  | a question             | --date-format answers it     |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from ltvcli.errors import NotADateFormatError, NotDatesError
from ltvcli.language import N_
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders.date_order import order_of_parts
from ltvcli.results import Fact, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

PLAIN = "plain_day({})"
SANE = "sane_day(plain_day({}))"
EXCEL = "excel"  # --date-format excel: days are counted from 1899-12-30
_PARSED = "sane_day(try_strptime({}, $formats)::date)"
_ENGLISH = "english_months(trim({{}}), {})"  # 0: Dec, 1: December
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_PLACES = {"day": "3, 2, 1", "month": "3, 1, 2", "year": "1, 2, 3"}  # of year, month and day
_CHANCE = 0.05  # significance level: dates that fit spreadsheet damage by chance
_EARLY, _LATE = 12 / 31, 19 / 31  # share of days up to the 12th, and after the 12th


class Dates(Struct, frozen=True, kw_only=True):
    """How to read a column of dates.

    Attributes:
        sql: reads the cell that is filled in for `{0}`.
        notes: what a reader of the result may want to know.
        alerts: facts for the checks of the same names.
    """

    sql: str
    notes: tuple[Sentence, ...] = ()
    alerts: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)


def given(text: str) -> str:
    """Write the SQL that reads a cell by --date-format; month names may be in any language."""
    if text == EXCEL:
        return "serial_day({})"
    cell = "trim({})"
    if re.search("%[bBh]", text):
        cell = _ENGLISH.format(int("%B" in text))
    return _PARSED.format(cell)


def parameters(sql: str, text: str | None) -> dict[str, Any]:
    """Return the parameters that the SQL of `given` names: the format, with the usual times."""
    return {"formats": [f"{text}{time}" for time in _TIMES]} if "$formats" in sql else {}


def check_format(
    engine: DuckDB, sheet: Sheet, columns: Columns, text: str, role: str = "date"
) -> None:
    """Make sure that --date-format is a format of dates, and that of this column.

    Args:
        engine: reads the sheet.
        sheet: what the column is in.
        columns: what the columns of the sheet mean.
        text: the format, as typed.
        role: of the column.

    Raises:
        NotADateFormatError: it does not say where day, month and year stand.
        NotDatesError: most cells are written in another way.
    """
    import duckdb

    there_and_back = "strptime(strftime(date '2026-10-31', $1), $1)::date = date '2026-10-31'"
    try:
        is_format = text == EXCEL or engine.execute(
            f"select {there_and_back}", [text]
        ).fetchone() == (True,)
    except duckdb.InvalidInputException:
        is_format = False
    if not is_format:
        raise NotADateFormatError(text=text)
    source, values = scan.relation(sheet)
    cell = f"c{columns.position[role]}"
    sql = given(text)
    read = sql.format(cell)
    ((filled, known, word),) = engine.execute(
        f"""
        select count(*), count({read}), min({cell}) filter ({read} is null)
        from {source} where not is_blank({cell})
        """,
        {**values, **parameters(sql, text)},
    ).fetchall()
    if 2 * known < filled:
        raise NotDatesError(file=sheet.name, column=columns.name(role), example=word)


def form(
    engine: DuckDB,
    sheet: Sheet,
    columns: Columns,
    roles: Sequence[str] = ("date",),
    today: date | None = None,
) -> Dates:
    """Decide the format of a column of dates, or of several with the same format.

    8/10/2025 is evidence for neither order of day and month, 13/8/2025 for the day first. With a
    year of two digits, as in 13/8/25, the year may come first, too, but no year lies after `today`.
    Numbers are taken for the days that a spreadsheet counts only if no other cell is left.

    Args:
        engine: reads the sheet.
        sheet: what the columns are in.
        columns: what the columns of the sheet mean.
        roles: of the columns.
        today: the day of the run, if known.

    Raises:
        MixedDateError: several orders occur.
        AmbiguousDateError: no cell shows the order of day and month, and it matters.
        NotDatesError: most cells are no dates.
    """
    source, values = scan.relation(sheet)
    header = ", ".join(columns.name(role) for role in roles)
    cells = ", ".join(f"c{columns.position[role]}" for role in roles)
    cursor = engine.execute(
        f"""
        select coalesce(sum(n), 0) as filled, coalesce(sum(n) filter (is_known), 0) as known,
            coalesce(sum(n) filter (is_serial), 0) as serials,
            min_by(t, (d, t)) filter (is_serial) as serial, min(d) filter (is_serial) as serial_day,
            coalesce(sum(n) filter (dmy or mdy or ymd), 0) as ordered,
            coalesce(sum(n) filter (not dmy and (mdy or ymd)), 0) as against_day,
            coalesce(sum(n) filter (not mdy and (dmy or ymd)), 0) as against_month,
            coalesce(sum(n) filter (not ymd and (dmy or mdy)), 0) as against_year,
            min(t) filter (dmy and not mdy) as only_day,
            min(t) filter (mdy and not dmy) as only_month,
            min(t) filter (ymd and not (dmy and mdy)) as only_year,
            min(t) filter (dmy and mdy and one <> two) as unclear,
            min(t) filter (ymd and (dmy or mdy)) as unclear_year,
            coalesce(sum(n) filter (is_long and (dmy or mdy)), 0) as long_years,
            min(first_year) filter (ymd) as first_from, max(first_year) filter (ymd) as first_to,
            min(last_year) filter (dmy or mdy) as last_from,
            max(last_year) filter (dmy or mdy) as last_to,
            coalesce(sum(n) filter ((is_known or is_serial) and day(d) > 12), 0) as late_days,
            coalesce(sum(n) filter ((dmy or mdy) and one <= 12 and two <= 12), 0) as early_orders,
            min(t) filter (not is_known and not is_serial and not (dmy or mdy or ymd)) as word
        from (
            select *, loose_day(x) is not null as is_known, serial_day(t) is not null as is_serial,
                coalesce(loose_day(x), serial_day(t)) as d, length(three) = 4 as is_long,
                try_cast(full_year(parts[1]) as int) as first_year,
                try_cast(full_year(three) as int) as last_year,
                coalesce(is_year_until($last_year, three), false) and one between 1 and 31
                    and two between 1 and 12 as dmy,
                coalesce(is_year_until($last_year, three), false) and one between 1 and 12
                    and two between 1 and 31 as mdy,
                coalesce(length(three) < 3 and is_year_until($last_year, parts[1]), false)
                    and length(parts[1]) = 2
                    and two between 1 and 12 and three::int between 1 and 31 as ymd
            from (
                select *, nullif(parts[3], '') as three, try_cast(parts[1] as int) as one,
                    try_cast(parts[2] as int) as two
                from (
                    select t, n, bare_day(t) as x, day_parts(x) as parts
                    from (
                        select t, count(*)::bigint as n
                        from (select unnest([{cells}]) as t from {source})
                        group by t
                    )
                    where not is_no_date(t)
                )
            )
        )
        """,
        {**values, "last_year": today.year if today else 9999},
    )
    names = [column[0] for column in cursor.description or []]
    cells_show = dict(zip(names, cursor.fetchone() or (), strict=True))
    if (
        2 * (cells_show["known"] + cells_show["ordered"] + cells_show["serials"])
        < cells_show["filled"]
    ):
        raise NotDatesError(file=sheet.name, column=header, example=cells_show["word"])
    order = order_of_parts(sheet.name, header, cells_show, today)
    notes, alerts = _notes_and_alerts(header, cells_show, order)
    ordered = f"ordered_day(bare_day({{0}}), {_PLACES[order]})"
    sql = f"coalesce(sane_day(plain_day({{0}})), {ordered}, serial_day({{0}}))"
    if not cells_show["serials"]:
        sql = sql.replace(", serial_day({0})", "")
    return Dates(sql=sql, notes=tuple(notes), alerts=alerts)


def _notes_and_alerts(
    header: str, cells_show: Mapping[str, Any], order: str
) -> tuple[list[Sentence], dict[str, dict[str, Fact]]]:
    """Describe the decision, and possible problems of the file."""
    alerts: dict[str, dict[str, Fact]] = {}
    notes: list[Sentence] = []
    if cells_show["serials"]:
        alerts["excel-serial-dates"] = {
            "column": header,
            "dates": Quantity(cells_show["serials"], Unit.COUNT),
            "example": cells_show["serial"],
            "day": cells_show["serial_day"],
        }
    certain = cells_show["known"] + cells_show["serials"]
    if not (certain and cells_show["ordered"]):
        return notes, alerts
    example = cells_show[f"only_{order}"] or cells_show["unclear"] or ""
    facts: dict[str, Fact] = {
        "column": header,
        "count": Quantity(cells_show["ordered"], Unit.COUNT),
        "example": example,
    }
    chance = _EARLY**certain * _LATE ** cells_show["ordered"]
    if cells_show["late_days"] or cells_show["early_orders"] or chance > _CHANCE:
        text = N_("Dates in “{column}” are written in two ways, {count} of them like “{example}”.")
        notes.append(Sentence(text, facts))
    else:
        facts["turned"] = Quantity(certain, Unit.COUNT)
        alerts["dates-half-turned"] = facts
    return notes, alerts
