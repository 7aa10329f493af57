"""Store rows of a file so that rowid is their order in it, and prove from the plan that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from ltvcli.errors import InternalError

_KEEP_ORDER = {
    "BATCH_CREATE_TABLE_AS",
    "BATCH_INSERT",
    "INSERT",
    "CREATE_TABLE_AS",
    "PROJECTION",
    "STREAMING_LIMIT",
    "LIMIT",
    "READ_CSV",
    "READ_PARQUET",
}
_UNLESS_STORING = "case when getvariable('is_storing') then null else {} end"
"""DuckDB computes generated columns of rows that it stores, only to see whether that fails."""


class Engine(Protocol):
    """The engine of ltvcli.engines.duckdb."""

    def execute(self, sql: str, parameters: Mapping[str, Any] = ...) -> Any:
        """Execute one statement."""

    def store_profiled(self, statement: str, parameters: Mapping[str, Any]) -> tuple[int, set[str]]:
        """Execute a statement that stores rows; return their number, and the operators it ran."""


def store(
    engine: Engine,
    table: str,
    query: str,
    parameters: Mapping[str, Any],
    made: Mapping[str, str],
) -> int:
    """Create `table` from `query` and return the number of rows; see `DuckDB.store_in_order`.

    Args:
        engine: that stores the rows.
        table: name of the table to create or replace.
        query: our SQL that selects its columns.
        parameters: values that the query names.
        made: further columns, and the SQL that computes them whenever they are read.

    Raises:
        InternalError: the plan of `query` does not keep the order of the file.
    """
    created = f"create or replace table {table} as {query}"
    if made:
        described = engine.execute(f"describe {query}", parameters).fetchall()
        stored = {str(name): str(kind) for name, kind, *_ in described}
        derived = [
            f"{name} generated always as ({_UNLESS_STORING.format(sql)})"
            for name, sql in made.items()
        ]
        columns = [f"{name} {kind}" for name, kind in stored.items()]
        engine.execute(f"create or replace table {table} ({', '.join([*columns, *derived])})")
        created = f"insert into {table} ({', '.join(stored)}) {query}"
    try:
        if made:
            engine.execute("set variable is_storing = true")
        count, used = engine.store_profiled(created, parameters)
    finally:
        if made:
            engine.execute("reset variable is_storing")
    if unordered := used - _KEEP_ORDER:
        names = ", ".join(sorted(unordered))
        raise InternalError(what=f"the order of rows is not kept by {names}")
    return count


def operators(plan: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Iterate over the names of the operators of a plan, as DuckDB writes it in JSON."""
    for node in plan:
        yield str(node["name"]).strip()
        yield from operators(node.get("children", ()))
