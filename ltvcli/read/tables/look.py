"""What a table shows before its rows are cleaned: small sums, and the texts of its columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ltvcli.errors import TooManySegmentsError
from ltvcli.facts.segments import MOST_SEGMENTS
from ltvcli.read.tables import fields
from ltvcli.read.tables.fields import Cells

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


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
    rows = rows_of(
        engine,
        "select value, count(*) over () as different from (select distinct "
        f"{value} as value from {source}) as names where value is not null "
        f"order by value limit {MOST_SEGMENTS + 1}",
    )
    if len(rows) > MOST_SEGMENTS:
        raise TooManySegmentsError(count=int(rows[0][1]), most=MOST_SEGMENTS)
    every = [str(text) for text, _ in rows]
    return {text: usual for text in every if (usual := _visible(text)) != text}


def _visible(text: str) -> str:
    """Return a value as `segment_value` in sql/read/macros.sql has it."""
    spaces = "".join(" " if ord(letter) < 32 or ord(letter) == 127 else letter for letter in text)  # noqa: PLR2004
    return unicodedata.normalize("NFC", spaces.strip(" \u3000\ufeff"))
