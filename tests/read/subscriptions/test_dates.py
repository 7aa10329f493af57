"""Dates of subscriptions are read as those of orders are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]

ROWS = "member id,start date,end date,mrr\nann,{},{},10\nben,{},,20\n"


@pytest.mark.parametrize(
    ("cells", "alert"),
    [
        pytest.param(("3 févr. 2025", "14 août 2025", "1er mai 2025"), [], id="French"),
        pytest.param(("2/3/25", "8/14/25", "5/1/25"), [], id="short years"),
        pytest.param(("45691", "45883", "45778"), ["excel-serial-dates"], id="serial numbers"),
    ],
)
def test_dates_of_subscriptions(load: Load, cells: tuple[str, ...], alert: list[str]) -> None:
    text = ROWS.format(*cells)
    loaded = load(text, today=date(2026, 11, 28))

    assert loaded.short == ["ann 2025-02-03 2025-08-14 10", "ben 2025-05-01 … 20"]
    assert list(loaded.reading.inputs[0].alerts) == alert


def test_months_are_named_in_any_language(load: Load) -> None:
    loaded = load(
        "customer,month,mrr\nann,Dez 2025,10\nann,Januar 2026,10\nben,janvier 2026,20\n",
        today=date(2026, 11, 28),
    )

    assert loaded.short == [
        "ann 2025-12-01 2026-01-01 10", "ann 2026-01-01 … 10", "ben 2026-01-01 … 20",
    ]  # fmt: skip


def test_serial_numbers_represent_their_month(load: Load) -> None:
    loaded = load("customer,month,mrr\nann,45658,10\nann,45689,10\n", today=date(2026, 11, 28))

    assert loaded.short == ["ann 2025-01-01 2025-02-01 10", "ann 2025-02-01 … 10"]


def test_mapping_a_converted_amount_also_maps_its_currency(load: Load) -> None:
    loaded = load(
        "customer,start date,amount,currency,amount (base currency),base currency,interval\n"
        "ann,2025-01-01,10,EUR,11,USD,month\nben,2025-01-01,10,USD,10,USD,month\n",
        map={"amount": "amount (base currency)"},
    )

    assert loaded.reading.currency == "USD"
    assert loaded.short == ["ann 2025-01-01 … 11", "ben 2025-01-01 … 10"]
