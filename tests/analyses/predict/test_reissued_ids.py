"""IDs given to new people: recognised by the value of orders after a silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.predict import reissued_ids
from ltvcli.facts import orders as facts
from ltvcli.facts import purchases
from ltvcli.facts.purchases import Returns
from ltvcli.results.prediction import ReissuedIds
from tests.reference import Order
from tests.shops import engine
from tests.simulated import Law, last_day, simulated

PLAIN = Law()
DAYS = 900
AS_OF = last_day(DAYS)
SILENT = timedelta(days=183)


@cache
def shop(seed: int, law: Law = PLAIN) -> tuple[Order, ...]:
    return tuple(simulated(seed, 600, DAYS, 0, law))


def reissued(orders: Sequence[Order]) -> list[Order]:
    """Give customers of the second half the IDs of customers who were silent when they came."""
    span: dict[str, tuple[date, date]] = {}
    for one in orders:
        first, last = span.get(one.customer, (one.day, one.day))
        span[one.customer] = (min(first, one.day), max(last, one.day))
    half = AS_OF - timedelta(days=DAYS // 2)
    free = sorted((last, name) for name, (first, last) in span.items() if first <= half)
    names: dict[str, str] = {}
    for name, (first, _) in sorted(span.items(), key=lambda pair: pair[1][0]):
        if first > half and free and free[0][0] + SILENT <= first:
            names[name] = free.pop(0)[1]
    return [replace(one, customer=names.get(one.customer, one.customer)) for one in orders]


def find(orders: Sequence[Order]) -> ReissuedIds | None:
    with engine(orders) as opened:
        sums = facts.gather(opened, AS_OF, None)
        purchases.sample(opened, sums)
        return reissued_ids.find(opened, sums)


@pytest.mark.parametrize(
    "law", [Law(), Law(leaves="any-time"), Law(season=0.3)], ids=["plain", "any-time", "season"]
)
def test_customers_who_return_are_themselves(law: Law) -> None:
    assert find(shop(3, law)) is None


def test_ids_of_new_people_are_found() -> None:
    lives = find(reissued(shop(3)))

    assert lives is not None
    assert lives.customers > 150
    assert 0.4 < lives.strangers <= 1
    assert lives.followed is not None
    assert lives.followed_new is not None
    assert lives.followed == pytest.approx(lives.followed_new, abs=0.15)


def test_equal_order_values_do_not_distinguish_customers() -> None:
    alike = [replace(one, amount=Decimal(10)) for one in reissued(shop(3))]
    assert find(alike) is None


def test_slopes_are_those_of_a_regression_over_the_pairs() -> None:
    orders = shop(5)
    by_day: dict[tuple[str, date], Decimal] = {}
    for one in orders:
        key = (one.customer, one.day)
        by_day[key] = by_day.get(key, Decimal(0)) + one.amount
    rows = sorted(by_day.items())
    pairs = [
        (float(np.log(float(before))), float(np.log(float(after))))
        for ((name, first), before), ((same, then), after) in pairwise(rows)
        if name == same and (then - first).days > reissued_ids.LONG
    ]
    earlier, value = np.array(pairs).T

    with engine(orders) as opened:
        sums = facts.gather(opened, AS_OF, None)
        purchases.sample(opened, sums)
        returns = purchases.returns(opened, sums, 30, reissued_ids.LONG, 91)
    slope = reissued_ids.slope(returns, "silence")
    assert slope is not None
    assert slope.pairs == len(pairs)
    assert slope.value == pytest.approx(np.polyfit(earlier, value, 1)[0])


def test_few_returns_give_no_finding() -> None:
    few = Returns(
        after=np.array(["gap", "silence"], dtype=object),
        **dict.fromkeys(("purchases", "watched", "followed"), np.array([1_000, 20])),
        **dict.fromkeys(
            ("value", "earlier", "value_squares", "earlier_squares", "products"),
            np.array([1_000.0, 20.0]),
        ),
    )
    assert reissued_ids.judged(few) is None
