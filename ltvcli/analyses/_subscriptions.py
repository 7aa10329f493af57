"""Facts about subscriptions: the same small sums as about orders, from the table `periods`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ltvcli.errors import InternalError
from ltvcli.facts import BUCKETS, Lives, Observed, Triangle
from ltvcli.units import DAYS_PER_MONTH, Money

if TYPE_CHECKING:
    from ltvcli.facts import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """What is paid or past due, at the price after discounts.

    Age counts from a customer's first paid day. Revenue of an age month is the monthly amount times
    the share of its days on which it was paid: a yearly plan counts a twelfth each month, whatever
    was billed. Where `Triangle` and `Observed` say orders, these are subscriptions begun. A life
    goes from the first paid day to the last, breaks included: whoever came back had not left.
    Age-specific churn is Kaplan-Meier over `lives`.
    """

    as_of: date
    first: date | None
    buckets: int
    customers: int
    subscriptions: int
    revenue: Money
    largest_customer_revenue: Money
    triangle: Triangle
    observed: Observed
    lives: Lives


def gather(engine: Engine, as_of: date) -> Subscriptions:
    """Add up the table `periods` of `engine`; replaces its table `customers`.

    Raises:
        InternalError: the triangle does not add up to what the customers paid.
    """
    engine.run("subscription_customers", {"as_of": as_of})
    totals = engine.row("subscription_totals")
    if totals["customers"] < BUCKETS:
        engine.run("buckets_of_few")
    triangle = Triangle(**engine.columns("subscription_triangle"))
    missing = abs(float(triangle.revenue.sum()) - totals["revenue"])
    if missing > 1e-9 * (1 + abs(totals["revenue"])):
        raise InternalError(what=f"the triangle misses the subscriptions' revenue by {missing}")
    lives = engine.columns("subscription_lives", {"as_of": as_of})
    return Subscriptions(
        as_of=as_of,
        first=totals["first"],
        buckets=min(totals["customers"], BUCKETS),
        customers=totals["customers"],
        subscriptions=totals["orders"],
        revenue=totals["revenue"],
        largest_customer_revenue=totals["largest_customer_revenue"],
        triangle=triangle,
        observed=Observed(**engine.columns("observed")),
        lives=Lives(life_months=lives.pop("life_days") / DAYS_PER_MONTH, **lives),
    )
