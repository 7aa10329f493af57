"""A history file is complete or an error, whatever happens to it."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ltvcli.errors import (
    HistoryDamagedError,
    HistoryMissingError,
    HistoryNewerError,
    HistoryUnreadableError,
    HistoryUnwritableError,
    NotAHistoryError,
)
from ltvcli.record import connection, history_file, runs
from tests.record.histories import document, run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def recorded(path: Path) -> Path:
    with history_file.opened(path) as history:
        runs.add(history, run())
    return path


@contextmanager
def changed(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def numbers(path: Path) -> list[int]:
    with history_file.read(path) as history:
        return [recorded.number for recorded in runs.recorded(history)]


def read_all(path: Path) -> None:
    with history_file.read(path) as history:
        for known in runs.recorded(history):
            runs.document(history, known.number)
            runs.facts(history, known.number)


def test_a_history_is_made_with_its_folder_when_it_is_first_written_to(tmp_path: Path) -> None:
    path = tmp_path / "new/folder/history.db"
    with history_file.opened(path) as history:
        runs.add(history, run())

    assert numbers(path) == [1]
    assert [file.name for file in path.parent.iterdir()] == ["history.db"]
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(HistoryMissingError), history_file.read(tmp_path / "a/history.db"):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_check_makes_nothing(tmp_path: Path) -> None:
    history_file.check(tmp_path / "a/history.db")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ask", [history_file.opened, history_file.read])
@pytest.mark.parametrize("text", ["x", "customer,date,amount\n", "customer,date,amount\n" * 500])
def test_a_file_of_something_else_is_left_alone(path: Path, ask, text: str) -> None:  # type: ignore[no-untyped-def]
    path.write_text(text)
    with pytest.raises(NotAHistoryError), ask(path):
        pass

    assert path.read_text() == text


@pytest.mark.parametrize("ask", [history_file.opened, history_file.read])
def test_a_database_of_something_else_is_left_alone(path: Path, ask) -> None:  # type: ignore[no-untyped-def]
    with changed(path) as connection:
        connection.execute("CREATE TABLE orders (customer)")
    before = path.read_bytes()
    with pytest.raises(NotAHistoryError), ask(path):
        pass

    assert path.read_bytes() == before


@pytest.mark.parametrize("ask", [history_file.opened, history_file.read])
def test_a_history_of_a_newer_version_is_refused(recorded: Path, ask) -> None:  # type: ignore[no-untyped-def]
    with changed(recorded) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = recorded.read_bytes()
    with pytest.raises(HistoryNewerError, match="its format is 99"), ask(recorded):
        pass

    assert recorded.read_bytes() == before


@pytest.mark.parametrize("cut", [1000, 4096, 9000])
def test_a_truncated_file_gives_an_error_with_a_command(recorded: Path, cut: int) -> None:
    recorded.write_bytes(recorded.read_bytes()[:cut])
    with pytest.raises(HistoryDamagedError) as raised:
        read_all(recorded)

    assert raised.value.facts["command"] == f"mv {recorded} {recorded}.damaged"


def test_any_overwritten_page_is_an_error_or_does_not_matter(recorded: Path) -> None:
    data = recorded.read_bytes()
    damaged = 0
    for start in range(0, len(data), 4096):
        recorded.write_bytes(data[:start] + b"\xa5" * 4096 + data[start + 4096 :])
        try:
            with history_file.opened(recorded) as history:
                listed = runs.recorded(history)
                says = [runs.document(history, known.number) for known in listed]
                runs.add(history, run(command="mrr"))
        except (HistoryDamagedError, NotAHistoryError):
            damaged += 1
        else:
            assert says == [document()]

    assert damaged >= 3


@pytest.mark.parametrize("ask", [history_file.opened, history_file.read])
def test_a_folder_is_no_history(tmp_path: Path, ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises((HistoryUnwritableError, HistoryUnreadableError)), ask(tmp_path):
        pass


def test_a_locked_history_gives_an_error(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    with changed(recorded) as other:
        other.execute("BEGIN EXCLUSIVE")
        with (
            pytest.raises(HistoryUnwritableError, match="another program has locked it"),
            history_file.opened(recorded) as history,
        ):
            runs.add(history, run(command="mrr"))
        assert numbers(recorded) == [1]  # reading does not wait


def test_what_fails_inside_leaves_nothing(recorded: Path) -> None:
    def half(history: history_file.History) -> None:
        with connection.transaction(history.connection):
            history.connection.execute("DELETE FROM runs")
            history.connection.execute("INSERT INTO runs (number) VALUES (7)")

    with history_file.opened(recorded) as history, pytest.raises(sqlite3.IntegrityError):
        half(history)

    assert numbers(recorded) == [1]


READ_ONLY = """
import os, sys
from pathlib import Path
from ltvcli.record import history_file, runs
if os.geteuid() == 0:  # who may write anywhere
    os.setuid(65534)
path = Path(sys.argv[1])
with history_file.read(path) as history:
    print([known.number for known in runs.recorded(history)])
for ask in (history_file.check, lambda path: history_file.opened(path).__enter__()):
    try:
        ask(path)
    except Exception as error:
        print(type(error).__name__, error.facts["because"])
"""


def test_a_history_in_a_read_only_folder_can_be_read() -> None:
    """SQLite cannot make its files beside it there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        with history_file.opened(path) as history:
            runs.add(history, run())
        path.chmod(0o444)
        path.parent.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        path.parent.chmod(0o755)

    because = "HistoryUnwritableError the file or its folder is read-only"
    assert done.stdout.splitlines() == ["[1]", because, because], done.stderr


def test_eight_writers_at_once_lose_nothing(path: Path) -> None:
    """Threads that begin with no file at all; processes are in test_interruptions."""
    errors: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for number in range(5):
                with history_file.opened(path) as history:
                    runs.add(history, run(settings_hash=f"{writer}-{number}"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert numbers(path) == list(range(1, 41))
