"""Period LTV once more, from a plain list of orders: slow, short and independent.

Shares no code with ltvcli. Money and days are exact: Decimal and Fraction until the last sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.reference import Order

MONTH = Fraction("30.436875")


def first_days(orders: Sequence[Order]) -> dict[str, date]:
    first: dict[str, date] = {}
    for one in orders:
        if one.counted:
            first[one.customer] = min(one.day, first.get(one.customer, one.day))
    return first


def age(days: int) -> int:
    return int(max(days, 0) // MONTH)


def exposed_days(
    orders: Sequence[Order], begin: date, end: date
) -> tuple[dict[int, int], dict[int, set[str]]]:
    """Days that customers spent at each age, and who they were, day by day."""
    days: dict[int, int] = defaultdict(int)
    who: dict[int, set[str]] = defaultdict(set)
    for customer, first in first_days(orders).items():
        day = max(first, begin)
        while day <= end:
            days[age((day - first).days)] += 1
            who[age((day - first).days)].add(customer)
            day += timedelta(days=1)
    return days, who


def period_ltv(
    orders: Sequence[Order], begin: date, end: date, months: int, margin: Decimal
) -> Fraction:
    """Chain the ages of a period; an age without exposure is left out."""
    first = first_days(orders)
    new = [customer for customer, day in first.items() if begin <= day <= end]
    starts = sum(
        (one.amount for one in orders if one.counted and one.day == first[one.customer]
         and one.customer in new),
        Decimal(0),
    )  # fmt: skip
    later: dict[int, Decimal] = defaultdict(Decimal)
    for one in orders:
        is_start = one.counted and one.day == first[one.customer]
        if begin <= one.day <= end and one.customer in first and not is_start:
            later[age((one.day - first[one.customer]).days)] += one.amount
    days, _ = exposed_days(orders, begin, end)
    worth = Fraction(starts) / len(new)
    for month in range(months):
        if days[month]:
            worth += Fraction(later[month]) / (days[month] / MONTH)
    return Fraction(margin) * worth
