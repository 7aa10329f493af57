from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.engines import duckdb
from ltvcli.read import uniqueness


def _proved(ids: list[str | None], temp: Path) -> bool:
    with duckdb.open([], temp, None) as engine:
        engine.execute("create table t as select unnest($1::text[]) as order_key", [ids])
        return uniqueness.proved(engine, "select order_key from t")


@pytest.mark.parametrize(
    ("ids", "unique"),
    [
        pytest.param(["#1001", "#1002", "#1003"], True, id="numbered orders"),
        pytest.param(["#1001", "#1002", "#1001"], False, id="one order twice"),
        pytest.param(["#1001"], True, id="one order"),
        pytest.param(["1", "01", "1.0"], True, id="the same number, written differently"),
        pytest.param(["A-1", "B-1"], True, id="the same number behind another prefix"),
        pytest.param(["x", "y", "x"], False, id="no numbers, one twice"),
        pytest.param(["x", "y"], True, id="no numbers"),
        pytest.param(["1", "9223372036854775807"], True, id="numbers far apart"),
        pytest.param(["18446744073709551615", "18446744073709551614"], True, id="unsigned 64 bit"),
        pytest.param([None, None, "1"], True, id="blank ids are not the same id"),
        pytest.param([None], True, id="no id at all"),
    ],
)
def test_by_hand(ids: list[str | None], unique: bool, tmp_path: Path) -> None:
    assert _proved(ids, tmp_path) is unique


@given(
    st.lists(
        st.one_of(st.from_regex(r"[#a]?[0-9]{1,3}", fullmatch=True), st.text("ab1", min_size=1)),
        max_size=12,
    )
)
def test_agrees_with_a_set(tmp_path_factory: pytest.TempPathFactory, ids: list[str]) -> None:
    assert _proved(list(ids), tmp_path_factory.getbasetemp()) is (len(set(ids)) == len(ids))
