"""The facts: small sums over millions of rows, from which everything else is arithmetic.

Each table is a plain GROUP BY, so tables of two files, partitions or engines add up. `bucket`
divides the customers into groups for the delete-one-group jackknife. Arrays of one table have the
same length `(n,)`; see METRICS in the README for the definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from ltvcli.units import Money, Months

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


class Engine(Protocol):
    """Where SQL runs, over one table `orders` that read/ has filled.

    Columns: customer TEXT, day DATE, amount and cost DECIMAL(18,4), counted BOOLEAN.
    One row per order (counted), or per refund that names no order (not counted, amount below 0).
    """

    def run(self, name: str, parameters: Mapping[str, Any] = ...) -> None:
        """Execute `sql/<name>.sql` for its effect."""

    def columns(self, name: str, parameters: Mapping[str, Any] = ...) -> dict[str, NDArray[Any]]:
        """Execute `sql/<name>.sql` and bring its columns home as arrays."""

    def row(self, name: str, parameters: Mapping[str, Any] = ...) -> dict[str, Any]:
        """Execute `sql/<name>.sql`, which gives one row, and bring it home as Python values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """Sums by cohort, age month and bucket; `complete` where that month was observed whole."""

    cohort: Ints  # months since year 0: 12 * year + month - 1
    age_month: Ints
    bucket: Ints
    complete: Bools
    revenue: Floats
    orders: Ints
    cost: Floats
    costed_revenue: Floats  # revenue of the orders whose cost is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """Customers by cohort, whole months observed and bucket; `repeaters` have 2+ orders."""

    cohort: Ints
    observed_months: Ints
    bucket: Ints
    customers: Ints
    repeaters: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """Customers by length of active life and bucket; `ended` where they lapsed before as_of."""

    life_months: Floats
    bucket: Ints
    ended: Bools
    customers: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that comes home from the engine for one question about orders."""

    as_of: date
    first: date
    lapse_after: Months
    lapse_given: bool
    buckets: int
    customers: int
    orders: int
    net_revenue: Decimal
    largest_customer_revenue: Money
    last_gap_days: int  # days between the newest and the second newest order date
    triangle: Triangle
    observed: Observed
    lives: Lives
