"""Cohorts once more, from a plain list of orders: slow, short and independent.

Shares no code with ltvcli. Money is Decimal until it is divided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import expm1, floor, log1p

from tests.reference import DAYS, Order

Cell = tuple[str, int]


class Reference:
    """What each cohort did at each age, customer by customer."""

    def __init__(self, orders: Sequence[Order], as_of: date, by: str) -> None:
        self.orders = orders
        begins: dict[str, date] = {}
        for one in orders:
            if one.counted:
                begins[one.customer] = min(begins.get(one.customer, one.day), one.day)
        self.customers = set(begins)
        for one in orders:
            if one.customer not in self.customers:
                begins[one.customer] = min(begins.get(one.customer, one.day), one.day)
        self.cohort = {who: named(day, by) for who, day in begins.items()}
        self.lived = {
            who: floor(((as_of - day).days + 1) / DAYS) if who in self.customers else 0
            for who, day in begins.items()
        }
        self.age = [floor(max((one.day - begins[one.customer]).days, 0) / DAYS) for one in orders]

    def size(self, cohort: str) -> int:
        return sum(self.cohort[who] == cohort for who in self.customers)

    def watched(self, cohort: str, age: int) -> int:
        return sum(self.cohort[who] == cohort and self.lived[who] > age for who in self.customers)

    def months(self, cohort: str) -> int:
        return min(self.lived[who] for who in self.customers if self.cohort[who] == cohort)

    def revenue(self, cohort: str) -> Decimal:
        return sum(
            (one.amount for one in self.orders if self.cohort[one.customer] == cohort), Decimal(0)
        )

    def margin(self, cohort: str, given: float | None) -> float:
        """Given, or that of its own costed orders, or of all where few of its own are."""
        if given is not None:
            return given
        own = [one for one in self.orders if self.cohort[one.customer] == cohort]
        for some in (own, list(self.orders)):
            costed = [one for one in some if one.cost is not None]
            revenue = sum((one.amount for one in costed), Decimal(0))
            whole = sum((one.amount for one in some), Decimal(0))
            if revenue > 0 and (some is not own or 2 * revenue >= whole):
                return float(1 - sum((one.cost for one in costed), Decimal(0)) / revenue)
        return 1.0

    def totals(self, metric: str, given: float | None, discount: float) -> dict[Cell, float]:
        """What customers did in the months that they lived to the end, by cohort and age."""
        money: dict[Cell, Decimal] = defaultdict(Decimal)
        count: dict[Cell, int] = defaultdict(int)
        who: dict[Cell, set[str]] = defaultdict(set)
        for one, age in zip(self.orders, self.age, strict=True):
            if age >= self.lived[one.customer]:
                continue
            cell = self.cohort[one.customer], age
            money[cell] += one.amount
            if one.counted:
                count[cell] += 1
                who[cell].add(one.customer)
        monthly = expm1(log1p(discount) / 12)
        share = {name: self.margin(name, given) for name in set(self.cohort.values())}
        match metric:
            case "revenue":
                return {cell: float(amount) for cell, amount in money.items()}
            case "orders":
                return {cell: float(n) for cell, n in count.items()}
            case "retention":
                return {cell: float(len(some)) for cell, some in who.items()}
            case "margin":
                return {cell: float(amount) * share[cell[0]] for cell, amount in money.items()}
            case _:
                return {
                    cell: float(amount) * share[cell[0]] / (1 + monthly) ** cell[1]
                    for cell, amount in money.items()
                }

    def value(self, totals: dict[Cell, float], metric: str, cohort: str, age: int) -> float | None:
        ages = range(age + 1) if metric == "ltv" else [age]
        if not self.watched(cohort, age):
            return None
        return sum(totals.get((cohort, one), 0.0) / self.watched(cohort, one) for one in ages)


def named(day: date, by: str) -> str:
    return f"{day:%Y-%m}" if by == "month" else f"{day.year}-Q{(day.month + 2) // 3}"
