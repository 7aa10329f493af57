"""The texts of the columns of a table and how often they occur, in two queries for all columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.read.columns import statuses
from ltvcli.read.tables.fields import Cells
from ltvcli.read.tables.look import row_of, rows_of

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet

_MOST_TEXTS = 1000  # texts of a column that are looked at, the most frequent first
_SOME = 10_000  # rows in which a column with many texts shows that it has


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
    named = [
        place
        for place in places
        if statuses.column(sheet.header[place]) is not None and cells.kind(place) != "other"
    ]
    unnamed = [
        place
        for place in places
        if statuses.column(sheet.header[place]) is None
        and cells.kind(place) in ("text", "whole", "truth")
    ]
    known: dict[int, Mapping[str, int]] = {place: {} for place in places}
    few = unnamed if engine.asks_all else _with_few(engine, sheet, unnamed)
    counted = _most_frequent(engine, sheet, sorted([*named, *few]), few)
    for place, texts_counted in counted.items():
        if place in named or len(texts_counted) <= statuses.MOST_WORDS:
            frequent = [(text, n) for text, n in texts_counted if text]
            known[place] = dict(frequent[:_MOST_TEXTS])
    return known, True


def _with_few(engine: DuckDB, sheet: Sheet, places: Sequence[int]) -> list[int]:
    """Return the columns that have few texts in some rows, any; in all rows they may have more."""
    source = Cells(sheet=sheet, used=frozenset(places)).source
    seen = row_of(
        engine,
        {f"n{at}": f"count(distinct c{at})" for at in places},
        f"(select * from ({source}) as cells limit {_SOME}) as some_rows",
    )
    return [place for place in places if seen[f"n{place}"] <= statuses.MOST_WORDS]


def _most_frequent(
    engine: DuckDB, sheet: Sheet, places: Sequence[int], few: Sequence[int]
) -> dict[int, list[tuple[str, int]]]:
    """Count the texts of columns, one more than are looked at, by position; by one query.

    Args:
        engine: holds the table.
        sheet: the table.
        places: of the columns.
        few: those of columns whose texts matter only if they are few.
    """
    counts = []
    for place in places:
        cells = Cells(sheet=sheet, used=frozenset([place]))
        text = cells.text(place)
        counts.append(
            f"select {place} as column_place, text, n, row_number() over "
            f"(order by n desc, text) as place, count(*) over () as different, "
            f"{statuses.MOST_WORDS if place in few else 0} as most "
            f"from (select {text} as text, count(*) as n "
            f"from ({cells.source}) as cells where {text} is not null group by {text}) as texts"
        )
    counted: dict[int, list[tuple[str, int]]] = {place: [] for place in places}
    if counts:
        rows = rows_of(
            engine,
            f"select column_place, text, n from ({' union all '.join(counts)}) as counts "
            f"where place <= {_MOST_TEXTS + 1} "
            "and (different <= most or most = 0) order by column_place, place",
        )
        for place, text, n in rows:
            counted[place].append((str(text), int(n)))
    return counted
