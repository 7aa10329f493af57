"""Files to start from: every sample of tests/data, and files large enough to be fitted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data"
OF_SUBSCRIPTIONS = ("subscription", "months", "payments", "tenure", "line_items")


@dataclass(frozen=True, slots=True)
class Sample:
    """A file as rows of cells, how it is written, and whether it holds orders."""

    name: str
    raw: bytes
    of_orders: bool


@cache
def samples() -> tuple[Sample, ...]:
    """Give all samples, in an order that does not depend on the file system."""
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return (
        *(
            Sample(
                name=str(path.relative_to(FOLDER)),
                raw=path.read_bytes(),
                of_orders=not any(word in path.name for word in OF_SUBSCRIPTIONS),
            )
            for path in files
        ),
        *[_shop(size) for size in (60, 300, 900)],
        *[_service(size) for size in (20, 200)],
    )


def _shop(orders: int) -> Sample:
    chance = random.Random(orders)
    rows = ["customer_id,order_id,order_date,amount,cost,channel,country,email"]
    for number in range(orders):
        who = int(orders * 0.4 * chance.random() ** 2)
        day = (
            f"{2024 + number * 2 // orders}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        )
        paid = round(chance.lognormvariate(3.5, 0.6), 2)
        channel = chance.choice(("search", "social", "mail", ""))
        cells = (f"K{who:03d}", f"Q{number:05d}", day, f"{paid:.2f}", f"{paid * 0.4:.2f}", channel)
        rows.append(",".join((*cells, chance.choice(("JP", "DE")), f"k{who}@example.com")))
    return Sample(name=f"shop of {orders}", raw="\n".join(rows).encode() + b"\n", of_orders=True)


def _service(members: int) -> Sample:
    chance = random.Random(members)
    rows = ["customer_id,subscription,plan,start,end,amount,interval,status"]
    for number in range(members):
        year, month = chance.choice((2024, 2025)), chance.randint(1, 12)
        end = f"2026-{chance.randint(1, 9):02d}-10" if chance.random() < 0.4 else ""
        plan, fee = chance.choice((("basic", 10), ("pro", 45.5), ("yearly", 300)))
        interval = "year" if plan == "yearly" else "month"
        state = "cancelled" if end else "active"
        start = f"{year}-{month:02d}-{chance.randint(1, 28):02d}"
        rows.append(f"K{number:03d},S{number},{plan},{start},{end},{fee},{interval},{state}")
    return Sample(
        name=f"service of {members}", raw="\n".join(rows).encode() + b"\n", of_orders=False
    )
