"""When the money that went into a customer comes back, and what growing takes until then.

Money goes out at the start of a month and comes in at its end. Undiscounted: it is cash.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ltvcli.formulas import Value
from ltvcli.units import Money, Rate

# Above this growth a month nobody grows; a customer who returns the CAC at once has no limit.
MOST_GROWTH = 1e6


def cumulative(cac: Value, monthly: Sequence[Value]) -> list[Value]:
    """Cash of one customer after 0, 1, 2, ... months: less the CAC, plus what came in by then.

    >>> cumulative(100.0, [60.0, 30.0, 20.0])
    [-100.0, -40.0, -10.0, 10.0]
    """
    points: list[Value] = [0.0 - cac]
    for brought in monthly:
        points.append(points[-1] + brought)
    return points


def turns(points: Sequence[Money]) -> int | None:
    """Months until cash is back at 0 or above; None if it is not within what is known.

    >>> turns([-100.0, -40.0, -10.0, 10.0]), turns([-100.0, -40.0])
    (3, None)
    """
    return next((month for month, cash in enumerate(points) if cash >= 0), None)


def deepest(points: Sequence[Money]) -> tuple[Money, int]:
    """Where cash is lowest, and after how many months first.

    >>> deepest([-100.0, -110.0, 20.0])
    (-110.0, 1)
    """
    lowest = min(points)
    return lowest, points.index(lowest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Cash of one month of growing: `lowest` is after the spend, `cash` at the end."""

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
    """Follow cash from a standing start, when each month's spend is `growth` above the last.

    Customers won in month s bring `monthly[a]` each at the end of month s + a; afterwards nothing.
    They cost `cac` in the first month, and (spend / first spend)^elasticity times as much later.

    Spend of 100 and then 150 on customers who cost 100 and bring 60 at once, 80 a month later:

    >>> [(one.brought, one.cash) for one in growing(100.0, 0.5, 100.0, [60.0, 80.0], 2)]
    [(60.0, -40.0), (170.0, -20.0)]
    """
    cash, rows = 0.0, []
    won: list[float] = []
    for month in range(months):
        out = spend * (1 + growth) ** month
        won.append(out / (cac * (1 + growth) ** (month * elasticity)))
        came = sum(
            customers * monthly[month - start]
            for start, customers in enumerate(won)
            if month - start < len(monthly)
        )
        rows.append(
            Month(
                spend=out,
                customers=won[-1],
                brought=came,
                lowest=cash - out,
                cash=cash - out + came,
            )
        )
        cash += came - out
    return rows


def need(growth: Rate, cac: Money, monthly: Sequence[Money]) -> float:
    """Cash that a month takes per unit of its spend, once growth has lasted as long as customers.

    Of all customers who pay in a month, those won a months before are (1 + growth)^-a times as many
    as those won in it. So the month brings sum over a of monthly[a] x (1 + growth)^-a per customer
    won, and takes the CAC. Below 0 it leaves cash over.

    >>> need(0.0, 100.0, [60.0, 80.0]), need(1.0, 100.0, [60.0, 80.0])
    (-0.4, 0.0)
    """
    came = sum(brought * (1 + growth) ** -age for age, brought in enumerate(monthly))
    return (cac - came) / cac


def fastest(cac: Money, monthly: Sequence[Money]) -> Rate | None:
    """Monthly growth that pays for itself: the largest at which `need` is at most 0.

    None if a customer never returns the CAC, and if one does so at once, as there is no limit then.

    >>> round(fastest(100.0, [60.0, 80.0]), 9), fastest(100.0, [60.0, 30.0])
    (1.0, None)
    """
    if cac <= 0 or need(0.0, cac, monthly) > 0 or need(MOST_GROWTH, cac, monthly) <= 0:
        return None
    low, high = 0.0, MOST_GROWTH
    while low < (middle := (low + high) / 2) < high and not math.isclose(low, high, rel_tol=1e-14):
        low, high = (middle, high) if need(middle, cac, monthly) <= 0 else (low, middle)
    return low
