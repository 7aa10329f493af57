"""Lists of changes of MRR, which are no subscriptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ltvcli.errors import MovementsError
from ltvcli.read.columns import status_columns, status_vocabulary
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions.texts import words_of

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_EVENT = re.compile(r"\b(event|type|movement|change|action|kind)\b|種別|区分|イベント")
_CHANGES = {
    *("upgrade", "downgrade", "expansion", "contraction", "churn", "churned", "reactivation"),
    *("upgraded", "downgraded", "cancellation", "cancel", "expand", "contract", "reactivated"),
    *("アップグレード", "ダウングレード", "解約", "再開", "増額", "減額"),
}
_BEGINNINGS = {
    "new",
    "start",
    "started",
    "new business",
    "renewal",
    "renewed",
    "新規",
    "開始",
    "更新",
}


def refuse_movements(engine: DuckDB, sheet: Sheet) -> None:
    """Refuse a list of changes of MRR: every row new, upgrade, churn and the like.

    Raises:
        MovementsError: a column names the kind of change of every row.
    """
    named = [at for at, name in enumerate(sheet.header) if _EVENT.search(words_of(name))]
    for at, texts in status_columns.sample(engine, sheet, named).items():
        words = {status_vocabulary.fold(text) for text in texts}
        changes = words & _CHANGES
        if len(changes) > 1 and words <= _CHANGES | _BEGINNINGS:
            raise MovementsError(
                file=sheet.name, column=sheet.header[at], example=", ".join(sorted(changes)[:2])
            )
