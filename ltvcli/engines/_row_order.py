"""Store rows of a file so that rowid is their order in it, and prove from the plan that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from ltvcli.errors import InternalError

_KEEP_ORDER = {
    "BATCH_CREATE_TABLE_AS",
    "CREATE_TABLE_AS",
    "PROJECTION",
    "STREAMING_LIMIT",
    "LIMIT",
    "READ_CSV",
    "READ_PARQUET",
}


class Engine(Protocol):
    """The engine of ltvcli.engines.duckdb."""

    def store_profiled(self, statement: str, parameters: Mapping[str, Any]) -> tuple[int, set[str]]:
        """Execute a statement that stores rows; return their number, and the operators it ran."""


def store(engine: Engine, table: str, query: str, parameters: Mapping[str, Any]) -> int:
    """Create `table` from `query` and return the number of rows; see `DuckDB.store_in_order`.

    Args:
        engine: that stores the rows.
        table: name of the table to create or replace.
        query: our SQL that selects its columns.
        parameters: values that the query names.

    Raises:
        InternalError: the plan of `query` does not keep the order of the file.
    """
    created = f"create or replace table {table} as {query}"
    count, used = engine.store_profiled(created, parameters)
    if unordered := used - _KEEP_ORDER:
        names = ", ".join(sorted(unordered))
        raise InternalError(what=f"the order of rows is not kept by {names}")
    return count


def operators(plan: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Iterate over the names of the operators of a plan, as DuckDB writes it in JSON."""
    for node in plan:
        yield str(node["name"]).strip()
        yield from operators(node.get("children", ()))
