"""Several files store the numbers in their IDs if all do: nothing else may come of that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ltvcli.read.orders import store, unique_ids
from tests import effort
from tests.effort import examples

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
HEADER = "order id,customer,date,total"
NORTH = ["o1,c1,2024-01-01,1", "o2,c2,2024-01-12,2", "o3,c1,2024-02-01,4"]
SOUTH = ["o4,c3,2024-02-02,8", "o5,c1,2024-02-03,16", "o6,c2,2024-03-01,32"]


def _text(rows: Sequence[str], header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def _read(load: Load, texts: Sequence[str], *, long: bool) -> tuple[tuple[Any, ...], int]:
    """Read files as if they were long, or short: all that is told, and columns of numbers."""
    sample, least = (2, 1) if long else (2000, 2000)
    with patch.object(store, "_SAMPLE", sample), patch.object(unique_ids, "_LONG", least):
        loaded = load(*texts)
    files = [
        (file.rows_read, file.rows_used, file.set_aside, file.alerts, file.notes)
        for file in loaded.reading.inputs
    ]
    numbers = {"customer_number", "order_number"} & {*loaded.stored}
    return (loaded.orders, loaded.set_aside, files), len(numbers)


def _within(rows: Sequence[str], row: str) -> list[str]:
    """Add a row where no sample is taken."""
    return [*rows[:2], row, *rows[2:]]


def _replaced(rows: Sequence[str], old: str, new: str) -> list[str]:
    return [row.replace(old, new) for row in rows]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    effort.nth(
        3,
        [
            pytest.param([_text(NORTH), _text(SOUTH)], 2, id="IDs that all differ"),
            pytest.param(
                [_text(NORTH), _text(["o3,c1,2024-02-01,3.50", *SOUTH])], 2, id="a later state"
            ),
            pytest.param(
                [_text(NORTH), _text(["o3,c1,2024-02-01,-4", *SOUTH])],
                2,
                id="a refund elsewhere",
            ),
            pytest.param([_text(NORTH), _text(SOUTH), _text(NORTH)], 2, id="one file twice"),
            pytest.param(
                [
                    _text([*NORTH, ",c1,2024-02-01,64", ",c1,2024-02-01,64"]),
                    _text(["o3,c1,2024-02-01,3", *SOUTH, ",c1,2024-02-01,64", ",c2,2024-02-01,64"]),
                ],
                2,
                id="orders without an ID beside one in both",
            ),
            pytest.param([_text(NORTH), _text(SOUTH[:1])], 2, id="a file of one row"),
            pytest.param([_text(SOUTH[:1]), _text(NORTH)], 2, id="a file of one row first"),
            pytest.param(
                [_text([*NORTH, *NORTH]), _text([*SOUTH, NORTH[0]])], 2, id="lines of orders"
            ),
            pytest.param(
                [_text(NORTH), _text(["64,o4,c9,2024-02-02"], "total,order id,customer,date")],
                2,
                id="columns in another order",
            ),
            pytest.param(
                [_text(_replaced(NORTH, "c", "00")), _text(_replaced(SOUTH, "c", "00"))],
                2,
                id="customers padded with zeros",
            ),
            pytest.param(
                [_text(_replaced(NORTH, "c", "00")), _text(_replaced(SOUTH, "c", ""))],
                0,
                id="zeros that one file has lost",
            ),
            pytest.param(
                [_text(NORTH), _text(_within(SOUTH, "o7,c03,2024-03-01,1"))], 0, id="a zero more"
            ),
            pytest.param([_text(NORTH), _text(_replaced(NORTH, "o", "p"))], 1, id="another prefix"),
            pytest.param(
                [_text(NORTH), _text(_within(SOUTH, "p1,c1,2024-03-01,64"))],
                0,
                id="another prefix further down",
            ),
            pytest.param(
                [_text(_replaced(NORTH, "c", "")), _text(_replaced(SOUTH, "c", "d"))],
                0,
                id="customers of another kind",
            ),
            pytest.param(
                [_text(NORTH), _text(_within(SOUTH, "o7,guest,2024-03-01,64"))], 0, id="nobody"
            ),
            pytest.param(
                [_text(NORTH), _text(_within(SOUTH, " o3,c1,2024-02-01,5"))], 0, id="a space before"
            ),
            pytest.param(
                [_text(NORTH), _text(_within(SOUTH, "o3000000000,c1,2024-02-01,5"))],
                0,
                id="beyond 32 bits",
            ),
            pytest.param(
                [_text(NORTH), _text([row[3:] for row in SOUTH], HEADER[9:])],
                0,
                id="no order IDs in one of them",
            ),
            pytest.param(
                [_text([row[3:] for row in rows], HEADER[9:]) for rows in (NORTH, NORTH[1:])],
                1,
                id="no order IDs, and an overlap",
            ),
            pytest.param(
                [_text(NORTH), _text(_within(SOUTH, "o7,c1,2024-02-01,n/a"))], 2, id="n/a"
            ),
        ],
    ),
)
def test_numbers_of_several_files_change_nothing(
    load: Load, texts: list[str], numbers: int
) -> None:
    stored, as_text = _read(load, texts, long=True), _read(load, texts, long=False)
    assert stored == (as_text[0], numbers)
    assert as_text[1] == 0


def test_shops_that_number_their_orders_alike_are_separated(load: Load) -> None:
    other = ["o1,c7,2024-01-05,8", "o2,c8,2024-01-15,16", "o3,c9,2024-02-05,32"]
    stored, _ = _read(load, [_text(NORTH), _text(other)], long=True)
    assert stored == _read(load, [_text(NORTH), _text(other)], long=False)[0]
    assert sum(row[2] for row in stored[0]) == 63
    assert "order-ids-of-several-shops" in stored[2][1][3]


ROWS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 9).map("o{}".format), st.sampled_from(["", "o 3", "p1", "o03"])),
        st.one_of(st.integers(1, 4).map("c{}".format), st.sampled_from(["", "c01", "d1"])),
        st.integers(1, 9),
        st.integers(-3, 30),
    ).map(lambda row: "{},{},2024-01-0{},{}".format(*row)),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@examples(25)
@given(ROWS, ROWS)
@example(["o1,c1,2024-01-01,5"], ["o1,c1,2024-01-01,-5"])
@example(["o1,c1,2024-01-01,5", ",c1,2024-01-01,5"], [",c1,2024-01-01,5", "o1,c2,2024-01-02,5"])
def test_numbers_never_change_what_files_say(
    load_orders: Load, first: list[str], second: list[str]
) -> None:
    sold = "o99,c1,2024-01-01,20"  # whatever is drawn, something is left to count
    texts = [_text([sold, *first]), _text(second)]
    assert _read(load_orders, texts, long=True)[0] == _read(load_orders, texts, long=False)[0]
