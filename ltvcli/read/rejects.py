"""Write excluded rows unchanged, with file, line and reason.

A cancelled order in line 3 of orders.csv is written as `orders.csv,3,cancelled,1002,c2,20.00`.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ltvcli import targets
from ltvcli.atomic_write import replacing
from ltvcli.errors import RejectsError
from ltvcli.language import why
from ltvcli.read.files.record_reader import LONGEST
from ltvcli.read.files.scan import relation
from ltvcli.read.files.sheet import Sheet
from ltvcli.spreadsheets import as_cell

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.records import Records

_COLUMNS = ("file", "line", "reason")
_BATCH = 10_000

Row = tuple[int, list[str]]


def write(
    engine: DuckDB, sheets: Sequence[Sheet], path: Path, header: Sequence[str] | None = None
) -> None:
    """Write every excluded row into `path`, which appears whole or not at all.

    The engine holds `excluded_rows(sheet INTEGER, record BIGINT, reason TEXT)`: the position of the
    sheet, of the row among its accepted records, and why. Rows that could not be cut into columns
    are written beside them. Columns are file, line, reason and those of the widest header, or of
    `header`; an empty one is not written.

    Args:
        engine: holds `excluded_rows`.
        sheets: in the order of their numbers.
        path: of the file to write.
        header: names of the columns of cells; () writes no header.

    Raises:
        RejectsIsInputError: `path` is one of the inputs.
        RejectsError: `path` cannot be written.
    """
    targets.writing(targets.REJECTS, path)
    named = widest(sheets) if header is None else header
    try:
        with _replacing(path) as file:
            out = csv.writer(file, lineterminator="\n")
            if named:
                out.writerow([as_cell(cell) for cell in (*_COLUMNS, *named)])
            for number, sheet in enumerate(sheets):
                for _, cells in _rows(engine, number, sheet):
                    out.writerow([as_cell(cell) for cell in cells])
    except OSError as error:
        because = why(error)
        raise RejectsError(file=str(path), because=because) from None


def join(pieces: Sequence[Path], sheets: Sequence[Sheet], path: Path) -> None:
    """Concatenate the parts written by `write`.

    Args:
        pieces: files that `write` has written.
        sheets: of all of them.
        path: of the file to write.

    Raises:
        RejectsIsInputError: `path` is one of the inputs.
        RejectsError: `path` cannot be written.
    """
    targets.writing(targets.REJECTS, path)
    try:
        with _replacing(path) as file:
            for piece in pieces:
                with piece.open(encoding="utf-8", newline="") as rows:
                    shutil.copyfileobj(rows, file)
    except OSError as error:
        because = why(error)
        raise RejectsError(file=str(path), because=because) from None


def widest(sheets: Sequence[Sheet]) -> Sequence[str]:
    """Return the header with the most columns."""
    return max((sheet.header for sheet in sheets), key=len)


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """Open a file that replaces `path` once everything is written."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        yield file


def _rows(engine: DuckDB, number: int, sheet: Sheet) -> Iterator[Row]:
    """Yield excluded rows of one sheet in file order: (line, [file, line, reason, cells])."""
    aside: list[tuple[int, str]] = engine.execute(
        "select record, reason from excluded_rows where sheet = $sheet order by record, reason",
        {"sheet": number},
    ).fetchall()
    if sheet.records is None:
        return _parquet_rows(engine, number, sheet)
    rows = merge(_whole(sheet.records, aside), _torn(sheet.records), key=lambda row: row[0])
    return ((line, [sheet.name, *cells]) for line, cells in rows)


def _whole(records: Records, aside: Sequence[tuple[int, str]]) -> Iterator[Row]:
    """Read the rows that were excluded by their numbers."""
    reasons: dict[int, list[str]] = {}
    for record, reason in aside:
        reasons.setdefault(record, []).append(reason)
    for why_aside, (line, text) in zip(reasons.values(), records.rows([*reasons]), strict=True):
        for reason in why_aside:
            yield line, [str(line), reason, *records.cells(text)]


def _torn(records: Records) -> Iterator[Row]:
    """Read the rows that could not be cut into columns."""
    delimiter = records.form.delimiter.decode()
    before = csv.field_size_limit(LONGEST)
    try:
        for line, reason, record in records.damaged():
            text = io.StringIO(record, newline="")
            yield line, [str(line), reason, *next(csv.reader(text, delimiter=delimiter), [])]
    finally:
        csv.field_size_limit(before)


def _parquet_rows(engine: DuckDB, index: int, sheet: Sheet) -> Iterator[Row]:
    source, parameters = relation(sheet)
    engine.execute(
        f"""
        select s.record, s.reason, t.* exclude (place_in_file)
        from {source} t join excluded_rows s on s.record = t.place_in_file
        where s.sheet = $sheet order by s.record, s.reason
        """,
        {**parameters, "sheet": index},
    )
    while batch := engine.connection.fetchmany(_BATCH):
        for record, *row in batch:
            file, number = sheet.place(record)
            cells = ("" if cell is None else cell for cell in row)
            yield record + 1, [file, str(number + 1), *cells]
