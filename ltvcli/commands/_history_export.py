"""Export of a history to a file: as rows, as JSON, or as a copy."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ltvcli import targets
from ltvcli.atomic_write import replacing
from ltvcli.errors import OutputError, UnknownHistoryEndingError
from ltvcli.language import why
from ltvcli.spreadsheets import as_cell

COLUMNS = (
    *("run", "recorded_at", "command", "as_of", "version", "currency"),
    *("segment", "figure", "value", "value_low", "value_high", "unit"),
)
"""Columns of the CSV, which has a row per figure of a run."""


def write(path: Path, out: Path) -> None:
    """Export a history in the format of the file's ending.

    Args:
        path: of the history.
        out: a .csv file for a row per figure of each run, .json for all documents, or .db or
            .sqlite for a copy.

    Raises:
        UnknownHistoryEndingError: it has a different ending.
        UsageError: it cannot be written, or is the history.
        LtvError: the history cannot be read.
    """
    ending = out.suffix.lower()
    if ending not in WRITERS:
        raise UnknownHistoryEndingError(path=str(out), known=sorted(WRITERS))
    targets.writing(targets.OUT, out)
    try:
        with replacing(out) as temporary_file:
            WRITERS[ending](path, temporary_file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(path=str(out), because=why(error)) from error


def _csv(path: Path, out: Path) -> None:
    from ltvcli.pipeline import history

    page = StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(COLUMNS)
    for run in history.exported(path):
        for figure in run["figures"]:
            row: Mapping[str, Any] = run | figure
            rows.writerow([as_cell(row[column]) for column in COLUMNS])
    out.write_text(page.getvalue(), encoding="utf-8", newline="")


def _json(path: Path, out: Path) -> None:
    from ltvcli.formats import json
    from ltvcli.pipeline import history

    out.write_text(json.dump({"runs": history.exported(path)}), encoding="utf-8", newline="")


def _copy(path: Path, out: Path) -> None:
    from ltvcli.record import connection

    connection.copy(path, out)


WRITERS: Mapping[str, Callable[[Path, Path], None]] = {
    ".csv": _csv,
    ".json": _json,
    ".db": _copy,
    ".sqlite": _copy,
}
"""Writers of files, by ending."""
