"""Which outcome of the customers of an experiment is added up, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def measure(
    engine: DuckDB, outcome: int = 0, *, by_segment: bool = False, cap: float | None = None
) -> None:
    """Make the view `experiment_measured` of facts.experiments.

    Args:
        engine: holds `experiment_customers`.
        outcome: its place among the outcomes.
        by_segment: by segment; else all customers are one.
        cap: outcomes above it count as so much; None for none.
    """
    column = f"outcome_{outcome}"
    if cap is not None:
        column = f"cast(least({column}, {cap!r}::double) as decimal(18, 4))"
    segment = "coalesce(segment, '')" if by_segment else "''"
    engine.execute(
        f"create or replace temp view experiment_measured as select {segment} as segment, arm, "
        f"bucket, heads, before, {column} as outcome from experiment_customers"
    )
