"""Long sheets keep the numbers of their order ids only: nothing else may come of that."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ltvcli.engines import duckdb
from ltvcli.read.files.open_files import open_all
from ltvcli.read.orders import load, store
from ltvcli.settings.settings import Settings


def _read(ids: Sequence[str], sample: int) -> tuple[list[int], bool]:
    """Read one row of 10 per id; amounts of the orders, and whether numbers stood for the ids."""
    with tempfile.TemporaryDirectory() as folder, patch.object(store, "_SAMPLE", sample):
        path, private = Path(folder) / "orders.csv", Path(folder) / "private"
        private.mkdir()
        lines = (f'"{one}",ann,2024-01-01,10\n' for one in ids)
        path.write_text("order id,customer,date,line total\n" + "".join(lines))
        sheets = open_all([path], Settings(), private)
        with duckdb.open([path], private, None) as engine:
            load.load(sheets, Settings(), engine)
            found = engine.execute("select amount from orders order by 1").fetchall()
            columns = engine.execute("describe sheet_0").fetchall()
    return [int(amount) for (amount,) in found], "order_number" in {name for name, *_ in columns}


@pytest.mark.parametrize(
    ("ids", "numbered", "amounts"),
    [
        pytest.param(["#1001", "#1002", "#1003"], True, [10, 10, 10], id="numbered orders"),
        pytest.param(["7", "8"], True, [10, 10], id="nothing but numbers"),
        pytest.param(["7", "8", "8"], False, [10, 20], id="one order twice"),
        pytest.param(["7", "8", "08"], False, [10, 10, 10], id="one number, written in two ways"),
        pytest.param(["A-1", "A-2", "B-1"], False, [10, 10, 10], id="another prefix"),
        pytest.param(["x1", "x2", " x2"], False, [10, 20], id="a space before one of them"),
        pytest.param(["41 1", "41 2", "41", "41 "], False, [10, 10, 20], id="a space behind"),
        pytest.param(["x", "y", "x"], False, [10, 20], id="no numbers"),
        pytest.param(["7", "8", "", ""], False, [10, 10, 10, 10], id="blank ids are not one id"),
        pytest.param(["1", "2", "9223372036854775807"], False, [10, 10, 10], id="far apart"),
        pytest.param(["18446744073709551615", "2"], False, [10, 10], id="beyond 63 bits"),
    ],
)
def test_by_hand(ids: list[str], numbered: bool, amounts: list[int]) -> None:
    assert _read(ids, sample=2) == (amounts, numbered)


def test_a_short_sheet_is_read_once() -> None:
    assert _read(["1", "2"], sample=3) == ([10, 10], False)


IDS = st.one_of(
    st.integers(0, 30).map("o{}".format), st.from_regex(r" ?[#o]?[0-9]{1,2} ?", fullmatch=True)
)


@given(st.lists(IDS, min_size=1, max_size=8), st.integers(1, 3))
@example(["1 23", "41", "41 "], 1)
def test_numbers_never_change_what_is_found(ids: list[str], sample: int) -> None:
    assert _read(ids, sample)[0] == _read(ids, 2000)[0]
