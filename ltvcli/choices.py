"""Choices that both an option and an answer need."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Period = Literal["month", "quarter"]
"""Length of the period in which the customers of a cohort were acquired."""
Metric = Literal["ltv", "retention", "revenue-retention", "revenue", "margin", "orders"]
"""Figure that is shown of a cohort at each age."""
PERIODS: tuple[Period, ...] = ("month", "quarter")
METRICS: tuple[Metric, ...] = (
    "ltv", "retention", "revenue-retention", "revenue", "margin", "orders",
)  # fmt: skip
RETENTION: tuple[Metric, ...] = ("retention", "revenue-retention")
"""Shares of a cohort month by month: of its customers, or of their first revenue."""
ORDERS_METRIC: Metric = "orders"
"""Not available for subscriptions."""
SUBSCRIPTIONS_METRIC: Metric = "revenue-retention"
"""Not available for orders."""
REVIEW_PERIODS: tuple[Literal["week", "month", "quarter"], ...] = ("week", "month", "quarter")
"""How long a period of a review can be."""
COMPILATIONS = ("board", "investor", "monthly")
"""Reports of several answers: the files in pipeline/compilations."""
SCRIPTED = ("calc", "cohorts", "segments", "predict", "review", "whatif", "audit")
"""Commands that `ltv sql` writes scripts for."""
Dialect = Literal["bigquery", "databricks", "duckdb", "postgres", "redshift", "snowflake", "spark"]
"""The name of a dialect of SQL that our queries are written in."""
DIALECTS: tuple[Dialect, ...] = (
    "duckdb", "spark", "postgres", "bigquery", "snowflake", "redshift", "databricks",
)  # fmt: skip
BREAKDOWN = "plan"
"""By what `ltv mrr` breaks subscriptions down."""


class Depth(StrEnum):
    """How much of a report a page shows: the answer alone, the essentials, or everything."""

    BRIEF = "brief"
    DEFAULT = "default"
    VERBOSE = "verbose"
