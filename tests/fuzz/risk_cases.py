"""Cases of `ltv risk`: damaged customers, prospects, logs of events, orders and subscriptions."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from tests.fuzz.cases import ABSURD, Case, damaged

CUSTOMERS = 700
HEADS = ("<b>size</b>", "=1+1", "size", "サイズ", "Plan", "a,b", "x" * 300)
"""Headers of a column of customers and prospects."""
MAPS = (
    "event_customer=user", "event_day=time", "event_name=1", "customer=channel", "prospect=deal",
    "event_value=" + "x" * 9,
)  # fmt: skip
OPTIONS = (
    ("--cac", "40"), ("--margin", "40%"), ("--within", "3mo"), ("--without", "channel"),
    ("--plain-ids",), ("--lang", "ja"), ("--as-of", "2026-03-31"),
)  # fmt: skip
SHAPES = (
    ("customers", "events"), ("customers",), ("snapshot",), ("customers", "prospects"),
    ("customers", "declined"), (), ("opportunities",),
)  # fmt: skip
"""What is typed beside the exports; of a snapshot there are none."""


@cache
def files(head: str) -> dict[str, bytes]:
    """Write a company of 700 customers, of whom half leave, and what they did.

    Args:
        head: header of a column of customers and prospects.
    """
    chance = random.Random(17)
    quoted = '"' + head.replace('"', '""') + '"'
    customers = [f"customer_id,{quoted},channel,seats,churned"]
    subscriptions = ["customer_id,plan,start,end,amount,interval"]
    orders = ["order_id,customer_id,date,product,total"]
    events = ["user,time,event,value"]
    prospects = [f"deal,{quoted},channel,seats"]
    for number in range(CUSTOMERS):
        name, size = f"K{number:03d}", chance.randint(1, 40)
        channel = chance.choice(("web", "mail", "call", ""))
        start = f"2025-{1 + number % 12:02d}-{chance.randint(1, 28):02d}"
        left = chance.random() < (0.7 if size < 20 else 0.3)
        end = f"2026-{chance.randint(1, 9):02d}-10" if left else ""
        customers.append(f"{name},{size},{channel},{number % 7},{int(left)}")
        subscriptions.append(f"{name},pro,{start},{end},{10 + number % 9}.50,month")
        for _ in range(1 if left else chance.randint(2, 5)):
            day = f"2026-{chance.randint(1, 9):02d}-{chance.randint(1, 28):02d}"
            orders.append(f"O{len(orders)},{name},{day},item {number % 3},{size}.25")
        orders.append(f"O{len(orders)},{name},{start},item {number % 4},{size}.00")
        for _ in range(chance.randint(0, 4)):
            who = name if chance.random() < 0.9 else ""
            events.append(f"{who},{start}T10:00:00Z,{chance.choice(('open', 'save'))},{number}")
        if number < 20:
            prospects.append(f"D{number},{size},{channel},{number % 7}")
    texts = {
        "customers": customers,
        "subscriptions": subscriptions,
        "orders": orders,
        "events": events,
        "prospects": prospects,
        "declined": prospects,
    }
    return {name: "\n".join(lines).encode() + b"\n" for name, lines in texts.items()}


def case(seed: int, number: int, folder: Path) -> Case:
    """Write the files of a case, at least one of them damaged, and return what is typed.

    Args:
        seed: of the run.
        number: of the case.
        folder: empty.
    """
    chance = random.Random(f"risk {seed} {number}")
    shape = SHAPES[number % len(SHAPES)]
    whole = files(chance.choice(HEADS))
    exports = () if shape == ("snapshot",) else (chance.choice(("subscriptions", "orders")),)
    beside = tuple(name for name in shape if name in whole)
    beside = ("customers",) if shape == ("snapshot",) else beside
    broken = chance.choice((*exports, *beside))
    paths = {}
    for name in (*exports, *beside):
        if name == broken or chance.random() < 0.1:
            paths[name] = damaged(whole[name], chance, folder, name).name
        else:
            paths[name] = f"{name}.csv"
            (folder / paths[name]).write_bytes(whole[name])
    words = ["risk", *(paths[name] for name in exports)]
    words += [word for name in beside for word in (f"--{name}", paths[name])]
    words += ["--outcome", "churned"] if shape == ("snapshot",) else []
    words += ["--opportunities"] if shape == ("opportunities",) else []
    for option in OPTIONS:
        if chance.random() < 0.25:
            words += option
    if chance.random() < 0.2:
        words += ["--map", chance.choice(MAPS)]
    if chance.random() < 0.1:
        words += ["--as-of", chance.choice(ABSURD)]
    if exports and chance.random() < 0.3:  # rows of customers are counted, but not written
        words += ["--rejects", "rejects.csv"]
    form = chance.choice(("json", "json", "csv", "md", "html", "table"))
    return Case(seed, number, broken, (*words, "--format", form), rejects=False)
