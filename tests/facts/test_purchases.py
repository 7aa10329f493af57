"""Customers counted by record in the engine, compared with a look at each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import numpy as np
import pytest

from ltvcli.analyses.predict import answer
from ltvcli.engines.duckdb import DuckDB
from ltvcli.facts import orders as facts
from ltvcli.facts import purchases as cells
from ltvcli.facts.orders import Facts
from tests.reference import Order
from tests.shops import AS_OF, engine, shop

SHOP = shop(31, 250, segments=["web", "ads"])
SHOP += [one for one in SHOP if one.counted][::5]  # every fifth order has another on the same day
CUTOFFS = [(AS_OF - timedelta(days=back), 91) for back in (91, 154, 300)]


@contextmanager
def sampled(orders: list[Order]) -> Iterator[tuple[DuckDB, Facts, float]]:
    with engine(orders) as opened:
        found = facts.gather(opened, AS_OF, None, by_segment=True)
        yield opened, found, cells.sample(opened, found)


def purchases(orders: list[Order]) -> dict[str, dict[date, float]]:
    """Days with an order and all money of each customer, a refund before the first moved to it."""
    days: dict[str, set[date]] = {}
    for one in orders:
        if one.counted:
            days.setdefault(one.customer, set()).add(one.day)
    found: dict[str, dict[date, float]] = {
        who: dict.fromkeys(sorted(on), 0.0) for who, on in days.items()
    }
    for one in orders:
        if one.customer in found:
            day = max(one.day, min(days[one.customer]))
            found[one.customer][day] = found[one.customer].get(day, 0.0) + float(one.amount)
    return found


def counted_days(orders: list[Order], customer: str) -> list[date]:
    return sorted({one.day for one in orders if one.customer == customer and one.counted})


def test_every_cut_off_knows_what_was_known_then_and_what_followed() -> None:
    with sampled(SHOP) as (opened, found, share):
        known = cells.known(opened, found, CUTOFFS)
    money = purchases(SHOP)

    assert share == 1
    for (day, length), rows in zip(CUTOFFS, known, strict=True):
        expected: Counter[tuple[int, int, int, int]] = Counter()
        spend = later_spend = squares = 0.0
        for customer, brought in money.items():
            on = counted_days(SHOP, customer)
            before = [one for one in on if one <= day]
            if not before:
                continue
            end = day + timedelta(days=length)
            after = sum(day < one <= end for one in on)
            ahead = sum(value for at, value in brought.items() if day < at <= end)
            spend += sum(value for at, value in brought.items() if at <= day)
            later_spend += ahead
            squares += ahead**2
            span, age = (before[-1] - before[0]).days, (day - before[0]).days
            expected[len(before) - 1, span, age, after] += 1
        counted = Counter[tuple[int, int, int, int]]()
        columns = (rows.frequency, rows.span_days, rows.age_days, rows.later, rows.customers)
        for x, span, age, after, customers in zip(*columns, strict=True):
            counted[int(x), round(span), round(age), int(after)] += int(customers)
        assert counted == expected
        assert rows.spend.sum() == pytest.approx(spend)
        assert rows.later_spend.sum() == pytest.approx(later_spend)
        assert rows.later_squares.sum() == pytest.approx(squares)


def test_rows_of_one_record_share_a_number() -> None:
    with sampled(SHOP) as (opened, found, _):
        (rows,) = cells.known(opened, found, CUTOFFS[:1])
    record = np.stack([rows.frequency, rows.span_days, rows.age_days])

    assert len(np.unique(record, axis=1).T) == rows.cell.max() + 1
    for number in range(rows.cell.max() + 1):
        assert len(np.unique(record[:, rows.cell == number], axis=1).T) == 1


def test_on_the_last_day_every_customer_has_a_state() -> None:
    with sampled(SHOP) as (opened, found, _):
        rows = cells.customer_records(opened, found)
        every = cells.forecast(
            opened,
            rows,
            {
                name: np.ones(len(rows.frequency))
                for name in ("orders", "flat", "rate", "none_within", "alive")
            }
            | dict.fromkeys(answer.NO_RANGES, np.empty(0)),
        )
    days = {one.customer: counted_days(SHOP, one.customer) for one in SHOP}

    assert rows.customers.sum() == found.customers
    assert (rows.customers * rows.frequency).sum() == sum(len(on) - 1 for on in days.values() if on)
    assert every.customers.sum() == found.customers
    assert every.past_spend.sum() == pytest.approx(float(found.net_revenue))
    assert every.orders.sum() == found.customers
    positive = sum(max(0.0, sum(brought.values())) for brought in purchases(SHOP).values())
    assert every.value.sum() == pytest.approx(found.customers + positive)
    assert set(every.segment) <= set(range(len(found.segments)))


def test_weeks_count_back_from_the_last_day() -> None:
    orders = [
        Order("a", AS_OF, 10),
        Order("b", AS_OF - timedelta(days=6), 10),
        Order("b", AS_OF - timedelta(days=60), -2, counted=False),
        Order("b", AS_OF - timedelta(days=1), 5),
        Order("c", AS_OF - timedelta(days=7), 10),
        Order("c", AS_OF, 7),
        Order("c", AS_OF, 1),
    ]
    with sampled(orders) as (opened, found, share):
        rows = cells.weeks(opened, found, share)

    table = {
        (int(first), int(week)): (int(new), int(again), float(brought))
        for first, week, new, again, brought in zip(
            rows.first_week, rows.week, rows.customers, rows.repeats, rows.repeat_spend,
            strict=True,
        )
    }  # fmt: skip
    assert table == {
        (0, 0): (2, 1, 5.0),
        (1, 0): (0, 1, 8.0),
        (1, 1): (1, 0, 0.0),
    }


def test_means_of_purchases_are_right_within_a_percent() -> None:
    with sampled(SHOP) as (opened, found, _):
        cells.known(opened, found, CUTOFFS)
        rows = cells.spends(opened, 1)
    mean = rows.spend / (rows.customers * rows.purchases)
    paid = np.isfinite(rows.step)

    assert (rows.spend[~paid] <= 0).all()
    assert np.floor(100 * np.log(mean[paid])).tolist() == rows.step[paid].tolist()


def test_thirds_of_first_purchases_are_thirds() -> None:
    with sampled(SHOP) as (opened, found, _):
        rows = cells.first_purchases(opened, found)
    customers = [int(rows.customers[rows.size == size].sum()) for size in range(3)]

    assert sum(customers) == found.customers
    assert max(customers) - min(customers) <= 3
    largest = [rows.largest[rows.size == size].max() for size in range(3)]
    assert largest == sorted(largest)


def test_steps_of_days_keep_their_means(monkeypatch: pytest.MonkeyPatch) -> None:
    with sampled(SHOP) as (opened, found, _):
        exact = cells.customer_records(opened, found)
        monkeypatch.setattr(cells, "TO_THE_DAY", 0)
        coarse = cells.customer_records(opened, found)

    assert len(coarse.frequency) < len(exact.frequency)
    for name in ("frequency", "span_days", "age_days"):
        one, other = (
            float((getattr(rows, name) * rows.customers).sum()) for rows in (exact, coarse)
        )
        assert other == pytest.approx(one)


def test_a_sample_is_a_part_of_the_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "SAMPLE_FROM", 60)
    with sampled(SHOP) as (opened, found, share):
        rows = cells.weeks(opened, found, share)

    assert share == 0.24
    assert 0.1 < rows.customers.sum() / found.customers < 0.4


def test_days_decades_apart_are_different_days() -> None:
    """Days are compared as short numbers, which may neither repeat too soon nor overflow."""
    back = (0, 1, 128, 256, 365, 1000, 4096, 10_000, 16_384)
    days = [date(1880, 1, 1), *(AS_OF - timedelta(days=ago) for ago in back)]
    orders = [Order("a", day, 10) for day in [*days, *days]]
    with sampled(orders) as (opened, found, _):
        rows = cells.customer_records(opened, found)

    assert rows.frequency.tolist() == [len(days) - 1]
