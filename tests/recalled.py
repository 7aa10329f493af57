"""Connections that recall what a database answered before, so that tests compute it once.

A database gives the same answer to the same query if the same changes were made in it before, from
files of the same content. Many tests read the same example and ask it for other things: what they
have in common is answered from memory, and the database is opened when something new is asked.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb as library

MOST_ROWS, MOST_ANSWERS = 20_000, 10_000
"""Longer answers are not kept, and of more the oldest are dropped."""
MOST_PATHS = 50
"""A longer list of parameters is none of files."""
NAMES_FILES = re.compile(r"file_?name|parquet_\w*(metadata|schema)|glob\(", re.I)
"""Queries whose answers may hold the paths of files: it matters where these are."""
PLAIN = (str, bool, int, float, Decimal, date, type(None))


class NotRecallable(Exception):  # noqa: N818 - is caught where it is raised
    """A parameter whose value has no key."""


class Answer:
    """The answer to a statement: its rows or its columns, as they were asked for."""

    def __init__(self, description: Any) -> None:
        self.description = description
        self.rows: list[Any] | None = None
        self.columns: dict[str, Any] | None = None


@cache
def statements(sql: str) -> list[library.Statement]:
    """Parse SQL once."""
    import duckdb as library

    return library.extract_statements(sql)


def parsed(sql: str) -> str | library.Statement:
    """Return the form that a connection executes: one statement parsed, several as text."""
    found = statements(sql)
    return found[0] if len(found) == 1 else sql


@cache
def kind(sql: str) -> str:
    """Return what a statement does: ask (a query), write (a file) or change (anything else)."""
    types = {str(statement.type).rpartition(".")[2] for statement in statements(sql)}
    if types <= {"SELECT", "EXPLAIN"} and "store_rejects" not in sql:
        return "ask"
    return "write" if types == {"COPY"} else "change"


def told(value: Any, may_read: Callable[[Path], bool]) -> str:
    """Write a parameter as a part of a key: of a file, its content counts and not its folder.

    Args:
        value: of the parameter.
        may_read: whether the database may read a file.

    Raises:
        NotRecallable: it may be anything.
    """
    if isinstance(value, str) and os.path.isabs(value) and Path(value).is_file():
        if not may_read(Path(value)):
            raise NotRecallable
        content = blake2b(Path(value).read_bytes(), digest_size=16)
        return f"file {content.hexdigest()}{''.join(Path(value).suffixes)}"
    if type(value) in PLAIN:
        return repr(value)
    if isinstance(value, Mapping):
        parts = (f"{key}: {told(each, may_read)}" for key, each in sorted(value.items()))
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list | tuple):
        if len(value) > MOST_PATHS and set(map(type, value)) <= {*PLAIN}:
            return repr(value)
        return f"[{', '.join(told(each, may_read) for each in value)}]"
    raise NotRecallable


class Answers:
    """Answers of this process, by the state of the database and the query."""

    def __init__(self) -> None:
        self.by_key: dict[bytes, Answer] = {}

    def get(self, key: bytes) -> Answer | None:
        return self.by_key.get(key)

    def keep(self, key: bytes, answer: Answer) -> None:
        self.by_key[key] = answer
        if len(self.by_key) > MOST_ANSWERS:
            del self.by_key[next(iter(self.by_key))]


@dataclass
class Place:
    """A connection, to a database of its own.

    macros: names of those that are defined. state: the key of all changes since it was empty.
    """

    database: library.DuckDBPyConnection
    connection: library.DuckDBPyConnection
    macros: set[str] = field(default_factory=set)
    state: bytes | None = b""


class Recalled:
    """Stands in for a connection of DuckDB, which is made when something new is asked.

    Args:
        place: gives a database that is empty, or where the first changes are made already, of the
            keys of all states from the newest to the empty one.
        answers: those of databases with the same settings.
        may_read: whether the database may read a file.
    """

    def __init__(
        self,
        place: Callable[[Sequence[bytes]], Place],
        answers: Answers,
        may_read: Callable[[Path], bool],
    ) -> None:
        self.answers = answers
        self.may_read = may_read
        self.macros: dict[str, str] = {}  # and their SQL
        self.has_functions = False
        self.place: Place | None = None
        self._place_for = place
        self._is_recalling = True
        self._states = [b""]
        self._changes: list[tuple[str, Any]] = []  # one less than states
        self._made = 0  # how many of the changes are made in the real one
        self._query: tuple[str, Any] = ("", None)
        self._answer = Answer(None)
        self._is_real = False  # whether the answer waits in the real connection
        self._rows: list[Any] | None = None
        self._fetched = 0

    def real(self) -> library.DuckDBPyConnection:
        """Return the connection, in which every change is made."""
        if self.place is None:
            self.place = self._place_for(self._states[::-1])
            self._made = self._states.index(self.place.state or b"")
        connection = self.place.connection
        for name, sql in self.macros.items():
            if name not in self.place.macros:
                connection.execute(sql)
                self.place.macros.add(name)
        for sql, parameters in self._changes[self._made :]:
            connection.execute(parsed(sql), parameters)
            self._made += 1
        self.place.state = self._states[-1] if self._is_recalling else None
        return connection

    def clear(self) -> None:
        """Begin with an empty database."""
        if self.place:
            empty(self.place.connection)
            self.place.state = b""
        self._states, self._changes, self._made = [b""], [], 0
        self._is_recalling = not self.has_functions

    def execute(self, query: str | library.Statement, parameters: Any = None) -> Recalled:
        sql = query if isinstance(query, str) else query.query
        act = kind(sql) if self._is_recalling else "write"  # by the real one
        self._query, self._fetched, self._rows = (sql, parameters), 0, None
        key = self._key(sql, parameters) if act != "write" else b""
        known = self.answers.get(key) if key else None
        if known:
            self._answer, self._is_real = known, False
            if act == "change":
                self._note(key, sql, parameters)
            return self
        connection = self.real()
        try:
            connection.execute(parsed(sql), parameters)
        except BaseException:
            if act != "ask":
                self._forget()
            raise
        self._answer, self._is_real = Answer(connection.description), True
        if act == "change" and key:
            self._note(key, sql, parameters)
            self._made += 1
            self.place.state = key
            self.fetchmany(0)  # it cannot be made again
        if key:
            self.answers.keep(key, self._answer)
        elif act == "change":
            self._forget()
        return self

    def _forget(self) -> None:
        """From now on, nobody knows which changes were made."""
        self._is_recalling = False
        if self.place:
            self.place.state = None

    def _key(self, sql: str, parameters: Any) -> bytes:
        """Return the key of a statement in this state, nothing if a parameter may be anything."""
        try:
            text = told([parameters, re.findall(r"'(/[^']+)'", sql)], self.may_read)
            if NAMES_FILES.search(sql):
                text += repr(parameters)
        except NotRecallable:
            return b""
        return blake2b(f"{sql}\0{text}".encode(), digest_size=16, key=self._states[-1]).digest()

    def _note(self, key: bytes, sql: str, parameters: Any) -> None:
        self._states.append(key)
        self._changes.append((sql, parameters))

    def _asked(self) -> library.DuckDBPyConnection:
        """Return the real connection with the answer in it."""
        connection = self.real()
        if not self._is_real:
            sql, parameters = self._query
            connection.execute(parsed(sql), parameters)
        self._is_real = False
        return connection

    @property
    def description(self) -> Any:
        return self._answer.description

    def fetchall(self) -> list[Any]:
        return self.fetchmany(sys.maxsize)

    def fetchone(self) -> Any:
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        if self._rows is None:
            self._rows = self._answer.rows
        if self._rows is None:
            self._rows = self._asked().fetchall()
            self._answer.rows = self._rows if len(self._rows) <= MOST_ROWS else None
        rows = self._rows[self._fetched : self._fetched + size]
        self._fetched += len(rows)
        return rows

    def fetchnumpy(self) -> dict[str, Any]:
        if self._answer.columns is None:
            columns = self._asked().fetchnumpy()
            if any(len(values) > MOST_ROWS for values in columns.values()):
                return columns
            self._answer.columns = columns
        return {name: values.copy() for name, values in self._answer.columns.items()}

    def extract_statements(self, sql: str) -> Iterator[library.Statement]:
        return iter(statements(sql))

    def create_function(self, *given: Any) -> None:
        self.real().create_function(*given)
        self.has_functions = True  # which may do anything
        self._forget()

    def query_progress(self) -> float:
        return self.place.connection.query_progress() if self.place else -1.0


def empty(connection: library.DuckDBPyConnection) -> None:
    """Drop every table and view."""
    with suppress(Exception):
        connection.execute("rollback")  # of what was interrupted
    names = (
        "select 'view', view_name from duckdb_views() where not internal "
        "union all select 'table', table_name from duckdb_tables()"
    )
    for what, name in connection.execute(names).fetchall():
        connection.execute(f'drop {what} if exists "{name}"')
