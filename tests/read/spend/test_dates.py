"""Days of spend are read as those of orders are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

Load = Callable[..., Any]


@pytest.mark.parametrize(
    ("days", "alert"),
    [
        pytest.param(("9-Okt-25", "30-Dez-25"), [], id="German"),
        pytest.param(("10/09/25", "12/30/25"), [], id="short years"),
        pytest.param(("45939", "46021"), ["excel-serial-dates"], id="serial numbers"),
    ],
)
def test_days_of_spend(load: Load, days: tuple[str, str], alert: list[str]) -> None:
    loaded = load(
        f"day,channel,spend\n{days[0]},mail,10\n{days[1]},mail,20\n", today=date(2026, 11, 28)
    )

    assert loaded.days == (date(2025, 10, 9), date(2025, 12, 30))
    assert loaded.total == Decimal(30)
    assert list(loaded.reading.inputs[0].alerts) == alert


def test_months_of_spend_are_named_in_any_language(load: Load) -> None:
    loaded = load("month,channel,spend\nOkt 2025,mail,31\nnoviembre de 2025,mail,30\n")

    assert loaded.days == (date(2025, 10, 1), date(2025, 11, 30))
    assert loaded.by_day["11-30"] == Decimal(1)
