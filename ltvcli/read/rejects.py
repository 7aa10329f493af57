"""The rows that were set aside, written out as they came: which file, which line, and why."""

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
from ltvcli.errors import RejectsError
from ltvcli.language import why
from ltvcli.read.lines import numbers
from ltvcli.read.scan import Ragged, ragged, relation
from ltvcli.read.sheet import Sheet
from ltvcli.replacing import replacing
from ltvcli.spreadsheets import as_cell

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_COLUMNS = ("file", "line", "reason")
_BATCH = 10_000

Row = tuple[int, list[str]]


def write(
    engine: DuckDB, sheets: Sequence[Sheet], path: Path, header: Sequence[str] | None = None
) -> None:
    """Write every row set aside into `path`, which appears whole or not at all.

    The engine holds `set_aside(sheet INTEGER, record BIGINT, reason TEXT)`: the position of the
    sheet, of the row among its accepted records, and why. Rows that could not be cut into columns
    are written beside them. Columns are file, line, reason and those of the widest header, or of
    `header`; an empty one is not written.

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
                    out.writerow([as_cell(cell) for cell in (sheet.name, *cells)])
    except OSError as error:
        because = why(error)
        raise RejectsError(file=str(path), because=because) from None


def join(parts: Sequence[Path], sheets: Sequence[Sheet], path: Path) -> None:
    """Put what `write` wrote under one another.

    Raises:
        RejectsIsInputError: `path` is one of the inputs.
        RejectsError: `path` cannot be written.
    """
    targets.writing(targets.REJECTS, path)
    try:
        with _replacing(path) as file:
            for part in parts:
                with part.open(encoding="utf-8", newline="") as rows:
                    shutil.copyfileobj(rows, file)
    except OSError as error:
        because = why(error)
        raise RejectsError(file=str(path), because=because) from None


def widest(sheets: Sequence[Sheet]) -> Sequence[str]:
    """Give the header with the most columns."""
    return max((sheet.header for sheet in sheets), key=len)


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """Open a file that takes the place of `path` when everything is written."""
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        yield file


def _rows(engine: DuckDB, number: int, sheet: Sheet) -> Iterator[Row]:
    """Yield what was set aside from one sheet in file order: (line, [line, reason, cells])."""
    broken = ragged(engine.connection, sheet)
    left_out = {one.line: _height(one.text) for one in broken}
    records = [
        record
        for (record,) in engine.execute(
            "select record from set_aside where sheet = $sheet order by record", {"sheet": number}
        ).fetchall()
    ]
    torn = (_torn(sheet, one) for one in broken)
    if not records:
        yield from torn
        return
    source, parameters = relation(sheet)
    ((accepted,),) = engine.execute(f"select count(*) from {source}", parameters).fetchall()
    lines = numbers(sheet, records, accepted, left_out)
    engine.execute(
        f"""
        select s.reason, t.* exclude (record)
        from (select row_number() over () - 1 as record, * from {source}) t
        join set_aside s on s.record = t.record
        where s.sheet = $sheet order by t.record
        """,
        {**parameters, "sheet": number},
    )
    yield from merge(_whole(engine, lines), torn, key=lambda row: row[0])


def _whole(engine: DuckDB, lines: Sequence[int | None]) -> Iterator[Row]:
    found: Iterator[int | None] = iter(lines)
    while batch := engine.connection.fetchmany(_BATCH):
        for row in batch:
            line = next(found)
            yield line or 0, [str(line or ""), *("" if cell is None else cell for cell in row)]


def _torn(sheet: Sheet, one: Ragged) -> Row:
    text = io.StringIO(one.text, newline="")
    cells: list[str] = next(csv.reader(text, delimiter=sheet.delimiter), [])
    return one.line, [str(one.line), one.reason, *cells]


def _height(text: str) -> int:
    return 1 + max(text.count("\n"), text.count("\r"))
