"""Every row of the files of an experiment is used or excluded for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import InternalError
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders.accounting import rows_of
from ltvcli.results import InputFile, Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def inputs(
    engine: DuckDB,
    sheets: Sequence[Sheet],
    meanings: Sequence[tuple[Columns, Sequence[Sentence]]],
    kind: str,
) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Args:
        engine: holds `experiment_rows`.
        sheets: opened files.
        meanings: of each, what its columns mean, and notes for a reader.
        kind: of the files.

    Raises:
        InternalError: rows were lost.
    """
    counted = {
        sheet: (records, used) for sheet, records, used in rows_of(engine, "read/experiments/files")
    }
    reasons: dict[int, dict[str, int]] = {}
    for number, reason, count in rows_of(engine, "read/experiments/reasons"):
        reasons.setdefault(number, {})[reason] = count
    files = []
    for number, (sheet, (columns, notes)) in enumerate(zip(sheets, meanings, strict=True)):
        records, used = counted.get(number, (0, 0))
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
                first=None,
                last=None,
                rows_read=records + sum(sheet.damaged.values()),
                rows_used=used,
                set_aside={**excluded, **sheet.damaged},
                columns=columns.named(),
                notes=tuple(notes),
            )
        )
    return tuple(files)
