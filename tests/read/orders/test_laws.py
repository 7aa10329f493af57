"""Laws that hold whatever the orders are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.errors import LtvError
from tests.effort import examples

Load = Callable[..., Any]
Row = tuple[str, str, str, str]
HEADER = ("order id", "customer", "date", "line total")

customers = st.sampled_from(["a", "b", "c", "", "0"])
days = st.integers(0, 400).map(lambda n: (date(2024, 1, 1) + timedelta(n)).isoformat())
amounts = st.sampled_from(["10", "2.50", "0", "-3", "x", "", "1,200.00"])


@st.composite
def files(draw: st.DrawFn) -> list[list[Row]]:
    """Draw orders of one to three rows each; rows of one order agree on customer and day."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        customer, day = draw(customers), draw(days)
        totals = draw(st.lists(amounts, min_size=1, max_size=3))
        made.append([(f"o{number}", customer, day, total) for total in totals])
    return made


def read(load: Load, *texts: Sequence[Row]) -> tuple[Any, ...] | str:
    """Read files of rows; return what comes of it, or the name of the error."""
    files = [
        "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADER, *rows)) + "\n"
        for rows in texts
    ]
    try:
        loaded = load(*files)
    except LtvError as error:
        return type(error).__name__
    aside: Counter[str] = Counter()
    for file in loaded.reading.inputs:
        aside.update(file.set_aside)
    reading = loaded.reading
    return loaded.orders, dict(aside), reading.as_of, reading.no_customer_revenue


@examples(15)
@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    load_orders: Load, made: list[list[Row]], random: Any
) -> None:
    rows = [row for order in made for row in order]
    shuffled = random.sample(rows, len(rows))

    assert read(load_orders, shuffled) == read(load_orders, rows)


@pytest.mark.slow
@examples(15)
@given(files())
def test_splitting_a_file_between_orders_changes_nothing(
    load_orders: Load, made: list[list[Row]]
) -> None:
    middle = len(made) // 2
    first, second = (
        [row for order in half for row in order] for half in (made[:middle], made[middle:])
    )
    together = read(load_orders, first + second)

    if (
        first
        and second
        and isinstance(together, tuple)
        and isinstance(split := read(load_orders, first, second), tuple)
    ):
        assert split == together


@examples(15)
@given(files())
def test_names_of_customers_and_orders_do_not_matter(
    load_orders: Load, made: list[list[Row]]
) -> None:
    rows = [row for rows_of_order in made for row in rows_of_order]
    named = [
        (f"№{order}", {"a": "cus_1", "b": "007", "c": "c@example.com"}.get(who, who), *rest)
        for order, who, *rest in rows
    ]
    plain, renamed = read(load_orders, rows), read(load_orders, named)

    if isinstance(plain, str):
        assert renamed == plain
    else:
        assert renamed[1:] == plain[1:]
        assert sorted(row[1:] for row in renamed[0]) == sorted(row[1:] for row in plain[0])


@examples(15)
@given(files())
def test_money_equals_a_plain_sum(load_orders: Load, made: list[list[Row]]) -> None:
    reading = read(load_orders, [row for order in made for row in order])
    expected = Decimal(0)
    buyers = set()
    kept = []
    for order in made:
        customer, totals = order[0][1], [total.replace(",", "") for *_, total in order if total]
        if customer in {"", "0"} or "x" in totals or not totals:
            continue
        total = sum(map(Decimal, totals))
        kept.append((customer, total))
        if total >= 0:
            buyers.add(customer)
    expected = sum((total for who, total in kept if who in buyers), Decimal(0))

    if isinstance(reading, tuple):
        assert sum(row[2] for row in reading[0]) == expected


weird = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["2025-01-01", "13/01/2025", "1/2/2025", "infinity", "epoch", "9" * 30, "1e99", "-", "\x00"]
)


@examples(40)
@given(st.lists(st.tuples(weird, weird, weird, weird), min_size=1, max_size=5))
def test_only_our_own_errors_escape_whatever_the_cells_hold(
    load_orders: Load, rows: list[Row]
) -> None:
    read(load_orders, [tuple(cell.replace('"', '""') for cell in row) for row in rows])
