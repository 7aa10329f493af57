"""How the dates of a column are written: decided from all of its cells, never cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import AmbiguousDateError, MixedDateError, NotADateFormatError, NotDatesError
from ltvcli.language import N_
from ltvcli.read import scan
from ltvcli.read.mapping import Columns
from ltvcli.read.sheet import Sheet
from ltvcli.results import Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

PLAIN = "plain_day({})"
SANE = "sane_day(plain_day({}))"
GIVEN = "sane_day(try_strptime(trim({}), $formats)::date)"
_FIRST = {
    "day": "coalesce(sane_day(plain_day({0})), day_first({0}))",
    "month": "coalesce(sane_day(plain_day({0})), month_first({0}))",
}
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")


def formats(given: str) -> list[str]:
    """List a format as given and with the usual times behind it."""
    return [given + time for time in _TIMES]


def check_format(
    engine: DuckDB, sheet: Sheet, columns: Columns, given: str, role: str = "date"
) -> None:
    """Make sure that --date-format is a format of dates, and that of this column.

    Raises:
        NotADateFormatError: it does not say where day, month and year stand.
        NotDatesError: most cells are written in another way.
    """
    import duckdb

    there_and_back = "strptime(strftime(date '2026-10-31', $1), $1)::date = date '2026-10-31'"
    try:
        ((holds,),) = engine.execute(f"select {there_and_back}", [given]).fetchall()
    except duckdb.InvalidInputException:
        holds = False
    if not holds:
        raise NotADateFormatError(text=given)
    source, parameters = scan.relation(sheet)
    cell = f"c{columns.position[role]}"
    read = GIVEN.format(cell)
    ((filled, known, word),) = engine.execute(
        f"""
        select count(*), count({read}), min({cell}) filter ({read} is null)
        from {source} where not is_blank({cell})
        """,
        {**parameters, "formats": formats(given)},
    ).fetchall()
    if 2 * known < filled:
        raise NotDatesError(file=sheet.name, column=columns.name(role), example=word)


def form(
    engine: DuckDB, sheet: Sheet, columns: Columns, roles: Sequence[str] = ("date",)
) -> tuple[str, list[Sentence]]:
    """Decide the SQL that reads a column of dates, or several that are written in the same way.

    8/10/2025 is evidence for neither order of day and month, 13/8/2025 for the day first.

    Raises:
        MixedDateError: both orders occur.
        AmbiguousDateError: no cell tells the order, and it matters.
        NotDatesError: most cells are no dates.
    """
    source, parameters = scan.relation(sheet)
    header = ", ".join(columns.name(role) for role in roles)
    cells = ", ".join(f"c{columns.position[role]}" for role in roles)
    (found,) = engine.execute(
        f"""
        select count(*) as filled, count(*) filter (known) as known,
            count(*) filter (ordered) as ordered,
            min(t) filter (ordered and one <> two) as example,
            count(*) filter (ordered and one > 12 and two <= 12) as days,
            min(t) filter (ordered and one > 12 and two <= 12) as day,
            count(*) filter (ordered and two > 12 and one <= 12) as months,
            min(t) filter (ordered and two > 12 and one <= 12) as month,
            min(t) filter (not known and not ordered) as word
        from (
            select t, loose_day(x) is not null as known, is_ordered(x) as ordered,
                try_cast(regexp_extract(x, '^\\d+') as int) as one,
                try_cast(regexp_extract(x, '^\\d+\\D(\\d+)', 1) as int) as two
            from (
                select t, bare_day(t) as x
                from (select unnest([{cells}]) as t from {source}) where not is_blank(t)
            )
        )
        """,
        parameters,
    ).fetchall()
    filled, known, ordered, example, days, day, months, month, word = found
    if 2 * (known + ordered) < filled:
        raise NotDatesError(file=sheet.name, column=header, example=word)
    if days and months:
        raise MixedDateError(file=sheet.name, column=header, day=day, month=month)
    if example and not days and not months:
        raise AmbiguousDateError(file=sheet.name, column=header, example=example)
    notes = []
    if known and ordered:
        text = N_("Dates in “{column}” are written in two ways, {count} of them like “{example}”.")
        facts = {
            "column": header,
            "count": Quantity(ordered, Unit.COUNT),
            "example": day or month or example or "",
        }
        notes.append(Sentence(text, facts))
    return _FIRST["month" if months else "day"], notes
