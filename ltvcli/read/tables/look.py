"""What a table shows before its rows are cleaned: small sums, and the texts of its columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.errors import TooManySegmentsError
from ltvcli.facts.orders import MOST_SEGMENTS
from ltvcli.read.columns import statuses
from ltvcli.read.tables import fields
from ltvcli.read.tables.fields import Cells

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet

_MOST_TEXTS = 1000  # texts of a column that are looked at, the most frequent first


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


def names_of(engine: DuckDB, cells: Cells, place: int) -> dict[str, str]:
    """Return values of a segment column with other spellings, mapped to the main one.

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
