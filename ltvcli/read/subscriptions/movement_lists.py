"""Lists of changes of MRR, which are no subscriptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ltvcli.errors import MovementsError
from ltvcli.read.columns import status_columns, status_vocabulary
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions import vocabulary
from ltvcli.read.subscriptions.texts import words_of

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_EVENT = re.compile(r"\b(event|type|movement|change|action|kind)\b|種別|区分|イベント")


def refuse_movements(engine: DuckDB, sheet: Sheet) -> None:
    """Refuse a list of changes of MRR: every row new, upgrade, churn and the like.

    Raises:
        MovementsError: a column names the kind of change of every row.
    """
    named = [at for at, name in enumerate(sheet.header) if _EVENT.search(words_of(name))]
    for at, texts in status_columns.sample(engine, sheet, named).items():
        words = {status_vocabulary.fold(text) for text in texts}
        changes = words & vocabulary.changes()
        if len(changes) > 1 and words <= vocabulary.changes() | vocabulary.beginnings():
            raise MovementsError(
                file=sheet.name, column=sheet.header[at], example=", ".join(sorted(changes)[:2])
            )
