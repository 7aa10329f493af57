"""The facts about periods without their buckets: enough for points, a hundred times smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict, replace

from ltvcli.facts.periods import PeriodFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

Table = TypeVar("Table", bound=Struct)
START_KEYS, SPAN_KEYS = ("segment", "first_day"), ("segment", "month", "age_month")
RETURNED_KEYS = ("segment", "period")


def pooled(facts: PeriodFacts) -> PeriodFacts:
    """Sum all buckets; intervals cannot be computed from the result."""
    return replace(
        facts,
        buckets=1,
        starts=added(facts.starts, START_KEYS),
        spans=added(facts.spans, SPAN_KEYS),
        returned=added(facts.returned, RETURNED_KEYS),
    )


def added(table: Table, keys: Sequence[str]) -> Table:
    """Sum the rows of a table of facts that share `keys`, over all buckets."""
    columns: dict[str, Any] = asdict(table)
    kinds = [columns[key].astype(np.int64) for key in keys]
    kinds = [kind - kind.min(initial=0) for kind in kinds]
    size = tuple(int(kind.max(initial=0)) + 1 for kind in kinds)
    cells = np.ravel_multi_index(tuple(kinds), size)
    _, first, place = np.unique(cells, return_index=True, return_inverse=True)
    rows = len(first)
    summed: dict[str, Any] = {key: columns[key][first] for key in keys}
    summed["bucket"] = np.zeros(rows, dtype=np.int64)
    for name in columns.keys() - summed.keys():
        sums = np.bincount(place, weights=columns[name], minlength=rows)
        summed[name] = sums.astype(columns[name].dtype)
    return replace(table, **summed)
