"""What can be chosen among, where both an option and an answer have to know it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Period = Literal["month", "quarter"]
"""How long the customers of one cohort took to come."""
Metric = Literal["ltv", "retention", "revenue-retention", "revenue", "margin", "orders"]
"""What is shown of a cohort at each age."""
PERIODS: tuple[Period, ...] = ("month", "quarter")
METRICS: tuple[Metric, ...] = (
    "ltv", "retention", "revenue-retention", "revenue", "margin", "orders",
)  # fmt: skip
RETENTION: tuple[Metric, ...] = ("retention", "revenue-retention")
"""What is left of a cohort month by month: of its customers, of what they paid at first."""
ORDERS_METRIC: Metric = "orders"
"""Does not exist for subscriptions."""
SUBSCRIPTIONS_METRIC: Metric = "revenue-retention"
"""Does not exist for orders."""
TOLD_APART_BY = "plan"
"""What `ltv mrr` tells subscriptions apart by."""


class Depth(StrEnum):
    """How much of a report a page shows: the answer alone, what is needed, or everything."""

    BRIEF = "brief"
    DEFAULT = "default"
    VERBOSE = "verbose"
