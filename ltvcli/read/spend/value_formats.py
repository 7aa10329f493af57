"""Formats of amounts and days of one sheet of spend, decided from whole columns.

| cells of the day column  | header | a row stands for                      |
| 2026-09-07               | Day    | that day                              |
| 2026-09-07               | Week   | 2026-09-07 to 2026-09-13              |
| Sep 2026                 | any    | 2026-09-01 to 2026-09-30              |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import (
    AmbiguousDateError,
    AmbiguousDecimalError,
    MixedDateError,
    NoSpendError,
    NotDatesError,
    NotNumbersError,
    SpendNotDatesError,
    SpendNotNumbersError,
)
from ltvcli.language import N_
from ltvcli.read.columns.header_lookup import key
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts, dates
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.orders.amounts import NumberFormat
from ltvcli.read.orders.dates import Dates
from ltvcli.read.spend.columns import Meaning
from ltvcli.read.spend.total_rows import sum_of_others, total
from ltvcli.results import Fact, Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

AS_MONTHS = N_("All days in “{column}” are the first of a month, so each stands for its month.")
AS_MONTH_ENDS = N_("All days in “{column}” are the last of a month, so each stands for its month.")
AS_WEEKS = N_("All days in “{column}” are the same day of the week, so each stands for a week.")
_UNITS = {
    "week_end": ("weekending", "weekend", "weekended", "weekendingdate", "週末日"),
    "week": ("week", "weekof", "weekstart", "weekstarting", "weekcommencing", "週", "woche",
             "semaine", "semana", "settimana"),
    "month": ("month", "yearmonth", "yearandmonth", "月", "年月", "対象月", "対象年月", "配信月",
              "利用月", "計上月", "monat", "mois", "mes", "mese", "mês"),
    "quarter": ("quarter", "四半期", "quartal", "trimestre"),
}  # fmt: skip
_SPANS = {
    "day": ("{0}", "{0}"),
    "week": ("{0}", "{0} + 6"),
    "week_end": ("{0} - 6", "{0}"),
    "month": ("month_start({0})", "last_day({0})"),
    "quarter": (
        "cast(date_trunc('quarter', {0}) as date)",
        "last_day(cast(date_trunc('quarter', {0}) as date) + to_months(2))",
    ),
}
_FEW_MONTHS, _FEW_WEEKS = 2, 4  # at least this many different days show a monthly or weekly rhythm


class SpendFormat(Struct, frozen=True, kw_only=True):
    """How to read a sheet: macro by role of an amount, SQL of the days and of sums."""

    number: Mapping[str, str]
    days: tuple[str, str]
    days_values: Mapping[str, Any]
    sums: str
    notes: tuple[Sentence, ...]
    alerts: Mapping[str, Mapping[str, Fact]]


def decide(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: ReadingSettings
) -> SpendFormat:
    """Decide the formats of a sheet from its rows, without total rows.

    Args:
        engine: holds `spend_cells`.
        sheet: what was opened.
        meaning: what its columns mean.
        settings: of which `date_format` and `today` matter.

    Raises:
        NoSpendError: there are only totals.
        InputError: amounts or days can be read in several ways, or in none.
    """
    clean = _without_totals(engine, sheet, meaning)
    number: dict[str, str] = {}
    notes: list[Sentence] = []
    alerts: dict[str, Mapping[str, Fact]] = {}
    for role in meaning.money:
        written = _number(engine, clean, meaning, role)
        number[role] = written.form
        notes += written.notes
        alerts |= written.alerts
    day, days = _days(engine, clean, meaning, settings)
    return SpendFormat(
        number=number,
        days=days,
        sums=sum_of_others(engine, meaning),
        days_values=dates.parameters(day.sql, settings.date_format),
        notes=(*notes, *day.notes),
        alerts={**alerts, **day.alerts},
    )


def _without_totals(engine: DuckDB, sheet: Sheet, meaning: Meaning) -> Sheet:
    """Copy the rows that are no totals, with amounts that are not reported left blank."""
    money = {meaning.columns.position[role] for role in meaning.money}
    cells = [
        f"case when not not_reported(c{at}) then c{at} end as c{at}" if at in money else f"c{at}"
        for at in range(len(sheet.header))
    ]
    rows = f"from spend_cells where not ({total(meaning)})"
    if engine.execute(f"select 1 {rows} limit 1").fetchone() is None:
        ((count,),) = engine.execute("select count(*) from spend_cells").fetchall()
        raise NoSpendError(file=sheet.name, reasons=f"total-row {count}")
    path = engine.temp / "spend-clean.parquet"
    quoted = str(path).replace("'", "''")
    engine.execute(
        f"copy (select {', '.join(cells)} {rows} order by record) to '{quoted}' (format parquet)"
    )
    types = ("VARCHAR",) * len(sheet.header)
    return replace(sheet, shape="parquet", path=path, parts=(), types=types)


def _number(engine: DuckDB, clean: Sheet, meaning: Meaning, role: str) -> NumberFormat:
    """Decide the number format of a column; if it is ambiguous, that of the other columns.

    Raises:
        SpendNotNumbersError: most cells are no numbers.
        AmbiguousDecimalError: no other column shows what a point or comma separates.
        MixedDecimalError: both kinds occur.
    """
    source, parameters = scan.relation(clean)
    odd = f"select bool_or(not is_plain_number(c{meaning.columns.position[role]})) from {source}"
    if engine.execute(odd, parameters).fetchone() == (False,) and not meaning.columns.decimal:
        return NumberFormat(form="plain")
    try:
        return amounts.form(engine, clean, meaning.columns, role)
    except NotNumbersError as error:
        facts = error.facts
        raise SpendNotNumbersError(
            file=clean.name, column=facts["column"], example=facts["example"]
        ) from None
    except AmbiguousDecimalError:
        cells = ", ".join(f"c{at}" for at in range(len(clean.header)))
        ((points, commas),) = engine.execute(
            f"""
            select count(*) filter (has_point(x) and not has_comma(x)),
                count(*) filter (has_comma(x) and not has_point(x))
            from (
                select bare_number(t) as x from (
                    select unnest([{cells}]) as t from {source}
                )
            )
            """,
            parameters,
        ).fetchall()
        if bool(points) == bool(commas):
            raise
        return NumberFormat(form="point" if points else "comma")


def _days(
    engine: DuckDB, clean: Sheet, meaning: Meaning, settings: ReadingSettings
) -> tuple[Dates, tuple[str, str]]:
    """Decide the format of days; return the SQL of the first and the last day of a row."""
    place = meaning.columns.position
    cells = [f"c{place[role]}" for role in meaning.dates]
    if not cells:
        return Dates(sql=dates.SANE), ("$period_first::date", "$period_last::date")
    day = _day(engine, clean, meaning, cells, settings)
    if len(cells) > 1:
        start, end = (f"coalesce({day.sql.format(cell)}, spend_month({cell}))" for cell in cells)
        last = f"case when spend_month({cells[1]}) is null then {end} else last_day({end}) end"
        return day, (start, last)
    (cell,) = cells
    plain, decided = (
        [span.format(f"({form.format(cell)})") for span in _SPANS[unit(meaning)]]
        for form in (dates.SANE, day.sql)
    )
    month = f"spend_month({cell})"
    return day, (
        f"coalesce({plain[0]}, {month}, period_first({cell}), {decided[0]})",
        f"coalesce({plain[1]}, last_day({month}), period_last({cell}), {decided[1]})",
    )


def unit(meaning: Meaning) -> str:
    """Return the period that a day in the column of days represents, by the header."""
    header = key(meaning.columns.name(meaning.dates[0]))
    return next((name for name, words in _UNITS.items() if header in words), "day")


def _day(
    engine: DuckDB, clean: Sheet, meaning: Meaning, cells: list[str], settings: ReadingSettings
) -> Dates:
    """Decide the format of days; months and periods are always read.

    Raises:
        SpendNotDatesError: most cells are neither days nor months.
        AmbiguousDateError: no cell shows whether day or month comes first.
        MixedDateError: both orders occur.
    """
    source, parameters = scan.relation(clean)
    ((odd, every),) = engine.execute(
        f"""
        select count(*) filter (
            coalesce({dates.SANE.format("t")}, spend_month(t), period_first(t)) is null
        ), count(*)
        from (select unnest([{", ".join(cells)}]) as t from {source}) where not is_blank(t)
        """,
        parameters,
    ).fetchall()
    if not odd:
        return Dates(sql=dates.SANE)
    try:
        return dates.form(engine, clean, meaning.columns, meaning.dates, settings.today)
    except (AmbiguousDateError, MixedDateError, NotDatesError) as error:
        if settings.date_format:
            dates.check_format(
                engine, clean, meaning.columns, settings.date_format, meaning.dates[0]
            )
            return Dates(sql=dates.given(settings.date_format))
        if isinstance(error, NotDatesError):
            if 2 * odd < every:
                return Dates(sql=dates.SANE)
            facts = error.facts
            raise SpendNotDatesError(
                file=clean.name, column=facts["column"], example=facts["example"]
            ) from None
        raise


def periods_of_days(engine: DuckDB, index: int, meaning: Meaning) -> list[Sentence]:
    """Read days that come by months or weeks as these, and describe it.

    Args:
        engine: holds `spend_rows`, which are changed.
        index: of the sheet.
        meaning: what its columns mean.
    """
    if meaning.dates != ("spend_date",) or unit(meaning) != "day":
        return []
    ((days, firsts, lasts, weekdays, longer),) = rows_of(
        engine, "read/spend/rhythm", {"sheet": index}
    )
    if longer or not days:
        return []
    if firsts and days >= _FEW_MONTHS:
        last, text = "last_day(first)", AS_MONTHS
    elif lasts and days >= _FEW_MONTHS:
        last, text = "first, first = month_start(first)", AS_MONTH_ENDS
    elif weekdays == 1 and days >= _FEW_WEEKS:
        last, text = "first + 6", AS_WEEKS
    else:
        return []
    engine.execute(f"update spend_rows set last = {last} where sheet = $sheet", {"sheet": index})
    return [Sentence(text, {"column": meaning.columns.name("spend_date")})]
