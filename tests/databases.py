"""Databases that are opened once for all tests of a process, and plan queries with less effort.

Most of the time of a test goes into opening a database, creating macros and planning queries of a
few rows. `reused` stands in for `ltvcli.engines.duckdb.open`: each engine is a connection of its
own in a database that keeps its macros and leaves out most of what a planner tries. It may read
where tests and examples are, and nothing else, and asks for nothing twice (`tests.recalled`). A run
that does everything, as in CI, has databases as users have them, which answer each question.

Where the engine itself is the point, and in golden runs, the fixture `own_database` brings back the
real one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from ltvcli import progress
from ltvcli.engines import _duckdb_settings, duckdb
from ltvcli.engines._queries import query
from ltvcli.engines._row_order import operators
from ltvcli.engines.duckdb import DuckDB
from tests.recalled import Answers, Place, Recalled, empty

REAL = duckdb.open
MOST_IDLE = 4
PLANNED = {"deliminator", "filter_pushdown", "top_n", "unused_columns"}
"""Steps of the planner without which some queries take long."""


@cache
def plans() -> dict[str, set[str]]:
    """Return the operators of plans that were made in this process, by statement."""
    return {}


class Connection(DuckDB):
    """An engine in a database whose macros and functions are those of all its connections.

    A plan depends on the statement, and making one takes as long as running it.
    """

    def store_profiled(self, statement: str, parameters: Any) -> tuple[int, set[str]]:
        if statement not in plans():
            explained = self.execute(f"explain (format json) {statement}", parameters).fetchall()
            plans()[statement] = set(operators(json.loads(explained[0][1])))
        ((count,),) = self.execute(statement, parameters).fetchall()
        return count, plans()[statement]

    def define_macros(self, *names: str) -> None:
        for name in names:
            if name not in self.defined:
                text = query(name).replace("replace temp macro", "replace macro")
                if isinstance(self.connection, Recalled):
                    self.connection.macros[name] = text
                else:
                    self.connection.execute(text)
                self.defined.add(name)


class Databases:
    """Databases, of which those that nobody uses are kept for the next.

    Args:
        folders: what may be read.
        temp: for what does not fit into memory.
    """

    def __init__(self, folders: Sequence[Path], temp: Path) -> None:
        self.folders = folders
        self.temp = temp
        self.idle: list[Place] = []
        self.answers = Answers()

    @contextmanager
    def reused(self, files: Sequence[Path], temp: Path, memory: str | None) -> Iterator[DuckDB]:
        """Open an engine as `ltvcli.engines.duckdb.open` does, in a database that is open."""
        if memory or progress.is_wanted():
            with REAL(files, temp, memory) as engine:
                yield engine
            return
        connection: Any = Recalled(self._place, self.answers, lambda path: True)
        try:
            with progress.source(connection.query_progress):
                yield Connection(connection, temp, 10**9)
        finally:
            if place := connection.place:
                self._keep(place, is_clean=not connection.has_functions)

    def _place(self, states: Sequence[bytes]) -> Place:
        """Return an idle database in the first of some states, or one that is empty."""
        for state in states:
            for place in self.idle:
                if place.state == state:
                    self.idle.remove(place)
                    return place
        if len(self.idle) < MOST_IDLE:
            return self._new()
        place = self.idle.pop(0)
        empty(place.connection)
        place.state = b""
        return place

    def _keep(self, place: Place, *, is_clean: bool) -> None:
        """Keep a database for the next, if nothing is in it but tables and views."""
        if is_clean and place.state is None:
            is_clean = False
            with suppress(Exception):
                empty(place.connection)
                place.state, is_clean = b"", True
        if is_clean:
            self.idle.append(place)
        else:
            place.connection.close()
            place.database.close()

    def close(self) -> None:
        for place in self.idle:
            place.database.close()

    def _new(self) -> Place:
        import duckdb as library

        database = library.connect(":memory:", config={"threads": 1})  # tests run in parallel
        found = database.execute("select name from duckdb_optimizers()").fetchall()
        steps = {name for (name,) in found}
        for name, value in _duckdb_settings.settings([], self.temp, 10**9).items():
            folders = [str(folder) for folder in (*self.folders, self.temp)]
            given = folders if name == "allowed_directories" else value
            if name == "disabled_optimizers":
                given = ",".join(sorted(steps - PLANNED))
            everywhere = "" if name.startswith("enable_progress") else "global"
            database.execute(f"set {everywhere} {name} = $1", [given])
        return Place(database, database.cursor())
