"""Shops made up from a seed, and the way from a list of orders to the answer of ltv."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from ltvcli.analyses.calc.answer import Economics, answer
from ltvcli.engines import duckdb
from ltvcli.facts import orders as facts
from ltvcli.settings.settings import Settings
from tests.reference import Order

AS_OF = date(2025, 12, 31)


def shop(
    seed: int,
    customers: int,
    *,
    cost: bool = False,
    stay: float = 0.97,
    segments: Sequence[str | None] = (),
) -> list[Order]:
    """Customers who come over two years, order every five weeks or so, and leave by chance.

    One in ten orders is partly refunded on a later day; some refunds come before the first order.
    A customer mostly orders through one of `segments`, and sometimes through another.
    """
    chance, taste = random.Random(seed), random.Random(seed)
    orders: list[Order] = []
    for number in range(customers):
        name = f"c{number}"
        usual = taste.choice(segments) if segments else None
        day = AS_OF - timedelta(days=chance.randrange(730))
        while day <= AS_OF:
            amount = Decimal(chance.randrange(100, 20_000)) / 100
            spent = (amount * Decimal("0.6")).quantize(Decimal("0.0001")) if cost else None
            segment = taste.choice(segments) if segments and taste.random() < 0.2 else usual
            orders.append(Order(name, day, amount, spent, segment=segment))
            if chance.random() < 0.1:
                back = day + timedelta(days=chance.randrange(-5, 20))
                if back <= AS_OF:
                    refund = -(amount / 2).quantize(Decimal("0.01"))
                    orders.append(Order(name, back, refund, None, counted=False))
            if chance.random() > stay - 0.5 * (len(orders) % 3 == 0):
                break
            day += timedelta(days=1 + int(chance.expovariate(1 / 35)))
    return orders


def gathered(
    orders: Sequence[Order],
    as_of: date = AS_OF,
    *,
    lapse_after: float | None = None,
    by_segment: bool = False,
    customers: Mapping[str, str] | None = None,
) -> facts.Facts:
    """Add orders up; `customers` is what a customers file says of each."""
    with engine(orders, customers) as opened:
        return facts.gather(opened, as_of, lapse_after, by_segment=by_segment)


@contextmanager
def engine(
    orders: Sequence[Order], customers: Mapping[str, str] | None = None
) -> Iterator[duckdb.DuckDB]:
    """Open an engine that holds orders as reading leaves them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.open([], Path(folder), None) as opened,
    ):
        opened.execute(
            "create table orders (customer varchar, "
            "customer_key varchar generated always as (customer), day date, amount decimal(18,4), "
            "cost decimal(18,4), serve decimal(18, 4), counted boolean, segment varchar)"
        )
        columns = zip(
            *((o.customer, o.day, o.amount, o.cost, o.serve, o.counted, o.segment) for o in orders),
            strict=True,
        )
        opened.execute(
            "insert into orders select unnest($1), unnest($2), unnest($3), "
            "unnest($4::decimal(18,4)[]), unnest($5::decimal(18,4)[]), unnest($6), "
            "unnest($7::varchar[])",
            [list(column) for column in columns],
        )
        opened.execute("create table customer_segments (customer varchar, segment varchar)")
        for pair in (customers or {}).items():
            opened.execute("insert into customer_segments values ($1, $2)", pair)
        yield opened


def economics(orders: Sequence[Order], as_of: date = AS_OF, **settings: float) -> Economics:
    found = gathered(orders, as_of, **{k: v for k, v in settings.items() if k == "lapse_after"})
    return replace(answer(Settings(**settings), found), prepared=None)  # what is not compared


def points(found: Economics) -> dict[str, float]:
    """Every point value of an answer, figures and methods, by name."""
    figures = {
        name: getattr(found.figures, name).value
        for name in found.figures.__slots__
        if getattr(found.figures, name) is not None
    }
    return figures | {one.method: one.ltv for one in found.methods if one.ltv is not None}
