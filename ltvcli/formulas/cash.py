"""Payback of the CAC of a customer, and the cash that growth needs until then.

Money goes out at the start of a month and comes in at its end. Cash is not discounted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from ltvcli.formulas import Value
from ltvcli.units import Money, Rate

# No company grows faster per month; with a CAC that is returned at once growth has no limit.
MOST_GROWTH = 1e6


def cumulative(cac: Value, monthly: Sequence[Value]) -> list[Value]:
    """Return the cash of one customer after 0, 1, 2, ... months: margin to date less the CAC.

    >>> cumulative(100.0, [60.0, 30.0, 20.0])
    [-100.0, -40.0, -10.0, 10.0]
    """
    points: list[Value] = [0.0 - cac]
    for margin in monthly:
        points.append(points[-1] + margin)
    return points


def turns(points: Sequence[Money]) -> int | None:
    """Return the months until cash is 0 or more; None if it is not within the months given.

    >>> turns([-100.0, -40.0, -10.0, 10.0]), turns([-100.0, -40.0])
    (3, None)
    """
    return next((month for month, cash in enumerate(points) if cash >= 0), None)


def deepest(points: Sequence[Money]) -> tuple[Money, int]:
    """Return the lowest cash, and the first number of months after which it is reached.

    >>> deepest([-100.0, -110.0, 20.0])
    (-110.0, 1)
    """
    lowest = min(points)
    return lowest, points.index(lowest)


class Month(Struct, frozen=True, kw_only=True):
    """Cash of one month of growth: `lowest` is after the spend, `cash` at the end."""

    spend: Money
    customers: float
    brought: Money
    lowest: Money
    cash: Money


def growing(
    spend: Money,
    growth: Rate,
    cac: Money,
    monthly: Sequence[Money],
    months: int,
    elasticity: float = 0.0,
) -> list[Month]:
    """Project cash from a start without customers, with spend that grows every month.

    Customers acquired in month s bring `monthly[a]` each at the end of month s + a.

    Args:
        spend: of the first month.
        growth: of spend, from month to month.
        cac: of the first month; later it is (spend / first spend)^elasticity times as much.
        monthly: margin of a customer at age 0, 1, 2, ... months; nothing afterwards.
        months: how many to project.
        elasticity: of CAC to spend; 0 where more spend costs no more per customer.

    Spend of 100 and then 150 on customers who cost 100 and bring 60 at once, 80 a month later:

    >>> [(month.brought, month.cash) for month in growing(100.0, 0.5, 100.0, [60.0, 80.0], 2)]
    [(60.0, -40.0), (170.0, -20.0)]
    """
    cash, rows = 0.0, []
    new_customers: list[float] = []
    for month in range(months):
        out = spend * (1 + growth) ** month
        new_customers.append(out / (cac * (1 + growth) ** (month * elasticity)))
        received = sum(
            customers * monthly[month - start]
            for start, customers in enumerate(new_customers)
            if month - start < len(monthly)
        )
        rows.append(
            Month(
                spend=out,
                customers=new_customers[-1],
                brought=received,
                lowest=cash - out,
                cash=cash - out + received,
            )
        )
        cash += received - out
    return rows


def need(growth: Rate, cac: Money, monthly: Sequence[Money]) -> float:
    """Return the cash that a month of steady growth needs per unit of its spend.

    Of all customers who pay in a month, those acquired a months before are (1 + growth)^-a times as
    many as those acquired in it. So the month brings the sum over a of monthly[a] x (1 + growth)^-a
    per new customer, and costs the CAC. Below 0 it produces cash.

    Args:
        growth: of spend, from month to month.
        cac: of each customer.
        monthly: margin of a customer at age 0, 1, 2, ... months.

    >>> need(0.0, 100.0, [60.0, 80.0]), need(1.0, 100.0, [60.0, 80.0])
    (-0.4, 0.0)
    """
    received = sum(margin * (1 + growth) ** -age for age, margin in enumerate(monthly))
    return (cac - received) / cac


def fastest(cac: Money, monthly: Sequence[Money]) -> Rate | None:
    """Return the monthly growth that pays for itself: the largest with a `need` of at most 0.

    None if a customer never returns the CAC, and if the CAC is returned at once, without a limit.

    >>> round(fastest(100.0, [60.0, 80.0]), 9), fastest(100.0, [60.0, 30.0])
    (1.0, None)
    """
    if cac <= 0 or need(0.0, cac, monthly) > 0 or need(MOST_GROWTH, cac, monthly) <= 0:
        return None
    low, high = 0.0, MOST_GROWTH
    while low < (middle := (low + high) / 2) < high and not math.isclose(low, high, rel_tol=1e-14):
        low, high = (middle, high) if need(middle, cac, monthly) <= 0 else (low, middle)
    return low
