"""Run whole processes and note how long they take and how much memory they hold (Unix only)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One process from start to end: wall and CPU seconds, peak resident bytes, what it printed."""

    seconds: float
    cpu: float
    peak: int
    stdout: str


@dataclass(frozen=True, slots=True)
class Runs:
    """Repetitions of one command."""

    rounds: Sequence[Run]

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.rounds)

    @property
    def cpu(self) -> float:
        return median(run.cpu for run in self.rounds)

    @property
    def peak(self) -> int:
        return max(run.peak for run in self.rounds)

    @property
    def stdout(self) -> str:
        return self.rounds[-1].stdout


def run(command: Sequence[str | Path]) -> Run:
    """Run a command; one that fails ends the benchmark with its own words."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        # No ltv.yaml is found from here, and no LTV_* variable changes what is measured.
        with tempfile.TemporaryDirectory() as nowhere:
            process = subprocess.Popen(
                command, stdout=out, stderr=err, cwd=nowhere, env=_environment()
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            words = " ".join(map(str, command))
            sys.exit(f"exit code {process.returncode}: {words}\n{err.read()}")
        cpu = usage.ru_utime + usage.ru_stime
        return Run(seconds, cpu, usage.ru_maxrss * MAXRSS_BYTES, out.read())


def interleaved(commands: Mapping[str, Sequence[str | Path]], repeat: int) -> dict[str, Runs]:
    """Run all commands once unmeasured, then in turns, so that all meet the same weather."""
    for command in commands.values():
        run(command)
    rounds = [{name: run(command) for name, command in commands.items()} for _ in range(repeat)]
    return {name: Runs([one[name] for one in rounds]) for name in commands}


def _environment() -> dict[str, str]:
    # What is installed is compiled once; a checkout is too, unless Python is told to write nothing.
    left_out = ("LTV_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return kept | {"PYTHONPATH": str(ROOT), "LTV_LANG": "en", "PYTHONHASHSEED": "0"}
