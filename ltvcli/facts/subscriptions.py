"""Facts about subscriptions: the same small sums as for orders, from the table `periods`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import InternalError
from ltvcli.facts.orders import (
    BUCKETS,
    EVERYONE,
    Lifetimes,
    Observed,
    Triangle,
)
from ltvcli.facts.segments import Totals, segment_names, segment_totals
from ltvcli.units import DAYS_PER_MONTH, Money

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Bools, Engine, Floats, Ints

# Churn for the lifetime value is that of the last half year: METRICS, "Subscriptions".
LAST_MONTHS = 6


class Renewed(Struct, frozen=True, kw_only=True):
    """Customers by monthly renewal: the one not made where `ended`, else those made so far.

    Of `customers`, `paying` pay now.
    """

    segment: Ints
    bucket: Ints
    ended: Bools
    renewals: Ints
    customers: Ints
    paying: Ints


class Stays(Struct, frozen=True, kw_only=True):
    """The fields of `Subscriptions` that retention needs; nobody is among the `repeaters`."""

    customers: int
    observed: Observed
    renewed: Renewed


class Closes(Struct, frozen=True, kw_only=True):
    """Paying customers and MRR at the end of some days; `gone` no longer pay at the next day.

    The days are the last of the month before the last complete months, at most six, and of each of
    these; as_of itself where no month is complete. On a day without a row nobody paid.
    """

    newest: date
    segment: Ints
    day: NDArray[np.datetime64]
    bucket: Ints
    customers: Ints
    gone: Ints
    mrr: Floats


class Subscriptions(Struct, frozen=True, kw_only=True):
    """Subscriptions that are paid or past due, at the price after discounts.

    Age counts from a customer's first paid day. Revenue of an age month is the monthly amount times
    the share of its days on which it was paid: a yearly plan counts a twelfth each month, whatever
    was billed. The orders of `Triangle` and `Observed` are subscriptions begun. A lifetime goes
    from the first paid day to the last, breaks included: customers who came back had not left.
    Age-specific churn is Kaplan-Meier over `lifetimes`. `leaving` customers pay, but have
    cancelled; their MRR is `leaving_mrr`. `billed` counts customers by months from one bill to the
    next, where that is known; `amount` is money per month of all rows, whenever they ran. `dated`
    is false where it is known how long customers stayed, but not when they left. `segments`
    and `totals` are those of `Facts`: a customer belongs to the segment of the first paid day.
    """

    as_of: date
    first: date | None
    buckets: int
    customers: int
    orders: int
    net_revenue: Decimal
    largest_customer_revenue: Money
    triangle: Triangle
    observed: Observed
    lifetimes: Lifetimes
    renewed: Renewed
    closes: Closes
    leaving: int
    leaving_mrr: Money
    billed: Mapping[int, int]
    amount: Money | None
    dated: bool
    segments: tuple[str, ...]
    totals: tuple[Totals, ...]


def gather(
    engine: Engine,
    as_of: date,
    billed: Mapping[int, int] | None = None,
    amount: Money | None = None,
    dated: bool = True,
    *,
    by_segment: bool = False,
) -> Subscriptions:
    """Add up the table `periods` of `engine`, and replace its table `customers`.

    Args:
        engine: holds `periods`.
        as_of: cut-off date of the data.
        billed: customers by months from one bill to the next, if that is known.
        amount: money per month of all rows, if that is known.
        dated: whether it is known when customers left.
        by_segment: add up by the column `segment` of `periods`; else all are one segment.

    Raises:
        InternalError: the triangle does not add up to what the customers paid.
    """
    engine.run("facts/subscriptions/customers", {"as_of": as_of})
    segments = segment_names(engine, "facts/subscriptions/segments") if by_segment else ("",)
    totals = _totals(engine)
    triangle = Triangle(**engine.columns("facts/subscriptions/triangle", EVERYONE))
    added = engine.row("facts/orders/triangle_totals")["net_revenue"] or Decimal(0)
    if added != totals["net_revenue"]:
        missing = totals["net_revenue"] - added
        raise InternalError(what=f"the triangle misses the subscriptions' revenue by {missing}")
    days = _closes(as_of, totals["first"] or as_of)
    seven = [*days, *[None] * (LAST_MONTHS + 1 - len(days))]
    closes = engine.columns("facts/subscriptions/closes", {"days": seven})
    leaving = engine.row("facts/subscriptions/leaving", {"as_of": as_of})
    return Subscriptions(
        as_of=as_of,
        first=totals["first"],
        buckets=min(totals["customers"], BUCKETS),
        customers=totals["customers"],
        orders=totals["orders"],
        net_revenue=totals["net_revenue"],
        largest_customer_revenue=totals["largest_customer_revenue"],
        triangle=triangle,
        observed=_observed(engine),
        lifetimes=lifetimes(engine, as_of),
        renewed=_renewed(engine, as_of),
        closes=Closes(newest=days[-1], **closes),
        leaving=leaving["customers"],
        leaving_mrr=leaving["mrr"],
        billed=billed or {},
        amount=amount,
        dated=dated,
        segments=segments,
        totals=segment_totals(engine, totals, by_segment),
    )


def lifetimes(engine: Engine, as_of: date, revenue_above: Decimal | None = None) -> Lifetimes:
    """Count customers by length of paid life.

    Args:
        engine: that `gather` has added to.
        as_of: cut-off date of the data.
        revenue_above: count customers with more revenue than this alone.
    """
    parameters = {"as_of": as_of, "revenue_above": revenue_above}
    columns = engine.columns("facts/subscriptions/lifetimes", parameters)
    return Lifetimes(life_months=columns.pop("life_days") / DAYS_PER_MONTH, **columns)


def stays(engine: Engine, as_of: date) -> Stays:
    """Add up retention alone, from the table `periods` as for `gather`, up to the day `as_of`."""
    customers = engine.row("facts/subscriptions/stays", {"as_of": as_of})["customers"]
    if customers < BUCKETS:
        engine.run("facts/subscriptions/stays_of_few", {"as_of": as_of})
    return Stays(customers=customers, observed=_observed(engine), renewed=_renewed(engine, as_of))


def _totals(engine: Engine) -> Mapping[str, Any]:
    """Return sums over all customers who ever paid."""
    totals = engine.row("facts/subscriptions/totals")
    if totals["customers"] < BUCKETS:
        engine.run("facts/subscriptions/single_customer_buckets")
    return totals


def _observed(engine: Engine) -> Observed:
    return Observed(**engine.columns("facts/orders/observed", EVERYONE))


def _renewed(engine: Engine, as_of: date) -> Renewed:
    return Renewed(**engine.columns("facts/subscriptions/renewals", {"as_of": as_of}))


def _closes(as_of: date, first: date) -> list[date]:
    """Return the last day of the month before the last complete months, and of each of these.

    >>> [day.isoformat() for day in _closes(date(2025, 3, 30), date(2025, 1, 31))]
    ['2025-01-31', '2025-02-28']
    >>> _closes(date(2025, 3, 30), date(2025, 3, 1))
    [datetime.date(2025, 3, 30)]
    """
    day = timedelta(days=1)
    closes: list[date] = []
    close = (as_of + day).replace(day=1) - day
    while close >= first and len(closes) <= LAST_MONTHS:
        closes.append(close)
        close = close.replace(day=1) - day
    return closes[::-1] or [as_of]
