"""Account for every row of a file of deals, cancellations, answers or assignments.

| rows of the table | reason         | in the account of the file              |
| 3                 |                | used: 3                                 |
| 2                 | "deal-not-won" | excluded: {"deal-not-won": 2}; read: 5  |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import InternalError
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import parquet
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders.accounting import rows_of
from ltvcli.results import Fact, InputFile, Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

Meaning = tuple[Columns, Sequence[Sentence]]
"""What the columns of a file mean, and notes for a reader."""


def inputs(
    engine: DuckDB,
    folder: str,
    kind: str,
    sheets: Sequence[Sheet],
    meanings: Sequence[Meaning],
    alerts: Sequence[Mapping[str, Mapping[str, Fact]]] = (),
) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Args:
        engine: holds the rows of all files, each with its reason.
        folder: of the queries `files` (rows, rows used, first and last day of each file) and
            `reasons` (rows by file and reason), as in "read/deals".
        kind: of the files.
        sheets: opened files.
        meanings: of each file.
        alerts: facts of checks, of each file; none if not given.

    Raises:
        InternalError: rows were lost.
    """
    counted = {number: counts for number, *counts in rows_of(engine, f"{folder}/files")}
    reasons: dict[int, dict[str, int]] = {}
    for number, reason, count in rows_of(engine, f"{folder}/reasons"):
        reasons.setdefault(number, {})[reason] = count
    files = []
    for number, (sheet, (columns, notes)) in enumerate(zip(sheets, meanings, strict=True)):
        records, used, first, last = counted.get(number, (0, 0, None, None))
        excluded = reasons.get(number, {})
        read = records if sheet.records is None else sheet.records.count
        if not records == read == used + sum(excluded.values()):
            raise InternalError(what=f"rows of {sheet.name} were lost")
        files.append(
            InputFile(
                path=sheet.name,
                kind=kind,
                profile=columns.profile.name,
                sha256=sheet.sha256,
                first=first,
                last=last,
                rows_read=records + sum(sheet.damaged.values()),
                rows_used=used,
                set_aside={**excluded, **sheet.damaged},
                columns=columns.named(),
                notes=(*parquet.notes(sheet), *notes),
                alerts=alerts[number] if alerts else {},
            )
        )
    return tuple(files)
