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

from ltvcli.errors import InternalError
from ltvcli.units import DAYS_PER_MONTH, Money, Months

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
    lapse_gaps: int  # gaps between orders that lapse_after was measured on; 0 where it was not
    lapse_sampled: bool  # of a sample of the customers
    buckets: int
    customers: int
    orders: int
    net_revenue: Decimal
    largest_customer_revenue: Money
    last_gap_days: int  # days between the newest and the second newest order date
    triangle: Triangle
    observed: Observed
    lives: Lives


# A customer counts as lapsed once silent for longer than nine in ten gaps between orders; outside
# these limits the gaps speak of a very short export or of very few customers who came back.
LAPSE_DAYS = (30.0, 365.0)

# Gaps take a sort per customer. A twentieth of the customers says as much, where they are many.
SAMPLE_FROM_ORDERS = 1_000_000
SAMPLE_FROM_CUSTOMERS = 20_000
BUCKETS = 100
SAMPLED_BUCKETS = 5


def gather(engine: Engine, as_of: date, lapse_after: Months | None) -> Facts:
    """Add up the table `orders` of `engine`.

    Args:
        engine: holds `orders`; gets tables of its own beside it.
        as_of: last day the data speaks for.
        lapse_after: silence after which a customer counts as lapsed; None measures it.

    Raises:
        InternalError: the triangle does not add up to the orders, to the cent.
    """
    engine.run("customers", {"as_of": as_of})
    totals = engine.row("totals")
    if totals["groups"] < BUCKETS:
        engine.run("buckets_of_few")
    sampled = totals["orders"] > SAMPLE_FROM_ORDERS and totals["customers"] >= SAMPLE_FROM_CUSTOMERS
    gaps: Mapping[str, Any] = {"gaps": 0, "gap_days": None}
    if lapse_after is None:
        gaps = engine.row("gaps", {"buckets": SAMPLED_BUCKETS if sampled else BUCKETS})
    shortest, longest = LAPSE_DAYS
    days = min(max(gaps["gap_days"] or longest, shortest), longest)
    months = days / DAYS_PER_MONTH if lapse_after is None else lapse_after
    triangle = Triangle(**engine.columns("triangle"))
    added = engine.row("triangle_totals")
    for key in ("net_revenue", "orders"):
        if added[key] != totals[key]:
            raise InternalError(what=f"triangle {key} {added[key]}, orders {totals[key]}")
    whole = round(months * DAYS_PER_MONTH, 6)  # 90d went through months, and must be 90 days again
    lives = engine.columns("lives", {"as_of": as_of, "lapse_days": whole})
    return Facts(
        as_of=as_of,
        first=totals["first"],
        lapse_after=months,
        lapse_given=lapse_after is not None,
        lapse_gaps=gaps["gaps"],
        lapse_sampled=sampled and gaps["gaps"] > 0,
        buckets=min(totals["groups"], BUCKETS),
        customers=totals["customers"],
        orders=totals["orders"],
        net_revenue=totals["net_revenue"],
        largest_customer_revenue=float(totals["largest_customer_revenue"]),
        last_gap_days=totals["last_gap_days"] or 0,
        triangle=triangle,
        observed=Observed(**engine.columns("observed")),
        lives=Lives(life_months=lives.pop("life_days") / DAYS_PER_MONTH, **lives),
    )
