"""Scripts of `ltv sql`, run in DuckDB, and the answers from their results."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
from typer.testing import CliRunner

from ltvcli.cli import app
from tests.read.tables.shops import answer

Run = Callable[[str, Path], None]
"""Runs a script, and writes the results into a folder."""


def described(path: str) -> str:
    """Return --columns of the table `orders` of a DuckDB file."""
    with duckdb.connect(path, read_only=True) as database:
        rows = database.execute("describe orders").fetchall()
    return ", ".join(f"{name} {kind}" for name, kind, *_ in rows)


def script(*words: str) -> str:
    """Return the script that `ltv sql` writes."""
    result = CliRunner().invoke(app, ["sql", *words, "--quiet"])
    assert result.exit_code == 0, (result.stderr, result.exception)
    return result.stdout


def in_duckdb(path: str) -> Run:
    """Return a function that runs a script in a DuckDB file."""

    def run(sql: str, folder: Path) -> None:
        with duckdb.connect(path, read_only=True) as database:
            database.execute(sql.replace("'facts/", f"'{folder}/"))

    return run


def answered(
    run: Run, folder: Path, words: Sequence[str], asked: Sequence[str], at_most: int = 1
) -> dict[str, Any]:
    """Return the answer from the results of a script, or of at most so many scripts.

    Args:
        run: what runs a script.
        folder: for the results.
        words: of the script: command and options.
        asked: further options of the command.
        at_most: how many scripts may be needed.
    """
    sql = script(*words)
    document: dict[str, Any] = {}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for rounds in range(1, at_most + 1):
        run(sql, folder)
        document = answer(words[0], "--facts", str(folder), *asked)
        if document.get("error", {}).get("code") != "facts-missing" or rounds == at_most:
            break
        _, _, again = document["error"]["hint"].rpartition(": ltv sql ")
        print(document["error"]["problem"])
        sql = script(*shlex.split(again.rstrip(".")))
    return document
