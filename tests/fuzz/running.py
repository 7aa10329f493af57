"""Cases in processes of their own, watched from outside."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzz import checks
from tests.fuzz.cases import Case, case

PATIENCE = 180.0
"""Seconds after which a case has not come back."""
TWICE = 5
"""One case in so many is run twice, which must give the same bytes."""


def examine(
    seed: int,
    number: int,
    folder: Path,
    *,
    program: bool = False,
    write: Callable[[int, int, Path], Case] = case,
) -> list[str]:
    """Run one case and say what is wrong with it.

    Args:
        seed: of the run.
        number: of the case.
        folder: empty.
        program: whether `ltv` runs as a program of its own.
        write: writes the files of a case.
    """
    trial = write(seed, number, folder)
    run = checks.as_program if program else checks.in_process
    done = run(trial, folder)
    problems = list(checks.wrong(trial, done, folder))
    if number % TWICE == 0 and not problems:
        for written in (folder / "rejects.csv", *folder.glob("history.db*")):
            written.unlink(missing_ok=True)
        write(seed, number, folder)
        again = run(trial, folder)
        if (again.code, again.stdout, again.stderr) != (done.code, done.stdout, done.stderr):
            problems.append("other bytes the second time")
    return problems


def work(seed: int, numbers: Sequence[int], pipe: Connection, program: bool) -> None:
    for number in numbers:
        folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        pipe.send((number, None))
        problems = examine(seed, number, folder, program=program)
        pipe.send((number, problems))
        shutil.rmtree(folder, ignore_errors=True)
    pipe.send(None)


class Job:
    """A process with its share of the cases, started again after a case that ended it."""

    def __init__(self, seed: int, numbers: Sequence[int], program: bool) -> None:
        self.seed, self.numbers, self.program = seed, list(numbers), program
        self.at = -1
        self.is_over = False
        self.start()

    def start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe(duplex=False)
        arguments = (self.seed, self.numbers, theirs, self.program)
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=work, args=arguments, daemon=not self.program)
        self.process.start()
        theirs.close()
        self.since = time.monotonic()

    def news(self) -> list[tuple[int, list[str]]]:
        """Give the cases that finished since the last call; `is_over` tells when all have."""
        finished: list[tuple[int, list[str]]] = []
        try:
            while self.pipe.poll(0.2):
                message = self.pipe.recv()
                if message is None:
                    self.is_over = True
                    self.process.join()
                    return finished
                self.at, problems = message
                self.since = time.monotonic()
                if problems is not None:
                    self.numbers.remove(self.at)
                    finished.append((self.at, problems))
        except EOFError:
            self.process.join()
            finished.append(self._lost(f"the process ended with {self.process.exitcode}"))
        else:
            if time.monotonic() - self.since > PATIENCE:
                self.process.kill()
                self.process.join()
                finished.append(self._lost(f"did not come back within {PATIENCE:.0f} s"))
        return finished

    def _lost(self, problem: str) -> tuple[int, list[str]]:
        self.numbers.remove(self.at)
        self.start()
        return self.at, [problem]
