"""Facts by segment add up to the whole; names and the order of rows change nothing."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.errors import TooManySegmentsError
from ltvcli.facts import orders as facts
from ltvcli.facts import segments, subsets
from ltvcli.units import DAYS_PER_MONTH
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, engine, gathered, shop

SEGMENTS = ("web", "ads", "mail", None)
NEW_NAMES = {"web": "a", "ads": "z", "mail": "m", None: None}

seeds = st.integers(0, 10_000)
few_examples = examples(8)


def by_segment(orders: Sequence[Order], **options: dict[str, str]) -> facts.Facts:
    return gathered(orders, by_segment=True, **options)


def said(found: facts.Facts) -> dict[str, segments.Totals]:
    return dict(zip(found.segments, found.totals, strict=True))


def order(customer: str, day: int, amount: int, segment: str | None) -> Order:
    return Order(customer, date(2025, 1, day), Decimal(amount), segment=segment)


def sums(
    table: facts.Triangle | facts.Observed | facts.Lifetimes,
) -> dict[tuple[float, ...], list[float]]:
    """Add a table up over segments."""
    added = {"revenue", "orders", "cost", "costed_revenue", "customers", "repeaters"}
    names = table.__struct_fields__
    keys = [name for name in names if name not in added and name != "segment"]
    found: dict[tuple[float, ...], list[float]] = {}
    values = [name for name in names if name in added]
    for row in zip(*(getattr(table, name).tolist() for name in keys + values), strict=True):
        key, amounts = row[: len(keys)], row[len(keys) :]
        before = found.setdefault(key, [0.0] * len(values))
        found[key] = [a + b for a, b in zip(before, amounts, strict=True)]
    return found


def test_nobody_asked_for_segments() -> None:
    found = gathered(shop(1, 50, segments=SEGMENTS))

    assert found.segments == ("",)
    assert set(found.triangle.segment) == set(found.lifetimes.segment) == {0}
    assert found.totals[0].net_revenue == found.net_revenue


@few_examples
@given(seeds)
def test_segments_add_up_to_the_whole(seed: int) -> None:
    orders = shop(seed, 60, segments=SEGMENTS)
    whole, apart = gathered(orders), by_segment(orders)
    parts = [subsets.of_segment(apart, code) for code in range(len(apart.segments))]

    for key in ("customers", "orders", "net_revenue"):
        assert sum(getattr(one, key) for one in parts) == getattr(whole, key) == getattr(apart, key)
    assert whole.first == min(one.first for one in parts)
    for name in ("triangle", "observed", "lifetimes"):
        added, expected = sums(getattr(apart, name)), sums(getattr(whole, name))
        assert added.keys() == expected.keys()
        assert all(added[key] == pytest.approx(expected[key]) for key in expected)
        rows = sum(len(getattr(one, name).segment) for one in parts)
        assert rows == len(getattr(apart, name).segment)
    for code, part in enumerate(parts):
        assert set(part.triangle.segment) == {code}
        assert part.triangle.revenue.sum() == pytest.approx(float(part.net_revenue))
        assert part.observed.customers.sum() == part.lifetimes.customers.sum() == part.customers


@few_examples
@given(seeds)
def test_all_segments_together_are_the_whole(seed: int) -> None:
    found = by_segment(shop(seed, 60, segments=SEGMENTS))
    again = subsets.of_segment(found, *range(len(found.segments)))

    for name in facts.Facts.__struct_fields__:
        if name not in ("triangle", "observed", "lifetimes"):
            assert getattr(again, name) == getattr(found, name)
    assert np.array_equal(again.triangle.revenue, found.triangle.revenue)


@few_examples
@given(seeds)
def test_names_and_row_order_do_not_change_the_answer(seed: int) -> None:
    orders = shop(seed, 60, segments=SEGMENTS)
    renamed = [replace(one, segment=NEW_NAMES[one.segment]) for one in orders]
    mixed = random.Random(seed).sample(renamed, len(renamed))
    once, again = said(by_segment(orders)), said(by_segment(mixed))

    assert again == {NEW_NAMES[name or None] or "": totals for name, totals in once.items()}


def test_the_first_counted_order_decides_and_no_refund_before_it_or_on_its_day() -> None:
    refund = replace(order("a", 1, -5, "mail"), counted=False)
    later = [order("a", 3, 90, "web"), replace(refund, day=date(2025, 1, 2), segment="web")]
    found = by_segment([refund, order("a", 2, 50, "ads"), *later])

    assert said(found) == {
        "ads": segments.Totals(
            customers=1,
            orders=2,
            net_revenue=Decimal(130),
            first=date(2025, 1, 2),
            largest_customer_revenue=130.0,
        )
    }


def test_of_several_orders_on_the_first_day_each_counts_as_often() -> None:
    """No segment gets those who order most, however large it is: 200 of 600 with one in three."""
    large = [order(f"w{number}", 1, 10, "web") for number in range(300)]
    several = [
        order(f"a{number}", 2, 10, name) for number in range(600) for name in ("web", "ads", "web")
    ]
    found = {name: one.customers for name, one in said(by_segment([*large, *several])).items()}

    assert found["ads"] == pytest.approx(200, abs=40)
    assert found["web"] == 900 - found["ads"]


def test_an_order_without_a_segment_is_ignored_on_the_first_day_only() -> None:
    nothing = [order(f"n{day}", day, 10, None) for day in range(1, 9)]
    found = by_segment(
        [*nothing, order("a", 2, 50, "ads"), order("a", 2, 50, None), order("n1", 9, 5, "ads")]
    )

    assert {name: one.customers for name, one in said(found).items()} == {"ads": 1, "": 8}
    assert found.segments[-1] == ""


def test_a_customers_file_adds_attributes() -> None:
    sep = segments.SEPARATOR
    orders = [order("a", 1, 10, f"web{sep}"), order("b", 1, 20, f"ads{sep}"), order("c", 1, 5, sep)]
    found = by_segment(orders, customers={"a": f"{sep}JP", "c": f"{sep}JP", "nobody": f"{sep}US"})

    assert {name: one.orders for name, one in said(found).items()} == {
        "web · JP": 1, "ads · –": 1, "– · JP": 1
    }  # fmt: skip


def test_someone_with_refunds_only_stays_in_the_sums_of_a_segment() -> None:
    refund = replace(order("b", 1, -5, "mail"), counted=False)
    found = by_segment([order("a", 2, 50, "ads"), refund])
    mail = subsets.of_segment(found, found.segments.index("mail"))

    assert (mail.customers, mail.orders, mail.net_revenue) == (0, 0, Decimal(-5))
    assert mail.first == found.first


def test_a_column_with_one_value_per_customer_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segments, "MOST_SEGMENTS", 2)
    with pytest.raises(TooManySegmentsError, match="3 segments"):
        by_segment([order(name, 1, 10, name) for name in "abc"])


def test_customers_get_their_costs_where_they_are_asked_for() -> None:
    known = replace(order("a", 1, 10, "web"), cost=Decimal(4), serve=Decimal("0.5"))
    with engine([known, order("a", 3, 20, "ads"), order("b", 1, 5, "ads")]) as opened:
        facts.gather(opened, AS_OF, None, by_segment=True, with_costs=True)
        rows = opened.execute(
            "select customer, segment, revenue, cost, costed_revenue, serve "
            "from customers order by customer"
        ).fetchall()

    ads = 0 if rows[1][1] == 0 else 1
    assert rows == [
        ("a", 1 - ads, Decimal(30), Decimal(4), Decimal(10), Decimal("0.5")),
        ("b", ads, Decimal(5), None, None, None),
    ]


def twice(gap: int, customers: int = 20) -> list[Order]:
    """Return two orders of each customer, so many days apart."""
    begun = AS_OF - timedelta(days=800)
    return [
        Order(f"g{n}", begun + timedelta(days=later), Decimal(10))
        for n in range(customers)
        for later in (0, gap)
    ]


@pytest.mark.parametrize(
    ("gap", "days"), [(7, 30), (29, 30), (31, 31), (364, 364), (366, 365), (500, 365)]
)
def test_lapse_after_stays_within_30_to_365_days(gap: int, days: int) -> None:
    found = gathered(twice(gap))

    assert found.lapse_after == pytest.approx(days / DAYS_PER_MONTH)
    assert found.lapse_gaps == 20


def test_gaps_of_many_orders_come_from_one_customer_in_twenty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 2,000 customers those of 5 buckets of 100 have gaps of 90 days, the others of 40."""
    monkeypatch.setattr(facts, "SAMPLE_FROM_ORDERS", 3_999)
    monkeypatch.setattr(facts, "SAMPLE_FROM_CUSTOMERS", 2_000)
    begun = AS_OF - timedelta(days=800)
    # The first eight digits of the MD5 sum, the same on every engine; 100 buckets.
    buckets = {
        f"s{n}": int(hashlib.md5(f"s{n}".encode()).hexdigest()[:8], 16) % 100 for n in range(2_000)
    }
    orders = [
        Order(name, begun + timedelta(days=later), Decimal(10))
        for name, bucket in buckets.items()
        for later in (0, 90 if bucket < 5 else 40)
    ]
    found, whole = gathered(orders), gathered(orders[:-2])

    assert found.lapse_sampled
    assert found.lapse_after == pytest.approx(90 / DAYS_PER_MONTH)
    assert found.lapse_gaps == sum(bucket < 5 for bucket in buckets.values())
    # With one customer less every customer counts, and nine in ten gaps are of 40 days.
    assert not whole.lapse_sampled
    assert whole.lapse_after == pytest.approx(40 / DAYS_PER_MONTH)
    assert whole.lapse_gaps == 1_999
