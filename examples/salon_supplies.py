"""Orders of supplies by the practices: line items with a product.

What the data hides: of those who begin with the card terminal, half buy receipt paper within
90 days, where one in ten of the others does. A quarter of the practices grow: they order every
three weeks or so, and more each time; the others order now and then for the same amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

FIRST, LAST = date(2024, 7, 1), date(2026, 10, 31)
PRACTICES = 1600
PRICES = {
    "Card terminal": 89,
    "Receipt paper": 12,
    "Shampoo 5 l": 34,
    "Towels": 26,
    "Gift cards": 19,
    "Tablet stand": 45,
    "Hand cream": 9,
    "Booking signs": 15,
}
STARTS = (5, 1, 4, 4, 2, 2, 2, 2)
"""How often the products of a first order are drawn."""
GROWING = 0.25
FOLLOW, USUAL = 0.5, 0.06
"""Chance of receipt paper within 90 days of a first order with a card terminal, and of another."""


def rows(random: Random, count: int = PRACTICES) -> Iterator[str]:
    """Yield a row per line item; orders of all practices by day."""
    lines = sorted(line for number in range(1, count + 1) for line in _orders(random, number))
    yield "order_id,customer_id,order_date,product,quantity,price"
    order, last = 0, None
    for day, customer, product, quantity in lines:
        if (day, customer) != last:
            order, last = order + 1, (day, customer)
        yield f"S{order:05},{customer},{day},{product},{quantity},{PRICES[product]}.00"


def _orders(random: Random, number: int) -> Iterator[tuple[date, str, str, int]]:
    """Yield the lines of a practice."""
    customer = f"P{number:04}"
    grows = random.random() < GROWING
    day = FIRST + timedelta(random.randrange((LAST - FIRST).days))
    starters = random.choices(list(PRICES), STARTS, k=random.choice((1, 1, 2)))
    yield from ((day, customer, product, 1) for product in sorted(set(starters)))
    chance = FOLLOW if "Card terminal" in starters else USUAL
    follow = day + timedelta(random.randint(7, 85))
    if random.random() < chance and follow <= LAST and "Receipt paper" not in starters:
        yield follow, customer, "Receipt paper", 2
    usual = random.choice(list(PRICES)[2:])
    orders = 0
    while random.random() < (0.96 if grows else 0.8):
        day += timedelta(round(random.gauss(21, 4) if grows else random.uniform(20, 90)))
        if day > LAST:
            return
        orders += 1
        product = usual if random.random() < 0.8 else random.choice(list(PRICES))
        yield day, customer, product, 1 + (orders // 2 if grows else 0)
