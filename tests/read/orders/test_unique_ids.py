"""Long sheets keep the numbers of their order IDs only: nothing else may come of that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ltvcli.read.orders import store
from tests import effort
from tests.effort import examples

Load = Callable[..., Any]


def _read(load: Load, ids: Sequence[str], sample: int) -> tuple[list[int], bool]:
    """Read one row of 10 per ID; amounts of the orders, and whether numbers stood for the ids."""
    lines = (f'"{ident}",ann,2024-01-01,10\n' for ident in ids)
    with patch.object(store, "_SAMPLE", sample):
        loaded = load("order id,customer,date,line total\n" + "".join(lines))
    return sorted(int(amount) for _, _, amount, *_ in loaded.orders), (
        "order_key" not in loaded.stored
    )


@pytest.mark.parametrize(
    ("ids", "numbered", "amounts"),
    effort.nth(
        3,
        [
            pytest.param(["#1001", "#1002", "#1003"], True, [10, 10, 10], id="numbered orders"),
            pytest.param(["7", "8"], True, [10, 10], id="nothing but numbers"),
            pytest.param(["7", "8", "8"], False, [10, 20], id="one order twice"),
            pytest.param(
                ["7", "8", "08"], False, [10, 10, 10], id="one number, written in two ways"
            ),
            pytest.param(["A-1", "A-2", "B-1"], False, [10, 10, 10], id="another prefix"),
            pytest.param(["x1", "x2", " x2"], False, [10, 20], id="a space before one of them"),
            pytest.param(["41 1", "41 2", "41", "41 "], False, [10, 10, 20], id="a space behind"),
            pytest.param(["x", "y", "x"], False, [10, 20], id="no numbers"),
            pytest.param(
                ["7", "8", "", ""], False, [10, 10, 10, 10], id="blank ids are not one id"
            ),
            pytest.param(
                ["o2147483646", "o2147483647", "o2147483648"], True, [10, 10, 10], id="64 bits"
            ),
            pytest.param(["7", "8", "2147483648"], False, [10, 10, 10], id="beyond 32 bits"),
            pytest.param(["1", "2", "9223372036854775807"], False, [10, 10, 10], id="far apart"),
            pytest.param(["18446744073709551615", "2"], False, [10, 10], id="beyond 63 bits"),
        ],
    ),
)
def test_numbered_ids_are_stored_as_numbers(
    load: Load, ids: list[str], numbered: bool, amounts: list[int]
) -> None:
    assert _read(load, ids, sample=2) == (amounts, numbered)


def test_a_short_sheet_is_read_once(load: Load) -> None:
    assert _read(load, ["1", "2"], sample=3) == ([10, 10], False)


IDS = st.one_of(
    st.integers(0, 30).map("o{}".format), st.from_regex(r" ?[#o]?[0-9]{1,2} ?", fullmatch=True)
)


@examples(25)
@given(st.lists(IDS, min_size=1, max_size=6), st.integers(1, 3))
@example(["1 23", "41", "41 "], 1)
def test_numbers_never_change_the_orders(load_orders: Load, ids: list[str], sample: int) -> None:
    assert _read(load_orders, ids, sample)[0] == _read(load_orders, ids, 2000)[0]


def test_numbers_are_kept_until_they_are_proved_to_differ(load: Load) -> None:
    rows = "".join(f"o{n},c1,2024-01-05,20.00\n" for n in range(1, 9))
    with patch.object(store, "_SAMPLE", 4):
        loaded = load(f"order id,customer,date,total\n{rows}")
    assert not {"order_number", "order_key"} & {*loaded.stored}
    assert len(loaded.orders) == 8
