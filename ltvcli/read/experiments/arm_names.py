"""Names of the arms of an experiment, in all spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.errors import ManyArmsError
from ltvcli.read.orders.accounting import rows_of
from ltvcli.results.experiment import Spellings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

MOST_ARMS = 50
_MOST_SPELLINGS = 2000


def named(engine: DuckDB, header: str) -> tuple[dict[str, str], tuple[Spellings, ...]]:
    """Name each arm by its most frequent spelling, and list those with several.

    Args:
        engine: holds `experiment_rows`.
        header: of the column of arms.

    Raises:
        ManyArmsError: there are too many to be arms.
    """
    written: dict[str, list[str]] = {}
    for arm, text, _ in rows_of(engine, "read/experiments/spellings", {"most": _MOST_SPELLINGS}):
        written.setdefault(arm, []).append(text)
    if len(written) > MOST_ARMS:
        example = next(iter(written.values()))[0]
        raise ManyArmsError(column=header, most=MOST_ARMS, example=example)
    spellings = tuple(
        Spellings(arm=texts[0], written=tuple(texts))
        for texts in written.values()
        if len(texts) > 1
    )
    return {arm: texts[0] for arm, texts in written.items()}, spellings
