"""Killed writers, full disks and eight programs at once lose nothing."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from ltvcli.record import history_file, runs
from tests import effort
from tests.record.histories import run

ROOT = Path(__file__).parents[2]
KILLS = 100
"""Of the usual run a fifth; `python -m tests.record.interrupted 1000` kills more."""


def python(code: str, *arguments: str, bytes_at_most: int | None = None) -> list[str]:
    def limit() -> None:
        if bytes_at_most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, bytes_at_most))

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit,
    )
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
def test_killed_writers_lose_nothing_and_leave_nothing_half() -> None:
    kills = KILLS if effort.is_everything() else KILLS // 5
    code = f"from tests.record import interrupted; print(interrupted.main({kills}))"
    (line,) = python(code)

    assert line.startswith(f"{kills} writers killed in ")
    assert line.endswith("nothing lost, none half")


ADD = """
import sys
from pathlib import Path
from ltvcli.errors import LtvError
from ltvcli.record import history_file, runs
from tests.record.histories import run
try:
    for number in range(100):
        facts = {"x": {digit: digit / 7 for digit in range(2000)}}
        with history_file.opened(Path(sys.argv[1])) as history:
            added = runs.add(history, run(settings_hash=f"{sys.argv[2]}-{number}", facts=facts))
            print(added.number, flush=True)
except LtvError as error:
    print(type(error).__name__, error.facts["because"])
"""


@pytest.mark.parametrize("room", effort.nth(3, [0, 4096, 20_000, 50_000, 200_000, 400_000]))
def test_a_disk_that_is_full_stops_a_run_and_keeps_the_earlier_ones(
    tmp_path: Path, room: int
) -> None:
    path = tmp_path / "history.db"
    *numbers, because = python(ADD, str(path), "full", bytes_at_most=room)

    assert because in (
        "HistoryUnwritableError the disk is full",
        "HistoryUnwritableError the disk is full or reports an error",
    )
    with history_file.opened(path) as history:  # with room again
        known = [recorded.number for recorded in runs.recorded(history)]
        assert known == [int(number) for number in numbers]
        assert all(runs.facts(history, number) for number in known)
        assert history.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert runs.add(history, run()).is_new


@pytest.mark.slow
def test_a_result_is_shown_although_the_disk_is_full(tmp_path: Path) -> None:
    typed = [
        "calc",
        "--arpu",
        "10",
        "--churn",
        "5%",
        "--record",
        "--history",
        str(tmp_path / "h.db"),
    ]
    command = [sys.executable, "-m", "ltvcli", *typed]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    plain = subprocess.run(command[:-3], capture_output=True, text=True, check=True)
    full = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)

    assert full.stdout == plain.stdout
    assert full.returncode == 2
    assert "cannot be written: the disk is full" in full.stderr


@pytest.mark.slow
def test_eight_programs_at_once_lose_nothing(tmp_path: Path) -> None:
    """They begin with no file at all."""
    path = tmp_path / "history.db"
    code = ADD.replace("range(100)", "range(5)")
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(writer)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for writer in range(8)
    ]
    told = [int(line) for program in programs for line in program.communicate()[0].splitlines()]
    with history_file.read(path) as history:
        known = [recorded.number for recorded in runs.recorded(history)]

    assert sorted(told) == known == list(range(1, 41))
