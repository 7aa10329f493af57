"""Priority customers: top retention targets, and highest value at risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.results import Row
    from ltvcli.units import Rate


def outstanding(engine: Engine, margin: Rate) -> Mapping[str, tuple[Row, ...]]:
    """List the top ten retention targets, and ten other customers with the highest value at risk.

    The first are ranked by predicted value times the probability of an order within 90 days; the
    second by predicted value times the probability of none. IDs are not hashed.

    Args:
        engine: holds `standing` and `forecast`, with intervals of single customers.
        margin: share of revenue.
    """
    engine.run("predict/worth", {"margin": margin})
    lists = {}
    for name in ("keep", "at_risk"):
        at_risk = {"at_risk": name == "at_risk"}
        columns = engine.columns("predict/priority_customers", at_risk)
        values = zip(*(column.tolist() for column in columns.values()), strict=True)
        lists[name] = tuple(dict(zip(columns, row, strict=True)) for row in values)
    return lists
