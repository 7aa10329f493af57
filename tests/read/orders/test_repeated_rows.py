"""Rows that only repeat the row before them are left out of the grouping: nothing may change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ltvcli.errors import LtvError
from ltvcli.read.orders import repeated_rows, store
from tests import effort
from tests.effort import examples

Load = Callable[..., Any]
HEADER = "order id,customer,date,{},{}\n"

_find = repeated_rows.find


def _read(
    load: Load, rows: Sequence[str], sample: int, total: str, last: str = "product", **settings: Any
) -> tuple[Any, bool]:
    """Read rows: what comes of them, and whether the first row of each order says all of it."""
    found: list[Any] = []

    def find(*given: Any) -> Any:
        found.append(_find(*given))
        return found[-1]

    text = HEADER.format(total, last) + "".join(f"{row}\n" for row in rows)
    with patch.object(store, "_SAMPLE", sample), patch.object(repeated_rows, "find", find):
        try:
            loaded = load(text, **settings)
        except LtvError as error:
            return str(error), found not in ([], [None])
    (file,) = loaded.reading.inputs
    told = (file.rows_used, dict(file.set_aside), file.notes, file.alerts, file.statuses)
    result = (loaded.orders, loaded.set_aside, told, loaded.reading.no_customer_revenue)
    return result, found not in ([], [None])


A1, A2 = "o1,c1,2024-01-05,10,paid", "o1,c1,2024-01-05,10,"
B1, B2 = "o2,c2,2024-02-05,20,paid", "o2,c2,2024-02-05,20,"


@pytest.mark.parametrize(
    ("rows", "are_first_rows"),
    effort.nth(
        3,
        [
            pytest.param([A1, A2, B1, B2], True, id="each total on each row"),
            pytest.param([A1, "o1,,,,q", B1, "o2,c2,,,q"], True, id="blank after the first row"),
            pytest.param([A1, A2, ",c3,2024-03-01,5,p", ",c3,2024-03-01,5,p"], True, id="no ids"),
            pytest.param([A1, A2, "o3,c1,2024-03-01,-5,r"], True, id="a refund of its own"),
            pytest.param([A1, A2, "o3,,2024-03-01,7,r", "o3,,,,s"], True, id="a guest"),
            pytest.param([A1, B1, "o3,c3,2024-03-01,5,p", "o3,,,,q"], True, id="later on"),
            pytest.param([A1, B1, "o03,c3,2024-03-01,5,p", B2], False, id="later on, no number"),
            pytest.param([A1, A2, B1, A2], False, id="not one after the other"),
            pytest.param([A1, A2, "o1,c1,2024-01-05,11,r"], False, id="another total"),
            pytest.param([A1, A2, "o1,c9,2024-01-05,10,r"], False, id="another customer"),
            pytest.param([A1, A2, "o1,c1,2024-01-06,10,r"], False, id="another day"),
            pytest.param([A1, A2, "o1,c1,2024-01-06,-10,r"], False, id="a refund of the order"),
            pytest.param([A1, A2, "o3,,,,p", "o3,c2,2024-02-05,20,p"], False, id="blank at first"),
            pytest.param([A1, A2, "o3,c3,2024-01-06,-1,p", "o3,,,,q"], False, id="blank refund"),
            pytest.param([A1, A2, "o01,c1,2024-01-05,10,q"], False, id="the same number"),
            pytest.param([A1, A2, "1,c1,2024-01-05,10,q"], False, id="without the prefix"),
            pytest.param([A1, A2, "x1,c1,2024-01-05,10,q"], False, id="another prefix"),
            pytest.param([A1, A2, "o1e2,c1,2024-01-05,10,q"], False, id="an exponent"),
            pytest.param([A1, A2, "o 1,c1,2024-01-05,10,q"], False, id="a space"),
            pytest.param([A1, A2, "o1234567890123456789,c1,2024-01-05,9,q"], False, id="long"),
            pytest.param([A1, A2, "o99999999,c1,2024-01-05,10,q"], False, id="far apart"),
            pytest.param([A1, A2, "o1,guest,2024-01-05,10,q"], False, id="a word for nobody"),
            pytest.param([A1, A2, B1, "o2,c2,2024-02-05,x,q"], False, id="no amount"),
            pytest.param([A1, A2, "o3,c1,soon,10,q", "o3,c1,soon,10,r"], True, id="no day"),
        ],
    ),
)
@pytest.mark.parametrize("total", effort.nth(2, ["order total", "total"]))
def test_rows_are_left_out_only_if_they_say_nothing(
    load: Load, rows: list[str], are_first_rows: bool, total: str
) -> None:
    by_number, by_text = (_read(load, rows, sample, total) for sample in (2, 2000))
    assert by_number == (by_text[0], are_first_rows)
    assert not by_text[1]


ROWS = st.tuples(
    st.sampled_from(["o1", "o1", "o2", "o3", "", "o03", "3"]),
    st.sampled_from(["c1", "c1", "c2", ""]),
    st.sampled_from(["2024-01-05", "2024-01-05", "2024-02-01", ""]),
    st.sampled_from(["10", "10", "20", "", "-3", "x"]),
    st.sampled_from(["paid", "paid", "cancelled", "failed", ""]),
)


@examples(40)
@given(st.lists(ROWS, max_size=6), st.integers(1, 3), st.booleans())
@example([("o9", "c1", "2024-01-05", "-3", "cancelled"), ("o9", "", "", "", "")], 2, True)
@example(
    [("o9", "c1", "2024-01-05", "10", "failed"), ("o9", "c1", "2024-01-05", "10", "paid")], 1, True
)
def test_leaving_rows_out_never_changes_the_orders(
    load_orders: Load, made: list[tuple[str, ...]], times: int, has_status: bool
) -> None:
    lines = [A1, A2, *(",".join(row) for row in made for _ in range(times)), B1]
    last = "payment status" if has_status else "product"
    first_day = {"from_": "2024-01-20"} if times == 3 else {}
    by_number, by_text = (
        _read(load_orders, lines, sample, "order total", last, **first_day)[0]
        for sample in (2, 2000)
    )
    assert by_number == by_text
