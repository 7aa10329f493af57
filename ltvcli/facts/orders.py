"""The facts: small sums over millions of rows, from which everything else is arithmetic.

Each table is a plain GROUP BY, so tables of two files, partitions or engines add up. `bucket`
divides the customers into groups for the delete-one-group jackknife. Arrays of one table have the
same length `(n,)`; `ltv explain` has the definitions of figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from ltvcli.errors import InternalError
from ltvcli.facts.engine import adds_up, asks_all, compute_later, run_in_parts
from ltvcli.facts.segments import Totals, segment_names, segment_totals
from ltvcli.units import DAYS_PER_MONTH, Money, Months

if TYPE_CHECKING:
    from ltvcli.facts.engine import Bools, Engine, Floats, Ints

Span = Literal["week", "month", "quarter"]
"""Length of the periods that are compared."""


class Triangle(Struct, frozen=True, kw_only=True):
    """Sums by segment, cohort, age month and bucket; `complete` where all of it was observed."""

    segment: Ints  # code: place in Facts.segments
    cohort: Ints  # months since year 0: 12 * year + month - 1
    age_month: Ints
    bucket: Ints
    complete: Bools
    revenue: Floats
    orders: Ints
    cost: Floats
    costed_revenue: Floats  # revenue of the orders whose cost is known


class Observed(Struct, frozen=True, kw_only=True):
    """Customers by segment, cohort, months observed and bucket; `repeaters` have 2+ orders."""

    segment: Ints
    cohort: Ints
    observed_months: Ints
    bucket: Ints
    customers: Ints
    repeaters: Ints


class Conversions(Struct, frozen=True, kw_only=True):
    """Customers who came back within 12 months, by cohort and bucket.

    Attributes:
        observed: customers observed for 12 months after the first order.
        returned: of these, customers with a second order within 12 months of the first.
        observed_second: of these, customers observed for 12 months after the second order.
        returned_second: of these, customers with a third order within 12 months of the second.
    """

    cohort: Ints
    bucket: Ints
    observed: Ints
    returned: Ints
    observed_second: Ints
    returned_second: Ints


class Lifetimes(Struct, frozen=True, kw_only=True):
    """Customers by segment, active life and bucket; `ended` where they lapsed before as_of."""

    segment: Ints
    life_months: Floats
    bucket: Ints
    ended: Bools
    customers: Ints


class Facts(Struct, frozen=True, kw_only=True):
    """The sums over orders that one question needs.

    `segments` are the names of segments by code, `totals` their sums. One unnamed segment if
    segments were not requested; "" = unknown. A customer belongs to the segment of the first
    counted order.
    """

    as_of: date
    first: date
    lapse_after: Months
    lapse_given: bool
    lapse_gaps: int  # gaps between orders from which lapse_after was measured; 0 where it was given
    lapse_sampled: bool  # measured on a sample of the customers
    buckets: int
    customers: int
    orders: int
    net_revenue: Decimal
    largest_customer_revenue: Money
    last_gap_days: int  # days between the newest and the second newest order date
    triangle: Triangle
    observed: Observed
    lifetimes: Lifetimes
    segments: tuple[str, ...]
    totals: tuple[Totals, ...]


class Numbering(Struct, frozen=True, kw_only=True):
    """How the IDs of customers follow from `customer_key` in `orders`: `C-0042` from 42.

    Attributes:
        prefix: of every ID, before the key.
        width: digits of the key, with leading zeros; 0 without them.
    """

    prefix: str = ""
    width: int = 0


AS_IT_IS = Numbering()
"""Numbering of keys that are the ids."""

EVERYONE: Mapping[str, Any] = {"revenue_above": None}
"""Parameters of a query about all customers, not only those above some revenue."""
MOST_AGES = 1_000_000
"""More months of age than there are in any data."""
# A customer counts as churned after the 90th percentile of gaps between orders, within these
# limits: outside them the gaps come from a very short export or from very few repeat customers.
LAPSE_DAYS = (30.0, 365.0)

# Gaps need a sort per customer. With many customers, a twentieth of them gives the same percentile.
SAMPLE_FROM_ORDERS = 1_000_000
SAMPLE_FROM_CUSTOMERS = 20_000
BUCKETS = 100
SAMPLED_BUCKETS = 5


def gather(
    engine: Engine,
    as_of: date,
    lapse_after: Months | None,
    *,
    by_segment: bool = False,
    with_costs: bool = False,
    numbering: Numbering = AS_IT_IS,
    span: Span | None = None,
    has_cost: bool = True,
    has_segment_keys: bool = False,
) -> Facts:
    """Add up the table `orders` of `engine`.

    Args:
        engine: holds `orders`; tables are added to it.
        as_of: cut-off date of the data.
        lapse_after: time without an order after which a customer counts as churned; None measures
            it.
        by_segment: add up by segment; else all customers are one segment.
        with_costs: add to the table `customers` of the engine the columns cost, costed_revenue
            and serve, for questions about single customers.
        numbering: how the IDs of customers follow from their keys.
        span: add up by periods of this length in the same pass, for `periods.gather`.
        has_cost: whether the cost of any order may be known.
        has_segment_keys: whether segments of orders are numbers, with the text in `segment_keys`.

    Raises:
        TooManySegmentsError: there are more than can be compared.
        InternalError: triangle or segments do not add up to the orders, to the cent.
    """
    ids = {"prefix": numbering.prefix, "width": numbering.width}
    by_key = by_segment and has_segment_keys
    if by_segment:
        engine.run("facts/orders/segment_sums_by_key" if by_key else "facts/orders/segment_sums")
        engine.run("facts/orders/segment_places")
    sums = "facts/orders/customer_sums_by_key" if by_key else "facts/orders/customer_sums"
    run_in_parts(engine, [sums, "facts/orders/customers"], {"as_of": as_of, **ids}, "customers")
    segments: tuple[str, ...] = ("",)
    if by_segment:
        engine.run("facts/orders/first_places_by_key" if by_key else "facts/orders/first_places")
        segments = segment_names(engine, "facts/orders/segments")
    totals = engine.row("facts/orders/totals")
    if asks_all(engine):
        engine.run("facts/orders/buckets_of_few", {"few": BUCKETS})
    elif totals["groups"] < BUCKETS:
        engine.run("facts/orders/single_customer_buckets")
    sampled = totals["orders"] > SAMPLE_FROM_ORDERS and totals["customers"] >= SAMPLE_FROM_CUSTOMERS
    gaps: Mapping[str, Any] = {"gaps": 0, "gap_days": None}
    shortest, longest = LAPSE_DAYS
    if lapse_after is None:
        of_gaps = {"buckets": SAMPLED_BUCKETS if sampled else BUCKETS}
        _compute_lapse_later(engine, of_gaps)
        gaps = engine.row("facts/orders/order_gaps", of_gaps)
    days = min(max(gaps["gap_days"] or longest, shortest), longest)
    months = days / DAYS_PER_MONTH if lapse_after is None else lapse_after
    ages = 1 + int((totals["most_days"] or 0) / DAYS_PER_MONTH)
    by_age = triangle(
        engine, span=span, has_cost=has_cost, ages=MOST_AGES if asks_all(engine) else ages
    )
    added = engine.row("facts/orders/triangle_totals")
    for key in ("net_revenue", "orders"):
        if not adds_up(engine, added[key], totals[key]):
            raise InternalError(what=f"triangle {key} {added[key]}, orders {totals[key]}")
    by_code = segment_totals(engine, totals, by_segment)
    of_segments = sum(segment.net_revenue for segment in by_code)
    if not adds_up(engine, of_segments, totals["net_revenue"]):
        raise InternalError(what=f"segments do not add up to {totals['net_revenue']}")
    if with_costs:
        engine.run("facts/orders/customer_costs")
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
        triangle=by_age,
        observed=Observed(**engine.columns("facts/orders/observed", EVERYONE)),
        lifetimes=lifetimes(engine, as_of, months),
        segments=segments,
        totals=by_code,
    )


def _compute_lapse_later(engine: Engine, of_gaps: Mapping[str, Any]) -> None:
    """Write into a script how `gather` measures the time after which a customer has churned."""
    shortest, longest = LAPSE_DAYS
    is_long = f"orders > {SAMPLE_FROM_ORDERS} and customers >= {SAMPLE_FROM_CUSTOMERS}"
    buckets = f"case when {is_long} then {SAMPLED_BUCKETS} else {BUCKETS} end"
    compute_later(engine, "buckets", buckets, "facts/orders/totals")
    days = f"case when coalesce(gap_days, {longest:.0f}) > {longest:.0f} then {longest:.0f} " + (
        f"when gap_days < {shortest:.0f} then {shortest:.0f} else gap_days end"
    )
    source = "facts/orders/order_gaps"
    compute_later(engine, "lapse_days", f"cast({days} as double)", source, of_gaps)


def triangle(
    engine: Engine,
    revenue_above: Decimal | None = None,
    span: Span | None = None,
    *,
    has_cost: bool = True,
    ages: int = MOST_AGES,
) -> Triangle:
    """Add up orders by cohort and age of their customers.

    Args:
        engine: holds `orders` and `customers`.
        revenue_above: of customers with more revenue than this alone.
        span: add up by periods of this length in the same pass, into the table `period_sums`.
        has_cost: whether the cost of any order may be known.
        ages: more than the months of age of any order; the fewer, the less time it takes.
    """
    ages = ages if span is None else 1
    keys = {"revenue_above": revenue_above, "ages": ages, "by_cohort": True}
    engine.run("facts/orders/triangle_customers", keys)
    if span is None:
        with_cost, without = (
            "facts/orders/triangle_cells",
            "facts/orders/triangle_cells_without_cost",
        )
        run_in_parts(
            engine,
            [with_cost if has_cost else without],
            {"ages": ages},
            "triangle_cells",
            are_sums=True,
        )
    else:
        engine.run("facts/periods/sums", {"weekly": span == "week"})
    return Triangle(**engine.columns("facts/orders/triangle"))


def lifetimes(
    engine: Engine, as_of: date, lapse_after: Months, revenue_above: Decimal | None = None
) -> Lifetimes:
    """Count customers by length of active life.

    Args:
        engine: that `gather` has added to.
        as_of: cut-off date of the data.
        lapse_after: time without an order after which a customer counts as churned.
        revenue_above: count customers with more revenue than this alone.
    """
    days = round(
        lapse_after * DAYS_PER_MONTH, 6
    )  # so that 90d, converted to months, is 90 days again
    parameters = {"as_of": as_of, "lapse_days": days, "revenue_above": revenue_above}
    columns = engine.columns("facts/orders/lifetimes", parameters)
    return Lifetimes(life_months=columns.pop("life_days") / DAYS_PER_MONTH, **columns)


def conversions(engine: Engine, as_of: date) -> Conversions:
    """Count second and third orders of the customers that `gather` has found in `engine`."""
    return Conversions(**engine.columns("cohorts/conversions", {"as_of": as_of}))
