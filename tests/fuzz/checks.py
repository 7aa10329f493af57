"""Run a case, and say what is wrong with what came of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.cases import Case

_NO_NUMBER = re.compile(
    r"(?:^|[\s=:,|])(?<!--status-paid )-?(?:nan|inf)\b(?! ?[a-z]|=[a-z]|\s+\([\d,]+\))", re.M
)
"""A number that is none. Texts of cells are none: inf=cancelled in a suggestion, and nan (1) in a
list of the words of a status column with the number of their rows."""
OWN = (0, 1, 2, 3, 4)
LONGEST = 20.0
"""Seconds of work that a case may take."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    escaped: str = ""


def in_process(case: Case, folder: Path) -> Outcome:
    """Run `ltv` in this process; the seconds are those of work, not of waiting."""
    from typer.testing import CliRunner

    from ltvcli.cli import app

    before = os.getcwd()
    os.chdir(folder)
    start = time.process_time()
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", RuntimeWarning)
            done = CliRunner().invoke(app, list(case.arguments), prog_name="ltv")
    finally:
        os.chdir(before)
    escaped = "".join(
        f"warning: {one.message}\n" for one in warned if one.category is RuntimeWarning
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        escaped += repr(done.exception)
    seconds = time.process_time() - start
    return Outcome(done.exit_code, done.stdout, done.stderr, seconds, escaped)


def as_program(case: Case, folder: Path) -> Outcome:
    """Run `ltv` as a program of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "ltvcli", *case.arguments],
        cwd=folder, capture_output=True, text=True, timeout=10 * LONGEST, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1"},
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout, done.stderr, time.perf_counter() - start)


def wrong(case: Case, done: Outcome, folder: Path) -> Iterator[str]:
    """Say what is wrong; nothing if all is well."""
    if done.escaped:
        yield done.escaped
    if done.code not in OWN:
        yield f"exit {done.code}: {_problem(done.stderr)}"
        return
    if done.seconds > LONGEST:
        yield f"{done.seconds:.0f} seconds"
    if "Traceback" in done.stderr:
        yield "a traceback"
    if case.as_json and done.code == 0:
        try:
            document = json.loads(done.stdout, parse_constant=_no_number)
        except ValueError as error:
            yield f"JSON: {error}"
            return
        yield from _unaccounted(document)
        if case.rejects:
            yield from _rejects(document, folder / "rejects.csv")
    elif case.as_json and done.code > 1:
        try:
            json.loads(done.stderr, parse_constant=_no_number)
        except ValueError as error:
            yield f"JSON of an error: {error}: {done.stderr[:300]}"
    elif done.code == 0 and not any("nan" in word or "inf" in word for word in case.arguments):
        yield from no_numbers(done.stdout)


def no_numbers(text: str) -> Iterator[str]:
    """Return each line of a text that shows NaN or infinity as a number."""
    begins = (text.rfind("\n", 0, match.end() - 1) + 1 for match in _NO_NUMBER.finditer(text))
    yield from (text[begin:].partition("\n")[0] for begin in dict.fromkeys(begins))


def _problem(stderr: str) -> str:
    found = re.search(r"Internal check failed: ([^\n]*)", stderr)
    return found[1][:300] if found else stderr[:300]


def _no_number(name: str) -> float:
    raise ValueError(name)


def _inputs(document: dict[str, object]) -> list[dict[str, object]]:
    provenance = document.get("provenance")
    inputs = provenance.get("inputs") if isinstance(provenance, dict) else None
    return inputs if isinstance(inputs, list) else []


def _unaccounted(document: dict[str, object]) -> Iterator[str]:
    for one in _inputs(document):
        read, used, aside = one["rows_read"], one["rows_used"], one["set_aside"]
        assert isinstance(aside, dict)
        if read != used + sum(aside.values()):
            yield f"rows: {read} read, {used} used, {aside} excluded"


def _rejects(document: dict[str, object], path: Path) -> Iterator[str]:
    expected = sum(sum(one["set_aside"].values()) for one in _inputs(document))  # type: ignore[attr-defined]
    text = path.read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if len(rows) - 1 != expected:
        yield f"rejects: {len(rows) - 1} rows written, {expected} excluded"
    if len(text.splitlines()) != len(rows):
        yield "rejects: a row of several lines"
