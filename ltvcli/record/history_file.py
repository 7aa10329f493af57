"""Open the history file: created if missing, migrated if older.

It is written in WAL mode by one transaction at a time: others wait. What was not committed when
the computer stopped is not there; what was, is.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from msgspec import Struct

from ltvcli import pipes
from ltvcli.errors import (
    HistoryMissingError,
    HistoryNewerError,
    HistoryUnreadableError,
    HistoryUnwritableError,
    NotAHistoryError,
)
from ltvcli.language import N_, why
from ltvcli.record.connection import (
    copy,
    patiently,
    setting,
    snapshot,
    telling,
    to_read,
    to_write,
    transaction,
)

MIGRATIONS = Path(__file__).parent / "migrations"
OURS = 0x4C545648
"""What SQLite keeps as the application of the file: "LTVH"."""
MAGIC = b"SQLite format 3\0"
PRIVATE = 0o700
"""Permissions of a folder that is made for a history: its figures are nobody else's."""


class History(Struct, frozen=True):
    """An open history: where it lies, and the connection that functions of this package take."""

    path: Path
    connection: sqlite3.Connection


@cache
def migrations() -> tuple[Path, ...]:
    """List the migrations; the first makes the tables of format 1."""
    return tuple(sorted(MIGRATIONS.glob("*.sql")))


def check(path: Path) -> None:
    """Check before a long run that a history can be written; create no file.

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
    """Open a history for writing; create it, with its folder, if there is none.

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
        path.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        raise HistoryUnwritableError(file=str(path), because=why(error)) from error
    if path.is_dir():
        raise HistoryUnwritableError(file=str(path), because=N_("it is a folder"))
    _check_begin(path)
    with telling(path), closing(to_write(path)) as connection:
        _check(connection, path)
        _to_wal(connection)
        _bring_up_to_date(connection, path)
        yield History(path, connection)


@contextmanager
def read(path: Path) -> Iterator[History]:
    """Open a history for reading; nothing is written, and an older one is migrated in a copy.

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
    _check_begin(path)
    with telling(path, HistoryUnreadableError), closing(to_read(path)) as connection:
        if _check(connection, path) == len(migrations()):
            yield History(path, connection)
            return
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            connection.backup(copy)
            for number in range(_check(copy, path), len(migrations())):
                with transaction(copy):
                    _migrate(copy, number)
            yield History(path, copy)


def _check_begin(path: Path) -> None:
    """Check the header of the file: SQLite treats some shorter files as empty databases.

    Raises:
        NotAHistoryError: it does not; an empty file does.
    """
    with suppress(OSError), path.open("rb") as file:
        begin = file.read(len(MAGIC))
        if begin not in (b"", MAGIC):
            raise NotAHistoryError(file=str(path))


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the format version of the file; 0 if nothing was written to it yet.

    Raises:
        NotAHistoryError: it is a file of something else.
        HistoryNewerError: it was written by a newer version.
    """
    with snapshot(connection):
        application = setting(connection, "application_id")
        known, version = len(migrations()), setting(connection, "user_version")
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != OURS and (application or version or tables):
        raise NotAHistoryError(file=str(path))
    if version > known:
        raise HistoryNewerError(file=str(path), format=version, known=known)
    return version


def _to_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, with retries, because SQLite does not wait for others here."""

    def switch() -> None:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()

    patiently(switch)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    while setting(connection, "user_version") < len(migrations()):
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
    """Copy the file before a migration, completely or not at all.

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
