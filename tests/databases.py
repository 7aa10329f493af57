"""Databases that are opened once for all tests of a process, and plan queries with less effort.

Most of the time of a test goes into opening a database, creating macros and planning queries of a
few rows. `reused` stands in for `ltvcli.engines.duckdb.open`: each engine is a connection of its
own, whose tables are dropped when it is closed, in a database that keeps its macros and leaves out
most of what a planner tries. It may read where tests and examples are, and nothing else.

Where the engine itself is the point, and in golden runs, the fixture `own_database` brings back the
real one; a run that does everything, as in CI, has no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import progress
from ltvcli.engines import duckdb
from ltvcli.engines.duckdb import DuckDB

if TYPE_CHECKING:
    import duckdb as library

FUNCTION = "function "
REAL = duckdb.open
PLANNED = {"deliminator", "filter_pushdown", "top_n", "unused_columns"}
"""Steps of the planner without which some queries take long."""


class Plan:
    """What DuckDB answered to an EXPLAIN."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows

    def fetchall(self) -> list[Any]:
        return self.rows


@cache
def plans() -> dict[str, Plan]:
    """Return the plans that were made in this process, by statement."""
    return {}


class Connection(DuckDB):
    """An engine in a database whose macros and functions are those of all its connections.

    A plan depends on the statement, and making one takes as long as running it.
    """

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        if not sql.startswith("explain "):
            return super().execute(sql, parameters)
        if sql not in plans():
            plans()[sql] = Plan(super().execute(sql, parameters).fetchall())
        return plans()[sql]

    def define_macros(self, *names: str) -> None:
        for name in names:
            if name not in self.defined:
                text = duckdb.query(name)
                self.connection.execute(text.replace("replace temp macro", "replace macro"))
                self.defined.add(name)

    def define(self, name: str, function: Callable[[str], Any]) -> None:
        super().define(name, function)
        self.defined.add(FUNCTION + name)


class Databases:
    """Databases, of which those that nobody uses are kept for the next.

    Args:
        folders: what may be read.
        temp: for what does not fit into memory.
    """

    def __init__(self, folders: Sequence[Path], temp: Path) -> None:
        self.folders = folders
        self.temp = temp
        self.idle: list[tuple[library.DuckDBPyConnection, set[str]]] = []

    @contextmanager
    def reused(self, files: Sequence[Path], temp: Path, memory: str | None) -> Iterator[DuckDB]:
        """Open an engine as `ltvcli.engines.duckdb.open` does, in a database that is open."""
        if memory or progress.is_wanted():
            with REAL(files, temp, memory) as engine:
                yield engine
            return
        database, defined = self.idle.pop() if self.idle else (self._new(), set())
        connection = database.cursor()
        engine = Connection(connection, temp, 10**9, defined)
        try:
            with progress.source(connection.query_progress):
                yield engine
        finally:
            is_clean = False
            with suppress(Exception):
                empty(connection)
                is_clean = not any(name.startswith(FUNCTION) for name in defined)
            connection.close()
            if is_clean:
                self.idle.append((database, defined))
            else:
                database.close()

    def close(self) -> None:
        for database, _ in self.idle:
            database.close()

    def _new(self) -> library.DuckDBPyConnection:
        import duckdb as library

        database = library.connect(":memory:", config={"threads": 1})  # tests run in parallel
        found = database.execute("select name from duckdb_optimizers()").fetchall()
        steps = {name for (name,) in found}
        for name, value in duckdb.settings([], self.temp, 10**9).items():
            folders = [str(folder) for folder in (*self.folders, self.temp)]
            given = folders if name == "allowed_directories" else value
            if name == "disabled_optimizers":
                given = ",".join(sorted(steps - PLANNED))
            everywhere = "" if name.startswith("enable_progress") else "global"
            database.execute(f"set {everywhere} {name} = $1", [given])
        return database


def empty(connection: library.DuckDBPyConnection) -> None:
    """Drop every table and view."""
    with suppress(Exception):
        connection.execute("rollback")  # of what was interrupted
    names = (
        "select 'view', view_name from duckdb_views() where not internal "
        "union all select 'table', table_name from duckdb_tables()"
    )
    for kind, name in connection.execute(names).fetchall():
        connection.execute(f'drop {kind} if exists "{name}"')
