"""A row that adds up the others is no order."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]

HEADER = "order id,customer id,order date,order total,state\n"
ORDERS = (
    "w1,k1,2025-02-05,15.00,paid\nw2,k2,2025-02-06,25.00,paid\n"
    "w3,k1,2025-03-07,12.50,{0}\nw4,k3,2025-03-08,7.50,paid\n"
)


@pytest.mark.parametrize(
    "row",
    [
        "Zwischensumme:,,2025-03-31,3.00,",
        "総計,3,2025-03-31,60.00,",
        " TOTAL ,k9,2025-03-31,60.00,",
        ",Grand total,2025-03-31,60.00,",
        "4,,2025-03-31,60.00,",
        "4,3,2025-03-31,60.00,",
        "x,3,2025-03-31,60.00,",
    ],
)
def test_a_row_of_totals_is_excluded(load: Load, row: str) -> None:
    loaded = load(f"{HEADER}{ORDERS.format('paid')}{row}\n")

    assert loaded.revenue == Decimal("60.00")
    assert (loaded.customers, loaded.counted) == (3, 4)
    assert loaded.aside == {"total-row": 1}
    assert str(loaded.reading.as_of) == "2025-03-08"


def test_a_total_of_the_orders_that_were_paid_is_excluded(load: Load) -> None:
    loaded = load(f"{HEADER}{ORDERS.format('void')}4,,2025-03-31,47.50,\n")

    assert loaded.revenue == Decimal("47.50")
    assert loaded.aside == {"cancelled": 1, "total-row": 1}


def test_a_total_does_not_meet_the_order_of_its_number(load: Load) -> None:
    text = HEADER + "".join(f"{n},k{n % 3},2025-02-0{n},5.00,paid\n" for n in range(1, 6))

    loaded = load(text + "5,3,2025-03-31,25.00,\n")

    assert (loaded.revenue, loaded.counted) == (Decimal("25.00"), 5)


def test_a_total_of_many_rows_needs_no_other_sign(load: Load) -> None:
    text = HEADER + "".join(f"w{n},k{n % 7},2025-02-05,5.00,paid\n" for n in range(30))

    assert load(text + "wx,kx,2025-03-31,150.00,\n").aside == {"total-row": 1}
    assert load(text + "wx,kx,2025-03-31,150.01,\n").aside == {}


def test_an_order_as_large_as_the_others_together_counts(load: Load) -> None:
    loaded = load(f"{HEADER}{ORDERS.format('paid')}w5,k9,2025-03-31,60.00,paid\n")

    assert loaded.revenue == Decimal("120.00")
    assert loaded.aside == {}


def test_the_only_order_that_was_paid_for_is_no_total(load: Load) -> None:
    text = HEADER + "".join(f"w{n},k{n % 7},2025-02-05,0.00,paid\n" for n in range(30))

    assert load(text + "wx,kx,2025-03-31,9.00,paid\n").revenue == Decimal("9.00")
