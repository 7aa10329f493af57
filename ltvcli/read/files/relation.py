"""A DuckDB relation to Parquet: its query runs once, in its own session, and leaves nothing there.

The query runs when the relation is read. Times with a time zone become the times of the session's
zone, in which the user sees them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ltvcli.errors import RelationError

NAME = "DuckDB relation"
MOMENT = "TIMESTAMP WITH TIME ZONE"
_TOO_LARGE = ("HUGEINT", "UHUGEINT")
"""Types that Parquet stores as DOUBLE, which loses digits."""


def is_relation(given: Any) -> bool:
    """Return whether it is what `duckdb.sql` and `connection.table` return."""
    return type(given).__name__ == "DuckDBPyRelation"


def to_parquet(relation: Any, path: Path) -> dict[str, str]:
    """Write the rows of a relation to a file, and return the time zone of columns that have one.

    Args:
        relation: whose connection is used, and stays open.
        path: of the file.

    Raises:
        RelationError: its query fails, or its connection writes no files.
    """
    import duckdb

    try:
        types = {
            name: str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)
        }
        columns = ", ".join(_column(name, kind) for name, kind in types.items())
        relation.project(columns).write_parquet(str(path))
        moments = [name for name, kind in types.items() if kind == MOMENT]
        return dict.fromkeys(moments, _zone(relation)) if moments else {}
    except duckdb.Error as error:
        because = str(error).splitlines()[0].rstrip(".")
        raise RelationError(because=because) from None


def _column(name: str, kind: str) -> str:
    """Write the SQL of a column as it is to be stored."""
    quoted = '"' + name.replace('"', '""') + '"'
    if kind == MOMENT:
        return f"cast({quoted} as timestamp) as {quoted}"
    return f"cast({quoted} as varchar) as {quoted}" if kind in _TOO_LARGE else quoted


def _zone(relation: Any) -> str:
    """Return the time zone of the session of a relation."""
    ((_, zone),) = relation.limit(0).aggregate("count(*), current_setting('TimeZone')").fetchall()
    return str(zone)
