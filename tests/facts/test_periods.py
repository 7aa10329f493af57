"""Facts about periods: every order and refund is in one cell, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.facts import orders as order_facts
from ltvcli.facts import periods
from ltvcli.facts.periods import PeriodFacts
from ltvcli.formulas.periods import Span, of
from tests import effort
from tests.analyses.review.reference import age, first_days
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, engine, shop

seeds = st.integers(0, 10_000)


def gathered(orders: Sequence[Order], span: Span = "month", **options: bool) -> PeriodFacts:
    with engine(orders) as opened:
        found = order_facts.gather(opened, AS_OF, None, **options)
        return periods.gather(opened, found, span)


def order(customer: str, day: str, amount: int, *, counted: bool = True) -> Order:
    return Order(customer, date.fromisoformat(day), Decimal(amount), counted=counted)


@examples(5)
@given(seeds, st.sampled_from(["month", "week", "quarter"]))
def test_cells_hold_what_a_plain_loop_finds(seed: int, span: Span) -> None:
    orders = shop(seed, 60)
    first = first_days(orders)
    cell: Span = "week" if span == "week" else "month"
    revenue: Counter[tuple[int, int]] = Counter()
    buyers: dict[tuple[int, int], set[str]] = {}
    back: dict[int, set[str]] = {}
    for one in orders:
        start = first.get(one.customer)
        if start and one.counted and one.day > start:
            back.setdefault(of(span, one.day).number, set()).add(one.customer)
        if start and one.counted and one.day == start:
            continue
        at = (of(cell, one.day).number, age((one.day - start).days) if start else -1)
        revenue[at] += one.amount  # type: ignore[assignment]
        if one.counted:
            buyers.setdefault(at, set()).add(one.customer)

    spans, returned = (found := gathered(orders, span)).spans, found.returned

    added: Counter[tuple[int, int]] = Counter()
    counted: Counter[tuple[int, int]] = Counter()
    for month, at_age, money, people in zip(
        spans.month, spans.age_month, spans.revenue, spans.buyers, strict=True
    ):
        added[month, at_age] += money
        counted[month, at_age] += people
    assert added == pytest.approx({at: float(money) for at, money in revenue.items()})
    assert +counted == {at: len(people) for at, people in buyers.items()}
    people_back = Counter[int]()
    for period, customers in zip(returned.period, returned.customers, strict=True):
        people_back[period] += customers
    assert people_back == {period: len(people) for period, people in back.items()}


@pytest.mark.parametrize("span", effort.nth(3, ["month", "week", "quarter"]))
def test_in_blocks_of_periods_nothing_differs(span: Span, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = shop(5, 60)
    whole = gathered(orders, span)
    monkeypatch.setattr(periods, "BLOCK", 3)
    blocks = gathered(orders, span)

    assert_equal(blocks, whole)


def assert_equal(found: PeriodFacts, expected: PeriodFacts) -> None:
    for table in ("starts", "spans", "returned"):
        for name in getattr(expected, table).__struct_fields__:
            columns = [getattr(getattr(facts, table), name).tolist() for facts in (expected, found)]
            assert columns[0] == columns[1], (table, name)


@pytest.mark.parametrize("span", ["month", "week", "quarter"])
def test_scripts_which_cannot_number_periods_find_the_same(
    span: Span, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = shop(5, 60, segments=("web", "ads"))
    expected = gathered(orders, span, by_segment=True)
    with engine(orders) as opened:
        found = order_facts.gather(opened, AS_OF, None, by_segment=True)
        monkeypatch.setattr(periods, "asks_all", lambda _: True)
        assert_equal(periods.gather(opened, found, span), expected)


@pytest.mark.parametrize("span", ["month", "quarter"])
def test_known_visits_are_those_of_customers_in_other_segments(span: Span) -> None:
    orders = shop(5, 60, segments=("web", "ads"))
    with engine(orders) as opened:
        found = order_facts.gather(opened, AS_OF, None, by_segment=True)
        before = periods.gather(opened, found, span)
        opened.execute("update customers set segment = 1 - segment")
        known = periods.gather(opened, found, span, are_visits_known=True)
        assert_equal(known, periods.gather(opened, found, span))

    was, is_now = _by_segment(before.returned), _by_segment(known.returned)
    assert was[0] != was[1]
    assert was == {0: is_now[1], 1: is_now[0]}


def _by_segment(returned: periods.Returned) -> Counter[int]:
    people = Counter[int]()
    for segment, customers in zip(returned.segment, returned.customers, strict=True):
        people[int(segment)] += int(customers)
    return people


@pytest.mark.parametrize("span", ["month", "week", "quarter"])
def test_one_pass_adds_up_to_what_two_passes_do(span: Span) -> None:
    orders = [*shop(5, 60), order("b", "2025-03-20", -4, counted=False)]
    with engine(orders) as opened:
        apart = order_facts.gather(opened, AS_OF, None)
        two_passes = periods.gather(opened, apart, span)
    with engine(orders) as opened:
        together = order_facts.gather(opened, AS_OF, None, span=span)
        one_pass = periods.gather(opened, together, span, is_added_up=True)

    tables = [("triangle", apart, together)]
    tables += [(name, two_passes, one_pass) for name in ("starts", "spans", "returned")]
    for table, expected, found in tables:
        for name in getattr(expected, table).__struct_fields__:
            columns = [getattr(getattr(facts, table), name) for facts in (expected, found)]
            assert columns[0].tolist() == columns[1].tolist(), (table, name)


def test_all_orders_of_the_first_day_are_the_start() -> None:
    found = gathered([order("a", "2025-03-01", 10), order("a", "2025-03-01", 5)])

    assert found.starts.revenue.tolist() == [15.0]
    assert found.starts.orders.tolist() == [2]
    assert found.starts.customers.tolist() == [1]
    assert found.starts.first_day.tolist() == [date(2025, 3, 1)]
    assert len(found.spans.month) == 0


def test_a_refund_on_the_first_day_is_not_part_of_the_start() -> None:
    found = gathered([order("a", "2025-03-01", 10), order("a", "2025-03-01", -4, counted=False)])

    assert found.starts.revenue.tolist() == [10.0]
    assert found.spans.revenue.tolist() == [-4.0]
    assert found.spans.age_month.tolist() == [0]


def test_a_refund_before_the_first_order_is_at_age_0_of_its_own_month() -> None:
    found = gathered([order("a", "2025-03-01", 10), order("a", "2025-01-20", -4, counted=False)])

    assert found.spans.age_month.tolist() == [0]
    assert found.spans.month.tolist() == [12 * 2025]


def test_refunds_of_people_without_any_order_have_no_age() -> None:
    found = gathered([order("a", "2025-03-01", 10), order("b", "2025-03-20", -4, counted=False)])

    assert found.spans.age_month.tolist() == [periods.NO_AGE]
    assert found.starts.customers.sum() == 1


def test_a_customer_whose_age_changes_within_a_month_returned_once() -> None:
    """Day 29 and day 31 after the first order: two ages, one month."""
    orders = [order("a", day, 10) for day in ("2025-03-01", "2025-03-30", "2025-04-01")]
    orders += [order("b", day, 10) for day in ("2025-02-12", "2025-03-13", "2025-03-16")]

    found = gathered(orders)

    march = found.spans.month == 12 * 2025 + 2
    assert found.spans.buyers[march].tolist() == [1, 1, 1]  # a at age 0, b at ages 0 and 1
    assert found.returned.customers[found.returned.period == 12 * 2025 + 2].sum() == 2


@pytest.mark.slow
def test_segments_add_up_to_all_customers() -> None:
    orders = shop(3, 80, segments=("web", "ads", None))

    apart, together = gathered(orders, by_segment=True), gathered(orders)

    assert len(apart.segments) == 3
    assert apart.starts.revenue.sum() == pytest.approx(together.starts.revenue.sum())
    assert apart.returned.customers.sum() == together.returned.customers.sum()
    for name in ("revenue", "orders", "buyers"):
        per_month = [
            np.bincount(facts.spans.month, weights=getattr(facts.spans, name))
            for facts in (apart, together)
        ]
        assert per_month[0] == pytest.approx(per_month[1])
