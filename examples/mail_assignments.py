"""Orders of a tea shop, and who got its reminder letter: customers, arms and days."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

CUSTOMERS, NEVER = 1600, 120
"""Customers who were assigned, and those of them who never ordered."""
BEGIN, ASSIGNED, END = date(2025, 4, 1), date(2026, 4, 10), date(2026, 8, 31)
MORE = {"holdout": 1.0, "letter": 1.3}
"""How often customers order after the assignment, relative to before."""


INITIATIVES = ("name,lever,change,cost,probability", "letter,frequency,+25%,1400,60%")
"""What was planned: the lines of a file of initiatives."""


def orders_and_arms(random: Random) -> tuple[list[str], list[str]]:
    """Return the lines of the orders and of the assignments, headers first."""
    orders, arms = ["order_id,customer_id,ordered_on,total_usd"], ["customer_id,arm,assigned_on"]
    for number in range(1, CUSTOMERS + 1):
        arm = random.choice(list(MORE))
        customer = f"T{number:04}"
        arms.append(f"{customer},{arm},{ASSIGNED}")
        if number > CUSTOMERS - NEVER:
            continue
        gap = random.gammavariate(4, 30)
        day = BEGIN + timedelta(days=random.randrange(360))
        while day <= END:
            total = 9 + random.gammavariate(2, 9)
            orders.append(f"A{len(orders):05},{customer},{day},{total:.2f}")
            pace = gap / MORE[arm] if day >= ASSIGNED else gap
            day += timedelta(days=max(1, round(random.expovariate(1 / pace))))
    # Written into the list twice: one customer in both arms, one again in the same.
    arms += [f"T0007,holdout,{ASSIGNED}", f"T0007,letter,{ASSIGNED}"]
    first = arms[9].split(",")[1]
    arms.append(f"T0009,{first.capitalize()} ,{ASSIGNED + timedelta(days=20)}")
    return orders, arms
