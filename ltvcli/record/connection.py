"""A connection to SQLite: one transaction at a time, retries while others write, our errors."""

from __future__ import annotations

import os
import shlex
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ltvcli.errors import (
    HistoryDamagedError,
    HistoryUnwritableError,
    LtvError,
    NotAHistoryError,
)
from ltvcli.language import N_

PATIENCE = 30.0
"""Seconds that a writer waits for the others."""
_PAUSE = 0.02
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_FORMAT"}
_BECAUSE = {
    "SQLITE_FULL": N_("the disk is full"),
    "SQLITE_IOERR": N_("the disk is full or reports an error"),
    "SQLITE_READONLY": N_("the file or its folder is read-only"),
    "SQLITE_CANTOPEN": N_("the file or its folder is read-only"),
    "SQLITE_PERM": N_("the file or its folder is read-only"),
    "SQLITE_BUSY": N_("another program has locked it"),
    "SQLITE_LOCKED": N_("another program has locked it"),
}


def to_write(path: Path) -> sqlite3.Connection:
    """Connect to write; the file is created with the first write."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    _prepare(connection)
    return connection


def to_read(path: Path) -> sqlite3.Connection:
    """Connect to read only, also where SQLite cannot make the files it needs beside it.

    The file is opened as if to be written to, for only so SQLite removes those files again.
    """
    address = path.absolute().as_uri()
    try:
        return _reading(f"{address}?mode=rw")
    except sqlite3.OperationalError:
        wal = Path(f"{path}-wal")
        if wal.exists() and wal.stat().st_size:
            raise  # deleting it would lose runs
        return _reading(f"{address}?mode=ro&immutable=1")


def _reading(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        _prepare(connection)
        setting(connection, "user_version")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "foreign_keys = ON",
        "synchronous = FULL",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def setting(connection: sqlite3.Connection, name: str) -> int:
    """Return a number that SQLite stores in the file, such as user_version."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Execute the statements inside completely, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read everything inside as of one moment, while others may write."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def patiently(action: Callable[[], None]) -> None:
    """Retry a statement that SQLite refuses while others write.

    Raises:
        sqlite3.Error: they do not within PATIENCE, or something else is wrong.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            busy = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCK"))
            if not busy or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)


def copy(path: Path, out: Path) -> None:
    """Copy a history as of one moment, while others may write.

    Raises:
        OSError: the copy cannot be written.
    """
    with closing(to_read(path)) as source, closing(sqlite3.connect(out)) as target:
        source.backup(target)
    with out.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def telling(path: Path, error: type[LtvError] = HistoryUnwritableError) -> Iterator[None]:
    """Convert errors of SQLite to ours.

    Args:
        path: of the history.
        error: what is raised unless the file is damaged.

    Raises:
        NotAHistoryError: it is no file of SQLite.
        HistoryDamagedError: it is broken.
        LtvError: `error`, of anything else.
    """
    try:
        yield
    except sqlite3.Error as raised:
        name = getattr(raised, "sqlite_errorname", "")
        kind = "_".join(name.split("_")[:2])
        if kind == "SQLITE_NOTADB":
            raise NotAHistoryError(file=str(path)) from raised
        if kind in _DAMAGED or (not name and isinstance(raised, sqlite3.DatabaseError)):
            raise damaged(path, str(raised)) from raised
        raise error(file=str(path), because=_BECAUSE.get(kind, str(raised))) from raised


def damaged(path: Path, because: str) -> HistoryDamagedError:
    """Return the error of a damaged history, with the command that moves the file away."""
    command = shlex.join(["mv", str(path), f"{path}.damaged"])
    return HistoryDamagedError(file=str(path), because=because, command=command)
