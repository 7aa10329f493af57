"""Customers by when they first ordered: what they brought at each age, and whether that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ltvcli.choices import Metric, Period
from ltvcli.results.reports import TableReport
from ltvcli.units import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortEvidence:
    """What checks look at beside the tables.

    `unfinished` is revenue of months that were not watched whole: it is in the totals and in no
    value. `small` of the `cohorts` have too few customers for a verdict. Nobody came in the
    `months_since_new` whole months after `last_new`. `retention_cost` was given, a year, and is in
    no value.
    """

    cohorts: int
    small: int
    customers: int
    revenue: Money
    unfinished: Money
    cac_known: bool
    last_new: date
    months_since_new: int
    retention_cost: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortsReport(TableReport):
    """What each cohort brought at each age; `by` and `metric` are what was asked for."""

    kind: ClassVar = "cohorts"
    by: Period
    metric: Metric
    evidence: CohortEvidence
