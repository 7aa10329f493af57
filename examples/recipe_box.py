"""A made-up shop that sells boxes of ingredients, and has an app with the recipes.

What the data hides: who cooks from the app in the first weeks orders more often for as long as they
stay. How often customers open the app or ask for help has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random

FIRST, LAST = date(2024, 11, 1), date(2026, 10, 31)
CUSTOMERS = 2000
FIRST_DAYS = 30
COOKED = 2.2
"""Recipes that a usual customer cooks from the app in the first days."""
CHANCE = {"app opened": 1.6, "help asked": 0.2}
VISITORS = 0.03
GAP, STAY = 160, 900
"""Days between orders of a usual customer, and until he leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cook:
    """A customer: the first day, how much he cooks beside a usual one, and his order days."""

    name: str
    first: date
    keenness: float
    orders: tuple[date, ...]


def cooks(rng: Random, count: int = CUSTOMERS) -> list[Cook]:
    """Draw customers, in the order in which they begin."""
    starts = sorted(rng.randrange((LAST - FIRST).days - 30) for _ in range(count))
    return [_cook(rng, f"C{n:04}", FIRST + timedelta(s)) for n, s in enumerate(starts, 1)]


def _cook(rng: Random, name: str, first: date) -> Cook:
    keenness = exp(rng.gauss(0.0, 0.8))
    pace = rng.gammavariate(4.0, 0.25) * keenness / GAP
    end = min(rng.expovariate(1 / STAY), (LAST - first).days)
    days, at = [first], 0.0
    while (at := at + max(rng.expovariate(pace), 1.0)) <= end:
        days.append(first + timedelta(int(at)))
    return Cook(name=name, first=first, keenness=keenness, orders=tuple(days))


def order_rows(rng: Random, made: list[Cook]) -> Iterator[str]:
    """Yield a row per order, the oldest first."""
    yield "customer,date,total"
    orders = sorted((day, cook.name) for cook in made for day in cook.orders)
    yield from (f"{name},{day},{rng.randrange(2400, 7900) / 100:.2f}" for day, name in orders)


def event_rows(rng: Random, made: list[Cook]) -> Iterator[str]:
    """Yield a row per event of the first days, the oldest first; some are of visitors."""
    yield "user_id,time,event"
    events = []
    for cook in made:
        means = {"recipe cooked": COOKED * cook.keenness, **CHANCE}
        for event, mean in means.items():
            at = rng.expovariate(mean / FIRST_DAYS)
            while at < FIRST_DAYS:
                who = "" if rng.random() < VISITORS else cook.name
                events.append((cook.first + timedelta(int(at)), who, event))
                at += rng.expovariate(mean / FIRST_DAYS)
    yield from (f"{who},{day},{event}" for day, who, event in sorted(events))
