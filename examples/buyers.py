"""When customers come, and when they come back: the behaviour that examples share.

Every draw is `random.Random.random` or an integer from it, used only with comparison, sum and
product, so the same seed gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")

FIRST_DAY = date(2024, 11, 1)
LAST_DAY = date(2026, 10, 31)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a group of customers behaves: the truth that `ltv` has to find in the export."""

    share: float  # of the new customers
    stays: float  # chance to order once more, after each order
    gap: float  # days between orders of an average customer who stays


def happens(rng: Random, chance: float) -> bool:
    """Draw once: true with the given chance."""
    return rng.random() < chance


def pick(rng: Random, weighted: Mapping[T, float]) -> T:
    """Draw one key, with the weight it maps to."""
    return rng.choices(list(weighted), list(weighted.values()))[0]


def arrivals(
    rng: Random,
    first_month: float,
    growth: float,
    season: Sequence[float],
    first_day: date = FIRST_DAY,
) -> Iterator[date]:
    """Days on which new customers come: `growth` more each month, times the month's season."""
    day = first_day
    level = first_month
    while day <= LAST_DAY:
        next_month = (day.replace(day=1) + 31 * DAY).replace(day=1)
        for _ in range(int(level * season[day.month - 1])):
            yield day + rng.randrange((next_month - day).days) * DAY
        day = next_month
        level += growth


def order_days(rng: Random, first: date, habit: Habit, season: Sequence[float]) -> Iterator[date]:
    """Days on which one customer orders, from the first one until they leave or the data ends.

    Customers of one group differ: the quickest order about five times as often as the slowest.
    """
    pace = (0.4 + 1.6 * rng.random() * rng.random()) * 1.25  # 1 on average
    day = first
    yield day
    while happens(rng, habit.stays):
        day += DAY
        while day <= LAST_DAY and not happens(rng, pace * season[day.month - 1] / habit.gap):
            day += DAY
        if day > LAST_DAY:
            return
        yield day
