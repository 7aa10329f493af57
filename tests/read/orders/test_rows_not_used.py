"""Rows are told apart by their amount alone where only unreadable amounts exclude any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from ltvcli.read.orders import rows_to_orders

Load = Callable[..., Any]
HEADER = "order id,customer,date,total,order status\n"
ROWS = "o1,c1,2024-01-01,1,paid\no2,c2,2024-01-02,2,paid\no3,c1,2024-01-03,n/a,paid\n"


@pytest.mark.parametrize(
    ("row", "reasons", "is_by_amount"),
    [
        pytest.param("o4,c2,2024-01-04,,paid", 2, True, id="a blank amount"),
        pytest.param("o4,c2,2024-01-04,-1,paid", 1, True, id="a refund"),
        pytest.param("o4,,2024-01-04,4,paid", 2, False, id="no customer"),
        pytest.param("o4,,2024-01-04,x,paid", 2, True, id="no customer and no amount"),
        pytest.param("o4,c2,soon,4,paid", 2, False, id="no date"),
        pytest.param("o4,c2,,4,paid", 2, False, id="a blank date"),
        pytest.param("o4,c2,2199-01-01,-4,paid", 2, False, id="a refund in the future"),
        pytest.param("o4,c2,2024-01-04,4,cancelled", 2, False, id="cancelled"),
    ],
)
def test_rows_that_are_not_used(load: Load, row: str, reasons: int, is_by_amount: bool) -> None:
    found: list[bool] = []
    only_blank_amounts = rows_to_orders._only_blank_amounts

    def seen(*given: Any) -> bool:
        found.append(only_blank_amounts(*given))
        return found[-1]

    with patch.object(rows_to_orders, "_only_blank_amounts", seen):
        loaded = load(f"{HEADER}{ROWS}{row}\n", today=date(2025, 1, 1))
    with patch.object(rows_to_orders, "_only_blank_amounts", lambda *_: False):
        row_by_row = load(f"{HEADER}{ROWS}{row}\n", today=date(2025, 1, 1))

    assert found == [is_by_amount]
    assert (loaded.orders, loaded.set_aside) == (row_by_row.orders, row_by_row.set_aside)
    assert len(loaded.set_aside) == reasons
