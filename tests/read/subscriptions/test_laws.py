"""What must not change what is read: the order of rows, where files are cut, how IDs are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import effort

DATA = Path(__file__).parents[2] / "data"
FILES = [
    pytest.param("stripe/subscriptions.csv", id="spans"),
    pytest.param("generic/subscriptions_ja.csv", id="spans in Japanese"),
    pytest.param("generic/months.csv", id="months"),
    pytest.param("generic/payments.csv", id="payments"),
    pytest.param("chartmogul/line_items.csv", id="line items"),
]


def split(file: str) -> tuple[str, list[str]]:
    header, *lines = (DATA / file).read_text("utf-8").splitlines()
    return header, lines


@pytest.mark.parametrize("file", effort.nth(4, FILES))
def test_the_order_of_rows_does_not_matter(load: Callable[..., Any], file: str) -> None:
    header, lines = split(file)
    expected = load("\n".join((header, *lines)))

    for turned in (lines[::-1], lines[3:] + lines[:3]):
        loaded = load("\n".join((header, *turned)))
        assert loaded.short == expected.short
        assert sorted(loaded.aside.values()) == sorted(expected.aside.values())
        assert loaded.reading.as_of == expected.reading.as_of


@pytest.mark.parametrize("file", effort.nth(4, FILES))
def test_a_file_may_come_in_two(load: Callable[..., Any], file: str) -> None:
    header, lines = split(file)
    expected = load("\n".join((header, *lines)))

    loaded = load("\n".join((header, *lines[::2])), "\n".join((header, *lines[1::2])))

    assert loaded.short == expected.short
    assert loaded.reading.as_of == expected.reading.as_of


@pytest.mark.slow
def test_ids_are_only_names(load: Callable[..., Any]) -> None:
    text = (DATA / "stripe/subscriptions.csv").read_text()

    loaded = load(text.replace("cus_", "0000000000000000000").replace("sub_", "007"))

    assert [line.lstrip("0") for line in loaded.short] == [
        line.removeprefix("cus_") for line in load(text).short
    ]


def test_ten_times_the_price_is_ten_times_the_amount(load: Callable[..., Any]) -> None:
    text = (DATA / "baremetrics/subscriptions.csv").read_text()
    once = load(text).periods

    ten = load(text.replace("000,", "0000,").replace(",700,", ",7000,")).periods

    assert [round(row[7], 2) for row in ten] == [round(10 * row[7], 2) for row in once]
