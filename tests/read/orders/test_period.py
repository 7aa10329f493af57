"""A period does not make old customers new: first orders are taken from the whole file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.results import Quantity
from ltvcli.units import Unit
from tests.effort import examples

Load = Callable[..., Any]
HEADER = "order date,client id,grand total"
SINCE = date(2024, 4, 1)


def file(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def alert(loaded: Any) -> dict[str, Any] | None:
    return loaded.reading.inputs[0].alerts.get("customers-before-period")  # type: ignore[no-any-return]


def test_customers_who_ordered_before_the_period_are_not_new(load: Load) -> None:
    text = file(
        "2024-01-15,M7,12", "2024-05-02,M7,30", "2024-06-03,M7,8", "2024-05-04,M8,25",
        "2024-07-01,M9,5",
    )  # fmt: skip

    loaded = load(text, from_=SINCE)

    assert (loaded.customers, loaded.counted, loaded.revenue) == (2, 2, 30)
    assert loaded.aside == {"customer-before-from": 2, "outside-period": 1}
    assert alert(loaded) == {
        "customers": Quantity(1, Unit.COUNT), "all": Quantity(3, Unit.COUNT),
        "new": Quantity(2, Unit.COUNT), "orders": Quantity(2, Unit.COUNT),
        "revenue": Quantity(38, Unit.MONEY), "since": SINCE,
    }  # fmt: skip


def test_new_since_leaves_out_the_same_customers_without_a_warning(load: Load) -> None:
    text = file(
        "2024-01-15,M7,12", "2024-05-02,M7,30", "2024-05-04,M8,25",
    )  # fmt: skip

    by_period = load(text, from_=SINCE)
    by_first_order = load(text, new_since=SINCE)
    by_both = load(text, from_=SINCE, new_since=SINCE)

    assert by_first_order.orders == by_period.orders == by_both.orders
    assert alert(by_first_order) is None
    assert alert(by_both) is None


def test_orders_that_do_not_count_make_nobody_old(load: Load) -> None:
    text = file(
        "2024-01-15,M1,12,cancelled", "2024-05-02,M1,30,paid",
        "2024-01-16,M2,,paid", "2024-05-03,M2,40,paid",
        "2024-01-17,M3,-9,paid", "2024-05-04,M3,50,paid",
        header="order date,client id,grand total,order status",
    )  # fmt: skip

    loaded = load(text, from_=SINCE)

    assert (loaded.customers, loaded.revenue) == (3, 120)
    assert alert(loaded) is None


def test_refunds_in_the_period_of_older_customers_are_left_out(load: Load) -> None:
    text = file(
        "2024-01-15,M7,12", "2024-05-02,M7,-30", "2024-05-04,M8,25",
    )  # fmt: skip

    loaded = load(text, from_=SINCE)

    assert (loaded.customers, loaded.revenue) == (1, 25)
    assert loaded.aside == {"outside-period": 1, "customer-before-from": 1}


def test_an_earlier_order_in_another_currency_is_no_first_order(load: Load) -> None:
    text = file(
        "2024-01-15,M7,12,CHF", "2024-05-02,M7,30,SEK",
        header="order date,client id,grand total,currency code",
    )  # fmt: skip

    assert load(text, from_=SINCE, currency="SEK").customers == 1


def test_earlier_orders_in_another_file_count(load: Load) -> None:
    loaded = load(
        file("2024-05-02,M7,30", "2024-05-04,M8,25"), file("2023-12-01,M7,1"), from_=SINCE
    )

    assert (loaded.customers, loaded.revenue) == (1, 25)


days = st.integers(0, 300).map(lambda number: date(2024, 1, 1) + timedelta(number))
bookings = st.lists(
    st.tuples(st.sampled_from("pqrstuvw"), days, st.integers(1, 90)), min_size=1, max_size=25
)


@pytest.mark.slow
@examples(25)
@given(bookings, days)
def test_the_new_customers_of_a_period_are_those_of_the_whole_file(
    load_orders: Load, rows: list[tuple[str, date, int]], since: date
) -> None:
    first: dict[str, date] = {}
    for customer, day, _ in rows:
        first[customer] = min(day, first.get(customer, day))
    rows = [*rows, ("new", since, 5)]  # so that somebody is left
    expected = sorted(
        (customer, day, amount)
        for customer, day, amount in rows
        if day >= since and first.get(customer, since) >= since
    )

    lines = (f"{day},{customer},{amount}" for customer, day, amount in rows)
    loaded = load_orders(file(*lines), from_=since)

    assert sorted(row[:3] for row in loaded.orders) == expected
