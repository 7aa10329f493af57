"""Shops made up from a seed, and the way from a list of orders to the answer of ltv."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from ltvcli import facts
from ltvcli.analyses.economics import Economics, answer
from ltvcli.config import Settings
from ltvcli.engines import duckdb
from tests.reference import Order

AS_OF = date(2025, 12, 31)


def shop(seed: int, customers: int, *, cost: bool = False, stay: float = 0.97) -> list[Order]:
    """Customers who come over two years, order every five weeks or so, and leave by chance.

    One in ten orders is partly refunded on a later day; some refunds come before the first order.
    """
    chance = random.Random(seed)
    orders: list[Order] = []
    for number in range(customers):
        name = f"c{number}"
        day = AS_OF - timedelta(days=chance.randrange(730))
        while day <= AS_OF:
            amount = Decimal(chance.randrange(100, 20_000)) / 100
            spent = (amount * Decimal("0.6")).quantize(Decimal("0.0001")) if cost else None
            orders.append(Order(name, day, amount, spent))
            if chance.random() < 0.1:
                back = day + timedelta(days=chance.randrange(-5, 20))
                if back <= AS_OF:
                    refund = -(amount / 2).quantize(Decimal("0.01"))
                    orders.append(Order(name, back, refund, None, counted=False))
            if chance.random() > stay - 0.5 * (len(orders) % 3 == 0):
                break
            day += timedelta(days=1 + int(chance.expovariate(1 / 35)))
    return orders


def gathered(orders: Sequence[Order], as_of: date = AS_OF, **options: float) -> facts.Facts:
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.open([], Path(folder), None) as engine,
    ):
        engine.execute(
            "create table orders (customer varchar, day date, amount decimal(18,4), "
            "cost decimal(18,4), counted boolean)"
        )
        columns = zip(
            *((o.customer, o.day, o.amount, o.cost, o.counted) for o in orders), strict=True
        )
        engine.execute(
            "insert into orders select unnest($1), unnest($2), unnest($3), "
            "unnest($4::decimal(18,4)[]), unnest($5)",
            [list(column) for column in columns],
        )
        return facts.gather(engine, as_of, options.get("lapse_after"))


def economics(orders: Sequence[Order], as_of: date = AS_OF, **settings: float) -> Economics:
    found = gathered(orders, as_of, **{k: v for k, v in settings.items() if k == "lapse_after"})
    return answer(Settings(**settings), found)


def points(found: Economics) -> dict[str, float]:
    """Every point value of an answer, figures and methods, by name."""
    figures = {
        name: getattr(found.figures, name).value
        for name in found.figures.__slots__
        if getattr(found.figures, name) is not None
    }
    return figures | {one.method: one.ltv for one in found.methods if one.ltv is not None}
