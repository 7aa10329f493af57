"""Shops whose customers follow a law that is known, drawn from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import cos, pi

import numpy as np
from msgspec import Struct

from tests.reference import Order

START = date(2021, 1, 1)


class Law(Struct, frozen=True):
    """Rates are Gamma(r, alpha) a week; customers leave after an order or at any moment.

    leaves: "after-order" with a chance Beta(1, 2.5), or "any-time" at a hazard Gamma(0.7, 14) a
    week. season: how far orders swing in a year; `peak`, when in the year it is highest, 0 to 1.
    trend: growth of everybody's rate a year.
    """

    r: float = 0.8
    alpha: float = 9.0
    leaves: str = "after-order"
    season: float = 0.0
    peak: float = 0.0
    trend: float = 0.0
    spend: float = 3.5  # of Gamma-Gamma: the larger, the more alike are orders of one customer


USUAL = Law()


def simulated(seed: int, customers: int, days: int, ahead: int, law: Law = USUAL) -> list[Order]:
    """Customers won evenly over `days`, and all they order in these and the `ahead` after."""
    chance = np.random.default_rng(seed)
    most = (1 + law.season) * max(1.0, np.exp(law.trend * (days + ahead) / 365))
    orders: list[Order] = []
    for number in range(customers):
        rate = chance.gamma(law.r, 1 / law.alpha) / 7
        gone, life = 0.0, float("inf")
        if law.leaves == "after-order":
            gone = chance.beta(1.0, 2.5)
        else:
            life = chance.exponential() / chance.gamma(0.7, 1 / 14) * 7
        scale = 1 / chance.gamma(4.0, 1 / 40)
        day = first = chance.random() * days
        while day < days + ahead and day - first <= life:
            year = day / 365.25 - law.peak
            level = (1 + law.season * cos(2 * pi * year)) * np.exp(law.trend * day / 365)
            if day == first or chance.random() < level / most:
                amount = (
                    Decimal(round(100 * 30 * law.spend * scale * chance.gamma(law.spend))) / 100
                )
                orders.append(Order(f"c{number}", START + timedelta(days=int(day)), amount))
                if day > first and chance.random() < gone:
                    break
            day += chance.exponential(1 / (rate * most)) if rate > 1e-9 else days + ahead
    return orders


def last_day(days: int) -> date:
    return START + timedelta(days=days - 1)


def known(orders: Sequence[Order], on: date) -> list[Order]:
    return [one for one in orders if one.day <= on]


def followed(orders: Sequence[Order], on: date, days: int) -> tuple[int, float]:
    """Purchases, and what they brought, of the customers known on a day in the days after it."""
    there = {one.customer for one in orders if one.day <= on}
    after = [one for one in orders if on < one.day <= on + timedelta(days=days)]
    bought = {(one.customer, one.day) for one in after if one.customer in there}
    return len(bought), float(sum(one.amount for one in after if one.customer in there))
