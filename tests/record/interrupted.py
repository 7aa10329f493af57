"""Writers that are killed with SIGKILL: `python -m tests.record.interrupted 1000`.

Each round forks one to eight writers, which record runs as fast as they can and tell each number
once it is committed. At a random moment all are killed, and the file is held against what was
told: no committed run is missing, none is there by half. Rounds go on with the same file, but
every tenth begins with none, and every tenth with one of the oldest format, so that making and
migrating are interrupted, too.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from ltvcli.errors import HistoryMissingError
from ltvcli.record import history_file, runs
from tests.record.histories import AT, run

OLDEST = Path(__file__).parent / "data/format-1.db"
WRITERS = 8
LONGEST = 0.2
"""Seconds until writers are killed."""


def write(path: Path, writer: str, told: int) -> None:
    """Record runs until killed, and write the number of each to `told`."""
    source = random.Random(writer)
    for number in range(10_000):
        noise = {digit: source.random() for digit in range(source.randrange(1, 2000))}
        with history_file.opened(path) as history:
            added = runs.add(history, run(settings_hash=f"{writer}-{number}", facts={"x": noise}))
        os.write(told, f"{added.number}\n".encode())


def interrupted(path: Path, name: str, writers: int, seconds: float) -> set[int]:
    """Let writers record until they are killed; return the numbers that they told."""
    reading, told = os.pipe()
    children = []
    for writer in range(writers):
        child = os.fork()
        if not child:
            try:
                os.close(reading)
                write(path, f"{name}-{writer}", told)
            finally:
                os._exit(1)
        children.append(child)
    os.close(told)
    time.sleep(seconds)
    for child in children:
        os.kill(child, signal.SIGKILL)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    assert all(os.WIFSIGNALED(status) for status in statuses), "a writer failed by itself"
    return {int(line) for line in text.split(b"\n")[:-1]}


def check(path: Path, told: set[int]) -> int:
    """Check that the file is sound and holds every run that was told, whole; count the runs."""
    try:
        with history_file.read(path) as history:
            known = {recorded.number for recorded in runs.recorded(history)}
            (sound,) = history.connection.execute("PRAGMA integrity_check").fetchone()
            packed = history.connection.execute("SELECT count(*) FROM facts").fetchone()[0]
            for number in sorted(known - {1, 2})[-WRITERS:]:  # those of the oldest file
                assert runs.document(history, number)["command"]
                assert runs.facts(history, number)
    except HistoryMissingError:
        known, sound, packed = set(), "ok", 0
    assert sound == "ok", sound
    assert told <= known, f"lost: {sorted(told - known)}"
    assert len(known) - packed in (0, 1), "a run without its facts"  # one of the oldest file
    return len(known)


def main(kills: int) -> str:
    """Kill so many writers; return what happened."""
    source = random.Random(20261129)
    begun = time.monotonic()
    killed = rounds = committed = 0
    told: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        while killed < kills:
            if rounds % 10 in (0, 5):
                for file in Path(folder).iterdir():
                    file.unlink()
                told = set()
                if rounds % 10:
                    shutil.copy(OLDEST, path)
            writers = min(source.randint(1, WRITERS), kills - killed)
            numbers = interrupted(path, str(rounds), writers, source.uniform(0, LONGEST))
            told, committed = told | numbers, committed + len(numbers)
            check(path, told)
            with history_file.opened(path) as history:  # and it goes on
                told.add(
                    runs.add(
                        history, run(at=AT, settings_hash=f"after {rounds}", facts={"x": {1: 2}})
                    ).number
                )
            killed, rounds = killed + writers, rounds + 1
        check(path, told)
    seconds = time.monotonic() - begun
    return (
        f"{killed} writers killed in {rounds} rounds, {seconds:.0f} s, {committed} runs recorded: "
        "nothing lost, none half"
    )


if __name__ == "__main__":
    print(main(int(sys.argv[1])))
