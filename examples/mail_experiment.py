"""Results of a voucher and of a letter beside customers who got neither, one row each."""

from __future__ import annotations

from random import Random

HEADER = "customer_id,group,before,spend_usd"
BUYING = {"holdout": 0.22, "voucher": 0.36, "letter": 0.24}
"""Share of customers who buy within 60 days, by group."""
HAD_BOUGHT = 0.6
CUSTOMERS = 3000


def rows(random: Random) -> list[str]:
    """Return the lines of the file, header first."""
    lines = [HEADER]
    for number in range(1, CUSTOMERS + 1):
        group = random.choice(list(BUYING))
        before = random.gammavariate(1.2, 40) if random.random() < HAD_BOUGHT else 0.0
        spend = 0.0
        if random.random() < BUYING[group]:
            spend = random.gammavariate(3, 9 + before / 25)
        lines.append(f"C{number:04},{group},{before:.2f},{spend:.2f}")
    return lines
