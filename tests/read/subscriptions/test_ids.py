"""IDs of customers: those that are certainly tidy are stored as they are, all others are tidied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.read.conftest import OneEngine

TIDY = ("cus_Na9Q", "1041", "_", "q1_total", "total_", "guest_1", "a_b-c", "583871000000000000")
OTHER = (
    "", "0", "007", "-", "nan", "guest", "acme", "total", "2025-total", "Q1-Total", "avg", " cus_1",
    "cus_1 ", "cus_1\t", "cus_1\n", "cus_１", "ｃus_1", "a_b@c.jp", "17850.0", '="1_2"', "'1_2",
    "total: a_b", "total (a_b)", "total of a_b", "Summe　a_b", "cus_1\u200b",
)  # fmt: skip


@pytest.fixture
def engine(one_engine: OneEngine) -> OneEngine:
    one_engine.define_macros("read/macros", "read/totals")
    return one_engine


@pytest.mark.parametrize("text", TIDY)
def test_a_tidy_id_stays_as_it_is_and_is_no_sum(engine: OneEngine, text: str) -> None:
    query = "select is_tidy_id($t), tidy_id($t), order_id($t), is_total($t)"

    assert engine.execute(query, {"t": text}).fetchall() == [(True, text, text, False)]


@pytest.mark.parametrize("text", OTHER)
def test_what_may_need_tidying_is_not_certain(engine: OneEngine, text: str) -> None:
    assert engine.execute("select is_tidy_id($t)", {"t": text}).fetchall() == [(False,)]


@pytest.mark.parametrize("text", ["", " ", "a", " a", "a ", "a b", "　a", "a\u00a0", "あ ", "\ta"])
def test_text_is_trimmed_as_trim_does(engine: OneEngine, text: str) -> None:
    ((trimmed, expected),) = engine.execute("select trimmed($t), trim($t)", {"t": text}).fetchall()

    assert trimmed == expected


def test_each_cell_is_read_by_what_is_in_it(load: Callable[..., Any]) -> None:
    cells = ("cus_1", " cus_2 ", "ＣＵＳ_3", "A_4@X.jp", '"=""005"""', "1041", "1042.0", "'0017")
    nobody = ("guest", "0", "", "total", "Total: a_b")
    lines = [f"{cell},2025-01-05,,10" for cell in (*cells, *nobody)]

    loaded = load("\n".join(("customer,start,end,mrr", *lines)) + "\n")

    customers = ["cus_1", "cus_2", "CUS_3", "a_4@x.jp", "005", "1041", "1042", "0017"]
    assert [row[0] for row in loaded.periods] == sorted(customers)
    assert loaded.aside == {
        **dict.fromkeys((10, 11, 12), "no-customer"),
        **dict.fromkeys((13, 14), "total-row"),
    }
