"""A file of every earlier format becomes one of today with all that is in it.

`data/format-N.db` was written by the version whose newest format was N. When a migration is added,
add the file of the format before it: check out the commit before, and run
`python -m tests.record.test_migrations tests/record/data/format-N.db`.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ltvcli.record import alerts, history_file, runs
from tests.record.histories import document, run

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("format-*.db"))


def fill(path: Path) -> None:
    """Write what a stored file holds."""
    with history_file.opened(path) as history:
        runs.add(history, run(facts={"orders": {1: 2}}))
        runs.add(history, run(command="mrr"))


def check(history: history_file.History) -> None:
    assert [known.command for known in runs.recorded(history)] == ["calc", "mrr"]
    assert runs.document(history, 1) == document()
    assert runs.settings(history, 1) == {"margin": 0.4}
    assert runs.facts(history, 1) == {"orders": {1: 2}}
    assert alerts.latest(history, "") == {}


def test_there_is_a_file_of_every_earlier_format() -> None:
    known = range(1, len(history_file.migrations()))

    assert [path.name for path in FILES] == [f"format-{number}.db" for number in known]


@pytest.mark.parametrize("stored", FILES, ids=lambda path: path.stem)
def test_an_older_file_is_read_without_being_changed(stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(stored, path)
    with history_file.read(path) as history:
        check(history)

    assert path.read_bytes() == stored.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("stored", FILES, ids=lambda path: path.stem)
def test_an_older_file_is_copied_and_migrated(stored: Path, tmp_path: Path) -> None:
    path, copy = tmp_path / "history.db", tmp_path / f"history.db.{stored.stem}"
    shutil.copy(stored, path)
    with history_file.opened(path) as history:
        check(history)
        (version,) = history.connection.execute("PRAGMA user_version").fetchone()
    with history_file.read(copy) as history:
        check(history)
    with closing(sqlite3.connect(copy)) as connection:
        (copied,) = connection.execute("PRAGMA user_version").fetchone()

    assert version == len(history_file.migrations())
    assert stored.stem == f"format-{copied}"


@pytest.mark.parametrize("stored", FILES, ids=lambda path: path.stem)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, broken = tmp_path / "history.db", tmp_path / "999_broken.sql"
    shutil.copy(stored, path)
    broken.write_text("CREATE TABLE more (number INTEGER);\nCREATE TABLE runs (number INTEGER);\n")
    migrations = history_file.migrations()
    number = int(stored.stem.removeprefix("format-"))
    monkeypatch.setattr(history_file, "migrations", lambda: (*migrations[:number], broken))
    with pytest.raises(Exception, match="already exists"), history_file.opened(path):
        pass
    monkeypatch.undo()

    with history_file.read(path) as history:
        check(history)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (number,)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
