"""Databases that are opened once for all tests of a process, as opening one takes the longest.

`reused` stands in for `ltvcli.engines.duckdb.open`. Each engine is a connection of its own, so it
has no macro or setting of another, and its tables are dropped when it is closed. It may read where
tests and examples are, and nothing else. Where the engine itself is the point, and in golden runs,
the fixture `own_database` brings back the real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import progress
from ltvcli.engines import duckdb
from ltvcli.engines.duckdb import DuckDB

if TYPE_CHECKING:
    import duckdb as library

FUNCTION = "function "
REAL = duckdb.open


class Connection(DuckDB):
    """An engine that remembers the functions it defined, which belong to all of a database."""

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
        self.idle: list[library.DuckDBPyConnection] = []

    @contextmanager
    def reused(self, files: Sequence[Path], temp: Path, memory: str | None) -> Iterator[DuckDB]:
        """Open an engine as `ltvcli.engines.duckdb.open` does, in a database that is open."""
        if memory or progress.is_wanted():
            with REAL(files, temp, memory) as engine:
                yield engine
            return
        database = self.idle.pop() if self.idle else self._new()
        connection = database.cursor()
        engine = Connection(connection, temp, 10**9)
        try:
            with progress.source(connection.query_progress):
                yield engine
        finally:
            is_clean = False
            with suppress(Exception):
                empty(connection)
                is_clean = not any(name.startswith(FUNCTION) for name in engine.defined)
            connection.close()
            if is_clean:
                self.idle.append(database)
            else:
                database.close()

    def close(self) -> None:
        for database in self.idle:
            database.close()

    def _new(self) -> library.DuckDBPyConnection:
        import duckdb as library

        database = library.connect(":memory:")
        for name, value in duckdb.settings([], self.temp, 10**9).items():
            folders = [str(folder) for folder in (*self.folders, self.temp)]
            given = folders if name == "allowed_directories" else value
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
