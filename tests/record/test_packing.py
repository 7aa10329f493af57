"""Packed facts are restored exactly, and take few bytes."""

from __future__ import annotations

import json
import zlib
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from msgspec import Struct
from msgspec.structs import astuple, replace

from ltvcli.facts.orders import Facts, Lifetimes, Observed, Triangle
from ltvcli.facts.segments import Totals
from ltvcli.facts.spend import Won
from ltvcli.facts.subscriptions import Closes
from ltvcli.record import packing


def same(first: Any, second: Any) -> bool:
    if isinstance(first, Struct):
        return type(first) is type(second) and all(
            same(*pair) for pair in zip(astuple(first), astuple(second), strict=True)
        )
    if hasattr(first, "dtype"):
        return first.dtype == second.dtype and np.array_equal(
            first, second, equal_nan=first.dtype.kind == "f"
        )
    if isinstance(first, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    return bool(first == second) and type(first) is type(second)


def ints(*values: int) -> np.ndarray[Any, Any]:
    return np.array(values, dtype=np.int64)


FACTS = Facts(
    as_of=date(2026, 10, 31),
    first=date(2025, 1, 1),
    lapse_after=3.25,
    lapse_given=False,
    lapse_gaps=12,
    lapse_sampled=False,
    buckets=100,
    customers=3,
    orders=5,
    net_revenue=Decimal("123.4500"),
    largest_customer_revenue=99.5,
    last_gap_days=1,
    triangle=Triangle(
        segment=ints(0, 1),
        cohort=ints(24300, 24301),
        age_month=ints(0, 200),
        bucket=ints(99, 3),
        complete=np.array([True, False]),
        revenue=np.array([10.25, -0.0001]),
        orders=ints(1, 2**40),
        cost=np.array([0.1 + 0.2, 1e300]),
        costed_revenue=np.array([np.nan, np.inf]),
    ),
    observed=Observed(**dict.fromkeys(Observed.__struct_fields__, ints())),
    lifetimes=Lifetimes(
        segment=ints(0),
        life_months=np.array([1 / 3]),
        bucket=ints(5),
        ended=np.array([True]),
        customers=ints(7),
    ),
    segments=("web", "店頭"),
    totals=(
        Totals(
            customers=3,
            orders=5,
            net_revenue=Decimal("123.45"),
            first=None,
            largest_customer_revenue=1.0,
        ),
    ),
)


def test_facts_come_back_equal() -> None:
    assert same(packing.unpack(packing.pack(FACTS)), FACTS)


def test_days_and_counts_by_number_come_back_equal() -> None:
    closes = Closes(
        segment=ints(0, 0),
        newest=date(2026, 10, 31),
        day=np.array(["2026-09-30", "2026-10-31"], dtype="datetime64[D]"),
        bucket=ints(1, 2),
        customers=ints(1, 2),
        gone=ints(0, 0),
        mrr=np.array([10.0, 20.5]),
    )

    assert same(packing.unpack(packing.pack(closes)), closes)
    assert packing.unpack(packing.pack({1: 20, 12: 3})) == {1: 20, 12: 3}


@given(
    st.one_of(
        arrays(np.float64, st.integers(0, 20)),
        arrays(
            np.float64, st.integers(0, 20), elements=st.decimals(-9999, 9999, places=2).map(float)
        ),
        arrays(np.int64, st.integers(0, 20), elements=st.integers(-(2**61), 2**61)),
        arrays(np.bool_, st.integers(0, 20)),
    )
)
def test_any_column_comes_back_equal(column: np.ndarray[Any, Any]) -> None:
    won = Won(month=ints(1), segment=ints(0), customers=column, matched=ints(2))

    assert same(packing.unpack(packing.pack(won)), won)


def test_sums_of_many_cells_take_few_bytes() -> None:
    """66,600 cells, as 36 cohorts over 36 ages and 100 buckets have: 2.7 MB as they are."""
    random = np.random.default_rng(1)
    cells = [(c, a, b) for c in range(36) for a in range(37 - c) for b in range(100)]
    cohort, age, bucket = (np.array(column) for column in zip(*cells, strict=True))
    revenue = np.round(random.gamma(2, 2000, len(cells)), 2)
    none = np.zeros(len(cells))
    triangle = Triangle(
        segment=np.zeros(len(cells), dtype=np.int64),
        cohort=cohort + 24300,
        age_month=age,
        bucket=bucket,
        complete=np.ones(len(cells), dtype=np.bool_),
        revenue=revenue,
        orders=(revenue // 50).astype(np.int64),
        cost=none,
        costed_revenue=none,
    )

    packed = packing.pack(triangle)

    assert len(packed) < 400_000
    assert same(packing.unpack(packed), triangle)


def test_facts_that_are_too_large_are_kept_in_fewer_buckets_or_not_at_all() -> None:
    random = np.random.default_rng(1)
    count = 5000
    cells = {
        "segment": np.zeros(count, dtype=np.int64),
        "cohort": random.integers(24300, 24310, count),
        "age_month": random.integers(0, 5, count),
        "bucket": random.integers(0, 100, count),
    }
    sums = random.integers(0, 10**6, count)
    triangle = Triangle(
        **cells,
        complete=np.ones(count, dtype=np.bool_),
        revenue=sums / 100,
        orders=sums,
        cost=sums / 100,
        costed_revenue=sums / 100,
    )
    facts = replace(FACTS, triangle=triangle)
    usual = packing.pack(facts)
    both = {"orders": facts, "spend": FACTS}
    smaller = packing.pack_together(both, len(usual) // 2)

    assert packing.pack_together(both) == {"orders": usual, "spend": packing.pack(FACTS)}
    assert sum(map(len, smaller.values())) <= len(usual) // 2
    assert packing.unpack(smaller["orders"]).buckets < 100
    assert packing.unpack(smaller["orders"]).triangle.orders.sum() == sums.sum()
    assert packing.unpack(smaller["spend"]) is not None
    assert packing.pack_together(both, 100) == {}


@pytest.mark.parametrize("packed", [b"", b"\0", zlib.compress(b""), zlib.compress(b"\xff" * 9)])
def test_bytes_that_are_damaged_are_an_error(packed: bytes) -> None:
    with pytest.raises(packing.BrokenError):
        packing.unpack(packed)


@pytest.mark.parametrize(
    "outline",
    [
        {"record": "orders.Gone", "fields": {}},
        {"record": "gone.Facts", "fields": {}},
        {"record": "spend.Won", "fields": {"month": 1}},
        {"record": "spend.Won", "fields": {"moon": 1}},
    ],
)
def test_facts_of_another_version_are_unknown(outline: dict[str, Any]) -> None:
    text = json.dumps(outline).encode()

    assert packing.unpack(zlib.compress(len(text).to_bytes(4, "little") + text)) is None
