"""Refunds in rows of their own that a column of types marks, with positive amounts."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ltvcli
from ltvcli.cli import app

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]

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
def test_types_of_other_things_have_no_effect(tmp_path: Path, words: tuple[str, str]) -> None:
    columns = "order,customer,date,total,type"
    sales = [(*row, word) for row, word in zip(SALES, words, strict=True)]

    assert revenue(tmp_path / "x.csv", columns, sales) == (80.0, 2)


def test_subtracted_refund_rows_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    revenue(path, "order,customer,date,total,type", rows("Sale", "Refund"))
    findings = {finding["check"]: finding for finding in ltvcli.calc(path).to_dict()["findings"]}

    assert "12.50 was subtracted" in findings["refunds-without-sign"]["says"]


@pytest.mark.parametrize("is_newest_first", [False, True])
def test_the_sender_of_a_refund_is_not_the_customer_of_its_order(
    load: Load, is_newest_first: bool
) -> None:
    rows = [
        "p1,anna@q.test,,2025-03-02,40.00",
        "p2,ben@q.test,,2025-03-03,30.00",
        "p3,shop@q.test,p1,2025-03-09,-15.00",
    ]
    rows = rows[::-1] if is_newest_first else rows
    header = "order id,customer email,refund of,order date,order total"

    loaded = load("\n".join([header, *rows]), map={"refund_of": "refund of"})

    assert [row[0] for row in loaded.orders] == ["anna@q.test", "ben@q.test"]
    assert loaded.revenue == Decimal("55.00")
    assert "order-rows-disagree" not in loaded.reading.inputs[0].alerts


@pytest.mark.slow
def test_the_finding_about_refunds_without_a_sign_names_the_option(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    revenue(
        path, "order id,customer id,order date,amount,Buchungsart", rows("Verkauf", "Gutschrift")
    )

    def ask(*options: str) -> Any:
        result = CliRunner().invoke(app, ["calc", str(path), *options, "--format", "json"])
        return json.loads(result.stdout)

    warned = ask()
    findings = {finding["check"]: finding for finding in warned["findings"]}
    finding = findings["refunds-without-sign"]
    answered = ask(*shlex.split(finding["option"]))

    assert finding["facts"]["column"] == "Buchungsart"
    assert finding["facts"]["word"] == "Gutschrift"
    assert warned["figures"]["net_revenue"]["value"] == 67.5
    assert answered["figures"]["net_revenue"]["value"] == 92.5
    assert answered["provenance"]["inputs"][0]["set_aside"] == {}
