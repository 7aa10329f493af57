"""A tea shop in which four things happened, each on a known day: what `ltv review` has to find.

Orders in a plain form, one row per order; an order that was refunded later has the status refunded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from buyers import DAY, LAST_DAY, Habit, happens, order_days, pick

FIRST_DAY = date(2023, 10, 1)
SEASON = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0)
NEW_PER_DAY = 4

# The truth. A batch sold in one month was recalled and refunded later. Each December regulars order
# twice as often. From one day on, a channel brings bargain hunters, who pay less, never return and
# cost twice as much. From another day on, prices are higher.
RECALLED = (date(2025, 5, 1), date(2025, 5, 31))
RECALLED_SHARE = 0.25
BAD_FROM, BAD_CHANNEL = date(2026, 7, 1), "social"
BAD = Habit(share=0.0, stays=0.0, gap=30)
BAD_PERCENT = 60
DEARER_FROM, DEARER_PERCENT = date(2026, 10, 1), 130

CHANNELS = {
    "organic": Habit(share=0.35, stays=0.6, gap=30),
    "search": Habit(share=0.35, stays=0.6, gap=30),
    "social": Habit(share=0.30, stays=0.6, gap=30),
}
COST = {"search": 20, "social": 18}
"""What a customer of a channel costs."""
PRICES = {1800: 3.0, 2200: 4.0, 2600: 3.0, 3000: 2.0}
"""Baskets in cents, and how often each is bought."""
HEADER = "Order ID,Customer ID,Order date,Total,Status,Channel"


@dataclass(frozen=True, slots=True)
class Order:
    """One order; `recalled` ones were refunded after the month was over."""

    day: date
    customer: str
    cents: int
    channel: str
    recalled: bool


def orders(rng: Random) -> list[Order]:
    """Draw all orders, the oldest first."""
    drawn = []
    for number, first in enumerate(_first_days(rng)):
        channel = pick(rng, {name: habit.share for name, habit in CHANNELS.items()})
        is_bad = channel == BAD_CHANNEL and first >= BAD_FROM
        for day in order_days(rng, first, BAD if is_bad else CHANNELS[channel], SEASON):
            cents = pick(rng, PRICES)
            if day >= DEARER_FROM:
                cents = cents * DEARER_PERCENT // 100
            if is_bad:
                cents = cents * BAD_PERCENT // 100
            recalled = RECALLED[0] <= day <= RECALLED[1] and happens(rng, RECALLED_SHARE)
            drawn.append(Order(day, f"T{number:05}", cents, channel, recalled))
    return sorted(drawn, key=lambda order: (order.day, order.customer))


def _first_days(rng: Random) -> Iterator[date]:
    """Draw the days on which new customers come; about as many in every month."""
    day = FIRST_DAY
    while day <= LAST_DAY:
        next_month = (day + 31 * DAY).replace(day=1)
        days = (next_month - day).days
        for _ in range(NEW_PER_DAY * days + rng.randrange(-12, 13)):
            yield day + rng.randrange(days) * DAY
        day = next_month


def rows(drawn: Sequence[Order]) -> Iterator[str]:
    """Write the export of today: recalled orders are refunded."""
    yield from _rows(drawn, recall_is_known=True)


def rows_before_the_recall(drawn: Sequence[Order]) -> Iterator[str]:
    """Write the export as it was on the last day of the month whose orders were recalled later."""
    yield from _rows([order for order in drawn if order.day <= RECALLED[1]], recall_is_known=False)


def _rows(drawn: Sequence[Order], *, recall_is_known: bool) -> Iterator[str]:
    yield HEADER
    for number, order in enumerate(drawn, 10_001):
        status = "refunded" if order.recalled and recall_is_known else "paid"
        total = f"{order.cents // 100}.{order.cents % 100:02}"
        yield f"{number},{order.customer},{order.day},{total},{status},{order.channel}"


def spend_rows(drawn: Sequence[Order]) -> Iterator[str]:
    """Write what was spent each month on the new customers of each channel."""
    first: dict[str, Order] = {}
    for order in drawn:
        first.setdefault(order.customer, order)
    won: dict[tuple[str, str], int] = {}
    for order in first.values():
        if order.channel in COST:
            key = (f"{order.day:%Y-%m}", order.channel)
            won[key] = won.get(key, 0) + 1
    yield "Month,Channel,Spend"
    for (month, channel), customers in sorted(won.items()):
        times = 2 if channel == BAD_CHANNEL and month >= f"{BAD_FROM:%Y-%m}" else 1
        yield f"{month},{channel},{customers * COST[channel] * times}.00"
