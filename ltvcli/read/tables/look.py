"""What a table shows before its rows are cleaned: small sums, and what cannot be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.errors import (
    ChangedIdsError,
    DamagedIdsError,
    EmptyTableError,
    NotDatesError,
    NotNumbersError,
    TooManySegmentsError,
    UnclearCellsError,
)
from ltvcli.facts.orders import MOST_SEGMENTS
from ltvcli.language import N_
from ltvcli.read.columns import statuses
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.orders import amounts
from ltvcli.read.tables import fields, texts
from ltvcli.read.tables.fields import Cells
from ltvcli.results import Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet

_MOST_TEXTS = 1000  # texts of a column that are looked at, the most frequent first
_LONG = 18  # digits of a long id; spreadsheets keep 15
_ROUNDED = N_("{count} numbers in “{column}” had more than 4 decimals and were rounded.")


def rows_of(
    engine: DuckDB, sql: str, parameters: Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """Execute a query that gives few rows, and return them.

    Args:
        engine: holds the tables.
        sql: the query.
        parameters: values that it names.
    """
    return engine.execute(sql, parameters or {}).fetchall()


def row_of(
    engine: DuckDB,
    selected: Mapping[str, str],
    source: str,
    parameters: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Select sums over a source, and return them by name.

    Args:
        engine: holds the tables.
        selected: SQL of each sum, by name.
        source: SQL of a table or of a query with a name.
        parameters: values that the SQL names.
    """
    if not selected:
        return {}
    columns = ", ".join(f"{sql} as {name}" for name, sql in selected.items())
    ((*values,),) = rows_of(engine, f"select {columns} from {source}", parameters)
    return dict(zip(selected, values, strict=True))


def count(test: str) -> str:
    """Write the SQL that counts the rows for which a test is true."""
    return f"count(case when {test} then 1 end)"


def texts_of(
    engine: DuckDB, sheet: Sheet, places: Sequence[int]
) -> tuple[dict[int, Mapping[str, int]], bool]:
    """Count the texts of columns in all rows, by position, the most frequent first.

    Columns of numbers with decimals and of days are left out, unless a header says that they may be
    statuses; so are columns with too many texts.

    Args:
        engine: holds the table.
        sheet: the table.
        places: of the columns.
    """
    cells = Cells(sheet=sheet, used=frozenset(places))
    named = [place for place in places if statuses.column(sheet.header[place]) is not None]
    unnamed = [
        place
        for place in places
        if place not in named and cells.kind(place) in ("text", "whole", "truth")
    ]
    source = f"({Cells(sheet=sheet, used=frozenset(unnamed)).source}) as cells"
    distinct = row_of(engine, {f"n{at}": f"count(distinct c{at})" for at in unnamed}, source)
    few = [place for place in unnamed if distinct[f"n{place}"] <= statuses.MOST_WORDS]
    known: dict[int, Mapping[str, int]] = {place: {} for place in places}
    for place in sorted([*named, *few]):
        if cells.kind(place) == "other":
            continue
        source = Cells(sheet=sheet, used=frozenset([place])).source
        text = cells.text(place)
        rows = rows_of(
            engine,
            f"select {text} as text, count(*) as n from ({source}) as cells "
            f"where {text} <> '' group by {text} order by n desc, text limit {_MOST_TEXTS}",
        )
        known[place] = {str(text): int(n) for text, n in rows}
    return known, True


def check(engine: DuckDB, cells: Cells, columns: Columns) -> list[Sentence]:
    """Refuse cells that a reader of files would have to repair or to decide; note what is rounded.

    Args:
        engine: holds the table.
        cells: of the table.
        columns: what its columns mean.

    Raises:
        EmptyTableError: there are no rows.
        ChangedIdsError: ids were changed by a spreadsheet.
        DamagedIdsError: ids have lost digits.
        UnclearCellsError: text of numbers or days could be read in several ways.
    """
    place = columns.position
    ids = {
        role: cells.text(place[role])
        for role in ("customer", "order", "refund_of")
        if role in place
    }
    numbers = {role: place[role] for role in amounts.among(columns)}
    asked = {"all_rows": "count(*)"}
    seen_once: dict[str, str] = {}  # by row; what is named twice is computed twice
    for role, text in ids.items():
        if cells.kind(place[role]) == "whole":
            asked |= _of_whole_ids(role, f"c{place[role]}", text)
            continue
        seen_once |= {
            f"{role}_is_changed": texts.is_changed(text),
            f"{role}_is_lost": texts.is_scientific(text),
            f"{role}_is_rounded": texts.is_rounded(text),
        }
        is_damaged = f"{role}_is_lost or {role}_is_rounded"
        asked |= {
            f"{role}_changed": count(f"{role}_is_changed"),
            f"{role}_example": f"min(case when {role}_is_changed then {text} end)",
            f"{role}_lost": count(f"{role}_is_lost"),
            f"{role}_rounded": count(f"{role}_is_rounded"),
            f"{role}_long": count(f"length({text}) >= {_LONG}"),
            f"{role}_damaged": f"min(case when {is_damaged} then {text} end)",
        }
    for role, at in numbers.items():
        asked |= _of_number(cells, role, at)
    asked |= _of_day(cells, place["date"])
    made = "".join(f", {sql} as {name}" for name, sql in seen_once.items())
    seen = row_of(engine, asked, f"(select *{made} from ({cells.source}) as cells) as looked_at")
    if not seen["all_rows"]:
        raise EmptyTableError(table=cells.sheet.name)
    for role in ids:
        _refuse_ids(cells.sheet, columns, role, seen)
    _refuse_text(cells.sheet, columns, "date", seen)
    notes = []
    for role in numbers:
        _refuse_text(cells.sheet, columns, role, seen)
        if seen[f"{role}_cut"]:
            amount = Quantity(int(seen[f"{role}_cut"]), Unit.COUNT)
            notes.append(Sentence(_ROUNDED, {"count": amount, "column": columns.name(role)}))
    return notes


def _of_whole_ids(role: str, cell: str, text: str) -> dict[str, str]:
    """Write what is asked of ids that are whole numbers, of which a spreadsheet keeps 15 digits."""
    is_long = f"{cell} >= {10 ** (_LONG - 1)}"
    is_rounded = f"{is_long} and {texts.is_rounded(text)}"
    return {
        f"{role}_changed": "0",
        f"{role}_lost": "0",
        f"{role}_rounded": count(is_rounded),
        f"{role}_long": count(is_long),
        f"{role}_damaged": f"min(case when {is_rounded} then {text} end)",
    }


def _of_number(cells: Cells, role: str, place: int) -> dict[str, str]:
    """Write what is asked of a column of numbers."""
    cell = f"c{place}"
    if cells.kind(place) != "text":
        exact = f"cast({cell} as double)" if cells.kind(place) == "real" else cell
        rounded = f"cast({fields.number(cells, place)} as double)"
        cut = (
            f"{exact} <> {rounded if cells.kind(place) == 'real' else fields.number(cells, place)}"
        )
        return {
            f"{role}_unclear": "0",
            f"{role}_cut": "0" if cells.kind(place) == "whole" else count(cut),
        }
    is_word = f"not {texts.is_number(cell)} and not {texts.is_blank(cell)}"
    unclear = f"not {texts.is_number(cell)} and {texts.has_digit(cell)}"
    open_ = texts.is_open_number(cell)
    clear = f"{texts.is_number(cell)} and {cell} like '%.%' and not {open_}"
    return {
        f"{role}_unclear": count(unclear),
        f"{role}_example": f"min(case when {unclear} then {cell} end)",
        f"{role}_open": count(open_),
        f"{role}_clear": count(clear),
        f"{role}_open_example": f"min(case when {open_} then {cell} end)",
        f"{role}_filled": count(f"not {texts.is_blank(cell)}"),
        f"{role}_read": count(texts.is_number(cell)),
        f"{role}_word": f"min(case when {is_word} then {cell} end)",
        f"{role}_cut": count(f"{texts.is_number(cell)} and trim({cell}) like '%.%_____'"),
    }


def _of_day(cells: Cells, place: int) -> dict[str, str]:
    """Write what is asked of the column of days."""
    if cells.kind(place) != "text":
        return {"date_unclear": "0"}
    cell = f"c{place}"
    is_word = f"not {texts.is_day_text(cell)} and not {texts.is_blank(cell)}"
    unclear = f"not {texts.is_day_text(cell)} and {texts.has_digit(cell)}"
    return {
        "date_unclear": count(unclear),
        "date_example": f"min(case when {unclear} then {cell} end)",
        "date_filled": count(f"not {texts.is_blank(cell)}"),
        "date_read": count(texts.is_day_text(cell)),
        "date_word": f"min(case when {is_word} then {cell} end)",
    }


def _refuse_ids(sheet: Sheet, columns: Columns, role: str, seen: Mapping[str, Any]) -> None:
    header = columns.name(role)
    if seen[f"{role}_changed"]:
        raise ChangedIdsError(
            table=sheet.name,
            column=header,
            count=Quantity(int(seen[f"{role}_changed"]), Unit.COUNT),
            example=seen[f"{role}_example"],
        )
    rounded, long = seen[f"{role}_rounded"], seen[f"{role}_long"]
    lost = seen[f"{role}_lost"] + (rounded if rounded == long else 0)
    if lost:
        example = seen[f"{role}_damaged"]
        raise DamagedIdsError(file=sheet.name, column=header, count=int(lost), example=example)


def _refuse_text(sheet: Sheet, columns: Columns, role: str, seen: Mapping[str, Any]) -> None:
    """Refuse a column of text that is not all numbers, or days, or words that are neither."""
    header = columns.header[columns.position[role]]
    unclear, example = seen[f"{role}_unclear"], seen.get(f"{role}_example")
    if not unclear and seen.get(f"{role}_open") and not seen[f"{role}_clear"]:
        unclear, example = seen[f"{role}_open"], seen[f"{role}_open_example"]
    if unclear:
        raise UnclearCellsError(
            table=sheet.name,
            count=Quantity(int(unclear), Unit.COUNT),
            column=header,
            role=role,
            example=example,
        )
    if 2 * seen.get(f"{role}_read", 0) < seen.get(f"{role}_filled", 0):
        if role == "date":
            raise NotDatesError(file=sheet.name, column=header, example=seen["date_word"])
        if role in amounts.COUNTED:
            missed = int(seen[f"{role}_filled"] - seen[f"{role}_read"])
            facts = {"example": seen[f"{role}_word"], "count": missed}
            raise NotNumbersError(file=sheet.name, column=header, **facts)


def names_of(engine: DuckDB, cells: Cells, place: int) -> dict[str, str]:
    """Return the values of a column to segment by that are written in another way, with this way.

    Invisible characters, and letters that are written as two.

    Args:
        engine: holds the table.
        cells: of the table.
        place: of the column.

    Raises:
        TooManySegmentsError: there are more values than can be compared.
    """
    value = fields.segment(cells, place)
    source = f"({cells.source}) as cells"
    different = int(row_of(engine, {"n": f"count(distinct {value})"}, source)["n"])
    if different > MOST_SEGMENTS:
        raise TooManySegmentsError(count=different, most=MOST_SEGMENTS)
    rows = rows_of(engine, f"select distinct {value} as value from {source}")
    every = [str(text) for (text,) in rows if text is not None]
    return {text: usual for text in every if (usual := _visible(text)) != text}


def _visible(text: str) -> str:
    """Return a value as `segment_value` in sql/read/macros.sql has it."""
    spaces = "".join(" " if ord(letter) < 32 or ord(letter) == 127 else letter for letter in text)  # noqa: PLR2004
    return unicodedata.normalize("NFC", spaces.strip(" \u3000\ufeff"))
