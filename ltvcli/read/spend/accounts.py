"""Accounting: every row of spend is used or set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import InternalError, NoSpendError
from ltvcli.read.accounts import rows_of
from ltvcli.read.spend.rows import SpendRows
from ltvcli.results import InputFile

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def files(engine: DuckDB, stored: Sequence[SpendRows]) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Raises:
        InternalError: rows read are not rows used plus rows set aside.
        NoSpendError: a file has no row that counts.
    """
    counted = {row[0]: row[1:] for row in rows_of(engine, "read_spend_files")}
    reasons: dict[int, dict[str, int]] = {rows.index: {} for rows in stored}
    for sheet, reason, count in rows_of(engine, "read_spend_reasons"):
        reasons[sheet][reason] = count
    made = []
    for rows in stored:
        records, used, first, last = counted.get(rows.index, (0, 0, None, None))
        aside = reasons[rows.index]
        if records != used + sum(aside.values()):
            raise InternalError(what=f"rows of {rows.sheet.name} were lost")
        every = aside | Counter(one.reason for one in rows.ragged)
        if not used and "duplicate-file" not in every:
            shown = ", ".join(f"{reason} {count}" for reason, count in every.items())
            raise NoSpendError(file=rows.sheet.name, reasons=shown)
        made.append(
            InputFile(
                path=rows.sheet.name,
                kind="spend",
                profile=rows.meaning.columns.profile.name,
                sha256=rows.sheet.sha256,
                first=first,
                last=last,
                rows_read=records + len(rows.ragged),
                rows_used=used,
                set_aside=every,
                columns=rows.meaning.columns.named(),
                notes=rows.notes,
            )
        )
    return tuple(made)
