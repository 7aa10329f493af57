"""What can be chosen among, where both an option and an answer have to know it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Period = Literal["month", "quarter"]
"""How long the customers of one cohort took to come."""
Metric = Literal["ltv", "retention", "revenue", "margin", "orders"]
"""What is shown of a cohort at each age."""
PERIODS: tuple[Period, ...] = ("month", "quarter")
METRICS: tuple[Metric, ...] = ("ltv", "retention", "revenue", "margin", "orders")
TOLD_APART_BY = "plan"
"""What `ltv mrr` tells subscriptions apart by."""


class Depth(StrEnum):
    """How much of a report a page shows: the answer alone, what is needed, or everything."""

    BRIEF = "brief"
    DEFAULT = "default"
    VERBOSE = "verbose"
