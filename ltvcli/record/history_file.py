"""Open the file of the history: made when it is missing, brought up to date when it is older.

It is written in WAL mode by one transaction at a time: others wait. What was not committed when
the computer stopped is not there; what was, is.
"""

from __future__ import annotations

import errno
import os
import shlex
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ltvcli import pipes
from ltvcli.errors import (
    HistoryDamagedError,
    HistoryMissingError,
    HistoryNewerError,
    HistoryUnreadableError,
    HistoryUnwritableError,
    LtvError,
    NotAHistoryError,
)
from ltvcli.language import N_, why

MIGRATIONS = Path(__file__).parent / "migrations"
OURS = 0x4C545648
"""What SQLite keeps as the application of the file: "LTVH"."""
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


@dataclass(frozen=True, slots=True)
class History:
    """An open history: where it lies, and the connection that functions of this package take."""

    path: Path
    connection: sqlite3.Connection


@cache
def migrations() -> tuple[Path, ...]:
    """List the migrations; the first makes the tables of format 1."""
    return tuple(sorted(MIGRATIONS.glob("*.sql")))


def check(path: Path) -> None:
    """Find out before a long run whether a history could be written to; make no new file.

    Raises:
        LtvError: see `opened`.
    """
    try:
        if path.exists() and path.stat().st_size:
            with opened(path):
                return
        folder = next(folder for folder in path.absolute().parents if folder.exists())
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not os.access(path if path.exists() else folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    except (OSError, ValueError) as error:
        because = why(error) if isinstance(error, OSError) else str(error)
        raise HistoryUnwritableError(file=str(path), because=because) from error


@contextmanager
def opened(path: Path) -> Iterator[History]:
    """Open a history to be written to; make it, with its folder, if there is none.

    Raises:
        HistoryUnwritableError: nothing can be written there, or another program holds it.
        HistoryDamagedError: it is broken.
        NotAHistoryError: it is a file of something else.
        HistoryNewerError: it was written by a newer version.
    """
    try:
        pipes.check_name(path)
        if path.exists():
            pipes.refuse_special(path)
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HistoryUnwritableError(file=str(path), because=why(error)) from error
    if path.is_dir():
        raise HistoryUnwritableError(file=str(path), because=N_("it is a folder"))
    with telling(path):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        with closing(connection):
            _prepare(connection)
            _check(connection, path)
            _to_wal(connection)
            _bring_up_to_date(connection, path)
            yield History(path, connection)


@contextmanager
def read(path: Path) -> Iterator[History]:
    """Open a history to be read; nothing is written, and an older one is brought up to date aside.

    Raises:
        HistoryMissingError: there is none.
        HistoryUnreadableError: it may not be read.
        HistoryDamagedError: it is broken.
        NotAHistoryError: it is a file of something else.
        HistoryNewerError: it was written by a newer version.
    """
    try:
        pipes.check_name(path)
        pipes.refuse_special(path)
        if path.is_dir():
            raise HistoryUnreadableError(file=str(path), because=N_("it is a folder"))
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise HistoryMissingError(file=str(path)) from None
    except OSError as error:
        raise HistoryUnreadableError(file=str(path), because=why(error)) from error
    with telling(path, HistoryUnreadableError), closing(_connected(path)) as connection:
        if _check(connection, path) == len(migrations()):
            yield History(path, connection)
            return
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            connection.backup(copy)
            for number in range(_check(copy, path), len(migrations())):
                with transaction(copy):
                    _migrate(copy, number)
            yield History(path, copy)


def copy(path: Path, out: Path) -> None:
    """Copy a history as it is at one moment, whatever others write to it.

    Raises:
        OSError: the copy cannot be written.
    """
    with closing(_connected(path)) as source, closing(sqlite3.connect(out)) as target:
        source.backup(target)
    with out.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do what is done inside completely, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def telling(path: Path, error: type[LtvError] = HistoryUnwritableError) -> Iterator[None]:
    """Turn what SQLite says of the file into our words.

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
    """Return the error of a broken history, with the command that puts the file aside."""
    command = shlex.join(["mv", str(path), f"{path}.damaged"])
    return HistoryDamagedError(file=str(path), because=because, command=command)


def _connected(path: Path) -> sqlite3.Connection:
    """Connect to read only, also where SQLite cannot make the files it needs beside it.

    The file is opened as if to be written to, for only so SQLite removes those files again.
    """
    address = path.absolute().as_uri()
    try:
        return _reading(f"{address}?mode=rw")
    except sqlite3.OperationalError:
        wal = Path(f"{path}-wal")
        if wal.exists() and wal.stat().st_size:
            raise  # it holds runs that would be missing
        return _reading(f"{address}?mode=ro&immutable=1")


def _reading(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        _prepare(connection)
        _pragma(connection, "user_version")
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
    ):
        connection.execute(f"PRAGMA {pragma}")


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the format of the file; 0 where nothing was written to it yet.

    Raises:
        NotAHistoryError: it is a file of something else.
        HistoryNewerError: it was written by a newer version.
    """
    with _snapshot(connection):
        application = _pragma(connection, "application_id")
        known, version = len(migrations()), _pragma(connection, "user_version")
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != OURS and (application or version or tables):
        raise NotAHistoryError(file=str(path))
    if version > known:
        raise HistoryNewerError(file=str(path), format=version, known=known)
    return version


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read everything inside as of one moment, whatever others write meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _to_wal(connection: sqlite3.Connection) -> None:
    """Write by WAL from now on; SQLite does not wait for others here, so this does."""

    def switch() -> None:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()

    _patiently(switch)


def _patiently(action: Callable[[], None]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            busy = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCK"))
            if not busy or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    while _pragma(connection, "user_version") < len(migrations()):
        with transaction(connection):
            version = _check(connection, path)
            if version == len(migrations()):  # another writer was faster
                return
            if version:
                _copy(path, version)
            for number in range(version, version + 1 if version else len(migrations())):
                _migrate(connection, number)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Go from one format to the next, inside a transaction."""
    for statement in migrations()[version].read_text("utf-8").split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {OURS}")
    connection.execute(f"PRAGMA user_version = {version + 1}")


def _copy(path: Path, version: int) -> None:
    """Copy the file as it is before a migration, whole or not at all.

    Raises:
        HistoryUnwritableError: there is no room for it.
    """
    from ltvcli.atomic_write import replacing

    copied = path.with_name(f"{path.name}.format-{version}")
    try:
        with replacing(copied) as unfinished:
            copy(path, unfinished)
    except OSError as error:
        raise HistoryUnwritableError(file=str(copied), because=why(error)) from error
