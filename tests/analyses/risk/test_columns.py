"""Columns that are known only after a customer has left are not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ltvcli.analyses.risk import columns, trials
from ltvcli.facts.attributes import Attribute, Kind
from tests.analyses.risk.customers import level, number, simulated, table

if TYPE_CHECKING:
    from ltvcli.analyses.risk.columns import Judged

ATTRIBUTES, LEFT, _ = simulated(1000, 1)
N = len(LEFT)
DRAW = np.random.default_rng(2)


def judge(column: Attribute, without: tuple[str, ...] = ()) -> Judged:
    (verdict,) = columns.judged(table(column), LEFT, trials.fold_numbers(LEFT), without)
    return verdict


LEAKING = {
    "a header that names the outcome": (
        number("Cancelled after months", DRAW.normal(size=N)),
        "named-like-outcome",
    ),
    "a copy of the outcome in other words": (
        level("State", LEFT.astype(int), ("asleep", "awake")),
        "tells-alone",
    ),
    "a number that the outcome moves": (
        number("Open invoices", LEFT * 5.0 + DRAW.normal(size=N)),
        "tells-alone",
    ),
    "a survey that those who leave are asked to fill in": (
        number("Score", np.where(LEFT & (DRAW.random(N) < 0.5), 3.0, np.nan)),
        "blank-with-outcome",
    ),
    "a renewal that only those who stay have": (
        number("Renewal", np.where(LEFT, np.nan, DRAW.normal(size=N))),
        "blank-with-outcome",
    ),
    "a number of the row in a file that is sorted by the outcome": (
        number("Row", np.argsort(np.argsort(~LEFT)).astype(float), is_whole=True),
        "identifies",
    ),
    "a day on which it ended": (
        Attribute(name="Final day", kind=Kind.DAY, values=20000 + 100 * DRAW.random(N)),
        "day",
    ),
}


@pytest.mark.parametrize("name", LEAKING)
def test_a_leak_is_excluded_and_reported(name: str) -> None:
    column, because = LEAKING[name]

    assert judge(column).because == because


def test_honest_columns_are_used() -> None:
    verdicts = columns.judged(ATTRIBUTES, LEFT, trials.fold_numbers(LEFT), ())

    assert [column.because for column in verdicts] == [""] * 5
    assert [column.alone is not None for column in verdicts] == [True] * 5


def test_a_column_that_is_not_wanted_is_left_out() -> None:
    assert judge(ATTRIBUTES.columns[0], without=("size",)).because == "without"


def test_a_constant_and_a_text_about_each_customer_are_left_out() -> None:
    texts = tuple(f"text {n}" for n in range(N))

    assert judge(number("same", np.ones(N))).because == "constant"
    assert judge(number("blank", np.full(N, np.nan))).because == "constant"
    assert judge(level("name of company", np.arange(N), texts)).because == "identifies"


def test_an_amount_that_differs_between_all_customers_is_used() -> None:
    assert judge(number("salary", DRAW.normal(size=N) * 1000)).because == ""


def test_blanks_at_random_are_no_leak() -> None:
    blank = DRAW.random(N) < 0.3

    assert judge(number("size", np.where(blank, np.nan, DRAW.normal(size=N)))).because == ""


def test_a_few_blanks_are_no_proof() -> None:
    values = DRAW.normal(size=N)
    values[np.flatnonzero(~LEFT)[:20]] = np.nan  # five in six stayed anyway

    assert judge(number("size", values)).because == ""


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Gender", "sex"), ("性別", "sex"), ("customerAge", "age"), ("生年月日", "age"),
        ("Nationality", "nationality"), ("Post code", "postcode"), ("郵便番号", "postcode"),
        ("zip", "postcode"), ("Plan", ""), ("Message", ""), ("Average order", ""), ("Page", ""),
    ],
)  # fmt: skip
def test_columns_that_decisions_may_not_rest_on(name: str, what: str) -> None:
    assert columns.protected(name) == what


@pytest.mark.parametrize(
    ("name", "is_named"),
    [
        ("churn", True), ("Last order", True), ("total_spent", True), ("endDate", True),
        ("解約日", True), ("最終購入", True), ("last_name", False), ("Gender", False),
        ("Spend per month", False), ("Calendar", False), ("Lasting power", False),
    ],
)  # fmt: skip
def test_headers_that_name_an_outcome(name: str, is_named: bool) -> None:
    assert columns.is_named_like_outcome(name) is is_named
