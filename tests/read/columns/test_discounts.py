"""Discounts in unused columns are reported with the money and the flag that uses them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ltvcli.results import Quantity
from ltvcli.units import Unit

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]

SALES = """order no,customer,order date,total,{}
1,ann,2026-02-01,50,{}
2,ben,2026-02-02,40,{}
3,cem,2026-02-03,30,{}
"""


def alerts(loaded: Any) -> dict[str, Any]:
    (file,) = loaded.reading.inputs
    return dict(file.alerts)


@pytest.mark.parametrize("header", ["promo amount", "Rabatt", "クーポン利用額", "order_discount"])
def test_an_unused_discount_is_reported(load: Load, header: str) -> None:
    text = SALES.format(header, "5.00", "0", "2.50")

    assert alerts(load(text))["discounts-unused"] == {
        "column": header, "rows": Quantity(2, Unit.COUNT), "revenue": Quantity(80, Unit.MONEY),
        "discount": Quantity(7.5, Unit.MONEY), "amount": "total",
    }  # fmt: skip
    used = load(text, map={"discount": header})
    assert used.revenue == Decimal("112.50")
    assert alerts(used) == {}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("coupon", ("WELCOME", "", "SPRING")),
        ("discount rate", ("10", "0", "5")),
        ("discount", ("0.2", "0", "0.1")),
        ("voucher", ("20%", "", "10%")),
    ],
)
def test_codes_and_shares_are_reported_with_the_revenue_they_concern(
    load: Load, header: str, cells: tuple[str, str, str]
) -> None:
    facts = alerts(load(SALES.format(header, *cells)))["discounts-unused"]

    assert facts == {
        "column": header, "rows": Quantity(2, Unit.COUNT), "revenue": Quantity(80, Unit.MONEY),
    }  # fmt: skip


@pytest.mark.parametrize("cells", [("0", "0.00", ""), ("none", "", "-")])
def test_no_discount_is_not_reported(load: Load, cells: tuple[str, str, str]) -> None:
    assert alerts(load(SALES.format("discount", *cells))) == {}


def test_a_profile_defines_what_its_total_includes(load: Load) -> None:
    loaded = load(
        "Name,Email,Financial Status,Created at,Total,Discount Amount\n"
        "#1,ann@example.org,paid,2026-02-01,45,5\n"
    )

    assert alerts(loaded) == {}
