"""Doubts about IDs, names, totals and columns of a table are those about its export to CSV."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines.addresses import Address
from tests import effort
from tests.read.tables.shops import Row, alike, answer, in_postgres, in_spark, make, sales

pytestmark = pytest.mark.sampled

FIRST = ["Ann", "Bob Lee", "Cy", "Zoë", "J. R.", "Ng", "O'Hara", "Li"]
LAST = ["Smith", "Ito", "Müller", "Okafor", "Silva", "de la Cruz", "Kim"]
KANJI = ["山田太郎", "佐藤 花子", "鈴木一郎", "高橋", "ミナ", "(株)青木"]


def of_customers(customer: Any, *more: Any) -> list[Row]:
    """Draw orders: ID, customer as written by a function, day and total, and more columns."""
    chance = random.Random(5)
    return [
        (f"o{r[0]}", customer(r[1] or 0), r[2].date(), r[3], *(cell(r[1], chance) for cell in more))
        for r in sales()
    ]


def name(number: int) -> str:
    """Return the name of a customer."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"


def total_of(rows: Sequence[Row], order: Any, customer: Any) -> list[Row]:
    """Return the rows, and a grand total below them."""
    return [*rows, (order, customer, date(2026, 8, 31), round(sum(r[3] for r in rows), 2))]


def without_zeros(rows: Sequence[Row]) -> list[Row]:
    """Return rows of which every second has lost the leading zeros of its customer."""
    return [(r[0], r[1].lstrip("0") if n % 2 else r[1], *r[2:]) for n, r in enumerate(rows)]


PLAIN = "order_id varchar, customer_id varchar, day date, total decimal(12, 2)"
NAMED = PLAIN.replace("customer_id", "customer")
NUMBERED = "order_id bigint, customer_id bigint, day date, total decimal(12, 2)"
FEW = [(100 + n, n % 3, date(2026, 1, 1 + n), 5.0 + n) for n in range(1, 9)]
IN_ALL = "customer_id varchar, orders bigint, total_spent decimal(12, 2), day date"
CASES: dict[str, tuple[str, list[Row], str]] = {
    "zeros of customers": (PLAIN, without_zeros(of_customers(lambda n: f"{n:04d}")), "calc"),
    "zeros of orders": (PLAIN, [("7", "c1", *FEW[0][2:]), ("007", "c2", *FEW[1][2:])], "calc"),
    "all padded": (PLAIN, of_customers(lambda n: f"{n:05d}"), "calc"),
    "names": (NAMED, of_customers(name), "calc"),
    "names in Japanese": (NAMED, of_customers(lambda n: KANJI[n % 6]), "calc"),
    "names that are one word": (NAMED, of_customers(lambda n: f"user{'x' * (n % 9)}"), "calc"),
    "names and e-mail": (
        NAMED + ", email varchar",
        of_customers(name, lambda n, _: f"{n}@x.com"),
        "calc",
    ),
    "IDs called customer": (NAMED, of_customers(lambda n: f"C{n}"), "calc"),
    "total": (PLAIN, total_of(of_customers(lambda n: f"c{n}"), "", ""), "calc"),
    "total of numbers": (NUMBERED, total_of(FEW, 8, 3), "calc"),
    "no total": (NUMBERED, total_of(FEW, 99, 7), "calc"),
    "a row per customer": (
        IN_ALL,
        [(f"c{n}", n, 5.5 * n, date(2026, 1, 1)) for n in range(1, 30)],
        "calc --map amount=total_spent",
    ),
}
BY_CONTENT = (
    "ref varchar, buyer varchar, placed varchar, value decimal(12, 2)",
    of_customers(lambda n: f"u{n}@x.com"),
    "calc",
)
SHOWN = {
    "zeros of customers": "ids-differ-in-zeros",
    "zeros of orders": "ids-differ-in-zeros",
    "names": "customers-by-name",
    "names in Japanese": "customers-by-name",
    "total": "total-row",
    "total of numbers": "total-row",
    "a row per customer": "customers-list",
}
"""What an answer shows that the others do not."""
ELSEWHERE = [
    *("names in Japanese", "total", "zeros of customers"),
    *("names and e-mail", "total of numbers", "a row per customer"),
]
"""Cases of other engines, which look in ways of their own."""


def asked(case: str, *source: str) -> dict[str, Any]:
    """Return the answer of a case."""
    command, *options = CASES[case][2].split()
    return answer(command, *source, *options, "--cac", "40")


@pytest.mark.parametrize("case", effort.family(CASES, *ELSEWHERE))
def test_duckdb_doubts_as_a_file(case: str, tmp_path: Path) -> None:
    columns, rows, _ = CASES[case]
    address, file = make(tmp_path, columns, rows, "day, 4")
    from_table = asked(case, "--source", address, "--table", "orders")
    compare(case, from_table, f"{address} orders", file)


@pytest.mark.parametrize("case", effort.family(ELSEWHERE, *ELSEWHERE[:3]))
def test_postgres_doubts_as_a_file(case: str, tmp_path: Path, postgres_url: str) -> None:
    columns, rows, _ = CASES[case]
    _, file = make(tmp_path, columns, rows, "day, 4")
    from_table = asked(case, *in_postgres(postgres_url, columns, file))
    compare(case, from_table, f"{Address(postgres_url).shown} public.orders_of_shop", file)


@pytest.mark.parametrize("case", effort.family(ELSEWHERE[:3]))
def test_spark_doubts_as_a_file(case: str, tmp_path: Path, sail_url: str) -> None:
    columns, rows, _ = CASES[case]
    address, file = make(tmp_path, columns, rows, "day, 4")
    source = in_spark(sail_url, tmp_path, address)
    compare(case, asked(case, *source), f"{sail_url} {source[-1]}", file)


def compare(case: str, from_table: dict[str, Any], shown: str, file: Path) -> None:
    """Compare the answer from a table with that from its export, or the codes of the errors."""
    from_file = asked(case, str(file))
    seen = [what for what in dict.fromkeys(SHOWN.values()) if what in str(from_file)]
    assert seen == ([SHOWN[case]] if case in SHOWN else [])
    if "error" in from_file:
        assert from_table["error"]["code"] == from_file["error"]["code"]
    else:
        assert alike(from_table, shown) == alike(from_file, str(file))


def test_columns_are_recognised_by_their_content(tmp_path: Path) -> None:
    columns, rows, _ = BY_CONTENT
    address, file = make(tmp_path, columns, rows, "placed")
    words = ("--source", address, "--table", "orders")
    from_table, from_file = answer("calc", *words), answer("calc", str(file))
    assert "columns-by-content" in str(from_file)
    assert alike(from_table, f"{address} orders") == alike(from_file, str(file))
