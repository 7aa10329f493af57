"""Refunds in rows of their own that a column of types marks, with positive amounts."""

from __future__ import annotations

from pathlib import Path

import pytest

import ltvcli

SALES = (("o1", "ann", "2026-01-05", "50.00"), ("o2", "bob", "2026-01-10", "30.00"))
REFUND = ("o2", "bob", "2026-02-03", "12.50")


def revenue(path: Path, header: str, rows: list[tuple[str, ...]]) -> tuple[float, int]:
    """Write rows of (order, customer, day, amount, type) and value them."""
    lines = [header, *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    figures = ltvcli.calc(path).to_dict()["figures"]
    return figures["net_revenue"]["value"], figures["orders"]["value"]


def rows(sale: str, refund: str) -> list[tuple[str, ...]]:
    return [(*row, sale) for row in SALES] + [(*REFUND, refund)]


@pytest.mark.parametrize(
    ("header", "sale", "refund"),
    [
        ("Type", "Charge", "Refund"),
        ("Transaction Type", "payment", "refund"),
        ("Vorgangsart", "Verkauf", "Erstattung"),
        ("Buchungs-Art", "Zahlung", "Rückerstattung"),
        ("Tipo", "Venta", "Reembolso"),
        ("取引区分", "売上", "返金"),
        ("伝票種別", "売上", "返品"),
    ],
)
def test_refund_row_of_an_order_is_subtracted(
    tmp_path: Path, header: str, sale: str, refund: str
) -> None:
    columns = f"Order ID,Customer ID,Order Date,Total,{header}"

    assert revenue(tmp_path / "x.csv", columns, rows(sale, refund)) == (67.50, 2)


def test_refund_row_without_order_id_is_subtracted_from_its_customer(tmp_path: Path) -> None:
    without_id = [row[1:] for row in rows("Sale", "Refund")]

    assert revenue(tmp_path / "x.csv", "customer,date,amount,type", without_id) == (67.50, 2)


def test_refund_row_without_a_sale_is_excluded(tmp_path: Path) -> None:
    stranger = ("o9", "zoe", "2026-02-09", "20.00", "Refund")
    columns = "order,customer,date,total,type"

    assert revenue(tmp_path / "x.csv", columns, [*rows("Sale", "Refund"), stranger]) == (67.50, 2)


def test_refund_row_with_a_minus_sign_is_subtracted_once(tmp_path: Path) -> None:
    negative = [(*row[:3], f"-{row[3]}", *row[4:]) if row[4] == "Refund" else row
                for row in rows("Sale", "Refund")]  # fmt: skip

    assert revenue(tmp_path / "x.csv", "order,customer,date,total,type", negative) == (67.50, 2)


def test_payouts_and_fees_are_no_sales(tmp_path: Path) -> None:
    more = [
        ("o7", "ann", "2026-02-09", "500.00", "Payout"),
        ("o8", "bob", "2026-02-09", "1", "Fee"),
    ]
    columns = "order,customer,date,total,type"

    assert revenue(tmp_path / "x.csv", columns, [*rows("Sale", "Refund"), *more]) == (67.50, 2)


@pytest.mark.parametrize("words", [("online", "wholesale"), ("gift", "standard"), ("B2B", "B2C")])
def test_types_of_something_else_say_nothing(tmp_path: Path, words: tuple[str, str]) -> None:
    columns = "order,customer,date,total,type"
    sales = [(*row, word) for row, word in zip(SALES, words, strict=True)]

    assert revenue(tmp_path / "x.csv", columns, sales) == (80.0, 2)


def test_subtracted_refund_rows_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    revenue(path, "order,customer,date,total,type", rows("Sale", "Refund"))
    findings = {one["check"]: one for one in ltvcli.calc(path).to_dict()["findings"]}

    assert "12.50 was subtracted" in findings["refunds-without-sign"]["says"]
