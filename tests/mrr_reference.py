"""MRR by a look at every customer on every day: slow, plain, and independent of the SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

DAY = timedelta(days=1)
NEVER = date(9999, 12, 31)

PERIODS = """
create or replace table periods (
    customer_key bigint, customer text, subscription text, plan text, start date, "end" date,
    asked date, paid_to date,
    yearly decimal(18, 4), list_yearly decimal(18, 4), state text
)
"""


class Stretch(NamedTuple):
    customer: str
    start: date
    end: date | None = None
    amount: Decimal | Fraction = Decimal(10)  # per month, exact
    state: str = "paying"
    subscription: str = "s"
    plan: str | None = "basic"
    asked: date | None = None
    list_amount: Decimal | Fraction | None = None


def yearly(amount: Decimal | Fraction) -> Decimal:
    """The amount of twelve months, which must have four decimals at most."""
    exact = 12 * Fraction(amount)
    rounded = round(Decimal(exact.numerator) / exact.denominator, 4)
    assert rounded == exact
    return rounded


def fill(engine: Any, stretches: Sequence[Stretch]) -> None:
    """Fill the engine's table `periods`."""
    engine.connection.execute(PERIODS)
    customers = sorted({one.customer for one in stretches})
    for one in stretches:
        listed = one.amount if one.list_amount is None else one.list_amount
        row = [
            customers.index(one.customer),
            one.customer,
            f"{one.customer}-{one.subscription}",
            one.plan,
            one.start,
            one.end,
        ]
        row += [one.asked, None, str(yearly(one.amount)), str(yearly(listed)), one.state]
        engine.connection.execute("insert into periods values (?,?,?,?,?,?,?,?,?,?,?)", row)


@dataclass
class Book:
    stretches: Sequence[Stretch]
    rules: Any
    as_of: date

    def __post_init__(self) -> None:
        self.stretches = [one for one in self.stretches if one.start <= self.as_of]
        self.customers = sorted({one.customer for one in self.stretches})
        self.begin = min((one.start for one in self.stretches), default=self.as_of)
        self.on, self.paid, self.was_here = (
            cache(self._on),
            cache(self._paid),
            cache(self._was_here),
        )

    def _stop(self, one: Stretch) -> date:
        stop = one.end or NEVER
        if self.rules.churn_date == "asked" and one.asked:
            stop = min(stop, one.asked)
        if self.rules.late_days is not None and one.state == "past-due":
            first = one
            while True:
                before = [
                    other
                    for other in self.stretches
                    if other.end == first.start
                    and other.state == "past-due"
                    and other.start < first.start
                    and (other.customer, other.subscription) == (one.customer, one.subscription)
                ]
                if not before:
                    break
                first = before[0]
            stop = min(stop, first.start + DAY * (self.rules.late_days + 1))
        return stop

    def _on(self, customer: str, day: date) -> tuple[Fraction, bool]:
        """MRR of a customer at the end of a day, and whether that is a customer at all."""
        if day < self.begin:
            return Fraction(0), False
        total, here = Fraction(0), False
        for one in self.stretches:
            if one.customer != customer or not one.start <= day < self._stop(one):
                continue
            standing = {
                "paying": "mrr",
                "past-due": "mrr",
                "trial": self.rules.trials,
                "unpaid": self.rules.unpaid,
                "paused": self.rules.paused,
            }[one.state]
            price = one.amount
            if self.rules.listed and one.list_amount is not None:
                price = one.list_amount
            if standing == "mrr":
                total += Fraction(price)
                if price == 0 and self.rules.free == "customer":
                    here = True
                if price == 0 and self.rules.free == "after-paying" and self.paid(customer, day):
                    here = True
            here = here or standing == "customer"
        return total, here or total > 0

    def _paid(self, customer: str, until: date) -> bool:
        """Whether the customer had MRR on any day before `until`."""
        return any(
            self.on(customer, self.begin + DAY * n)[0] > 0 for n in range((until - self.begin).days)
        )

    def _was_here(self, customer: str, until: date) -> bool:
        return any(
            self.on(customer, self.begin + DAY * n)[1] for n in range((until - self.begin).days + 1)
        )

    def months(self) -> list[date]:
        found, month = [], self.begin.replace(day=1)
        while self.stretches and month <= self.as_of:
            found.append(month)
            month = (month + DAY * 31).replace(day=1)
        return found

    def window(self, month: date, trailing: int | None) -> tuple[date, date]:
        closes = min((month + DAY * 31).replace(day=1) - DAY, self.as_of)
        return (month - DAY if trailing is None else closes - DAY * trailing), closes

    def flow(self, month: date, trailing: int | None, daily: bool) -> dict[str, Any]:
        opens, closes = self.window(month, trailing)
        flow: dict[str, Any] = {
            "opening": sum(self.on(c, opens)[0] for c in self.customers),
            "closing": sum(self.on(c, closes)[0] for c in self.customers),
            "customers_opening": sum(self.on(c, opens)[1] for c in self.customers),
            "customers_closing": sum(self.on(c, closes)[1] for c in self.customers),
        }
        for key in ("new", "expansion", "contraction", "churn", "reactivation"):
            flow[key] = Fraction(0)
        for key in ("new", "churn", "reactivation"):
            flow[f"customers_{key}"] = 0
        days = (closes - opens).days
        pairs = [(opens, closes)]
        if daily:
            pairs = [(opens + DAY * n, opens + DAY * (n + 1)) for n in range(days)]
        for customer in self.customers:
            for start, end in pairs:
                self._move(flow, customer, start, end)
        return flow

    def _move(self, flow: dict[str, Any], customer: str, start: date, end: date) -> None:
        (before, here_before), (after, here_after) = (
            self.on(customer, start),
            self.on(customer, end),
        )
        if before == 0 and after > 0:
            flow["reactivation" if self.paid(customer, start + DAY) else "new"] += after
        elif before > 0 and after == 0:
            flow["churn"] += before
        elif after > before:
            flow["expansion"] += after - before
        else:
            flow["contraction"] += before - after
        if here_after and not here_before:
            returned = self.was_here(customer, start)
            flow["customers_reactivation" if returned else "customers_new"] += 1
        elif here_before and not here_after:
            flow["customers_churn"] += 1
