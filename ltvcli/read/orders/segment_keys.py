"""Values of the only column to segment by, stored as numbers, which group and join faster.

| cell   | segment_key | segment_rest | segment_0 |
| web    | 0           |              | web       |
| ` ads` | 1           |              | ads       |
|        | 255         |              |           |
| fairs  | 255         | fairs        | fairs     |

Values that are frequent in the first rows have the numbers 0, 1, ...; others are stored as text.
Once all rows are stored, these get the next numbers, if there are enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.read.columns.mapping import Columns
from ltvcli.read.orders.rows import Rows

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_MOST_FREQUENT = 20
"""Values that cells are compared with one by one."""
_NO_KEY = 255
"""Key of blank cells, and of values that have no key."""
_LONGEST = 40  # characters of a value that gets a number

Values = Sequence[tuple[str, str]]
"""What stands in cells, and the values without spaces around them; the place is the key."""


def place(columns: Columns) -> int | None:
    """Return the position of the only column to segment by; None if there is none or several."""
    positions = [*columns.by.values()]
    return positions[0] if len(positions) == 1 else None


def frequent(engine: DuckDB, table: str, columns: Columns, more: Sequence[str]) -> Values:
    """Return the values to number, the most frequent first; none if there are many.

    Args:
        engine: holds `table`.
        table: the first rows of a sheet.
        columns: what its columns mean.
        more: further cells of the column, from all over the file.
    """
    if place(columns) is None:
        return ()
    query = (
        "select segment_0 from (select segment_0 from {} union all select unnest($more::text[])) "
        "where segment_0 <> '' and length(segment_0) <= $longest "
        "group by segment_0 order by count(*) desc, segment_0"
    )
    cells = f"select cell, segment_value(cell) from ({query.format(table)}) as cells(cell)"
    frequent_cells = engine.execute(cells, {"more": [*more], "longest": _LONGEST}).fetchall()
    return tuple(frequent_cells) if len(frequent_cells) <= _MOST_FREQUENT else ()


def fields(cell: str, known: Values, values: dict[str, Any]) -> dict[str, str]:
    """Write the SQL of the number of a cell, and of its value if it has none.

    Args:
        cell: SQL of the text.
        known: values that have a number.
        values: gets the parameters named in the SQL.
    """
    values |= {f"segment_cell_{key}": text for key, (text, _) in enumerate(known)}
    cases = " ".join(f"when $segment_cell_{key} then {key}" for key in range(len(known)))
    return {
        "segment_key": f"(case {cell} {cases} else {_NO_KEY} end)::utinyint",
        "segment_rest": f"case when segment_key = {_NO_KEY} then segment_value({cell}) end",
    }


def text(known: Values) -> str:
    """Write the SQL of a value from its number, without text from a user in it.

    >>> text([(" a", "a")])
    'case segment_key when 0 then chr(97) else segment_rest end'
    """
    cases = [
        f"when {key} then {' || '.join(f'chr({ord(character)})' for character in value)}"
        for key, (_, value) in enumerate(known)
        if value
    ]
    return f"case segment_key {' '.join(cases)} else segment_rest end"


def completed(engine: DuckDB, rows: Rows) -> Rows:
    """Number the values that are stored as text, and create the table `segment_keys`.

    Args:
        engine: holds the table of the sheet.
        rows: the sheet.

    Returns:
        The sheet, without the field segment_key if there are more values than numbers.
    """
    if "segment_key" not in rows.fields:
        return rows
    known = len(rows.segments)
    engine.execute(
        f"create or replace temp table rests as select distinct segment_rest as segment "
        f"from {rows.table} where segment_rest <> ''"
    )
    ((rests,),) = engine.execute("select count(*) from rests").fetchall()
    if known + rests > _NO_KEY:
        return replace(rows, fields=tuple(f for f in rows.fields if f != "segment_key"))
    engine.fill(
        "segment_keys",
        {
            "segment_key": ("integer", [*range(known), _NO_KEY]),
            "segment": ("text", [*(value for _, value in rows.segments), ""]),
        },
    )
    engine.execute(
        "insert into segment_keys "
        f"select {known} - 1 + row_number() over (order by segment), segment from rests"
    )
    if rests:
        engine.execute(
            f"update {rows.table} set segment_key = keys.segment_key from segment_keys as keys "
            f"where segment_rest = keys.segment and keys.segment_key >= {known} "
            f"and keys.segment_key < {_NO_KEY}"
        )
    return rows
