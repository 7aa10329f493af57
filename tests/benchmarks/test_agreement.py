"""Every program of the benchmark finds the totals a plain reading of the file gives."""

from __future__ import annotations

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from tests.benchmarks import data, measure, totals

ROWS = 20_000


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data.orders(ROWS, tmp_path_factory.mktemp("orders"))


@pytest.fixture(scope="module")
def expected(orders: Path) -> totals.Totals:
    with orders.open(newline="") as file:
        rows = list(csv.DictReader(file))
    customers = {row["customer"] for row in rows}
    return len(rows), len(customers), sum((Decimal(row["total"]) for row in rows), Decimal(0))


def test_the_data_is_the_same_on_every_machine(orders: Path) -> None:
    assert hashlib.md5(orders.read_bytes()).hexdigest() == "05f20e494a436878442c79b41ed4c8d1"


@pytest.mark.parametrize("name", totals.RIVALS)
def test_a_rival_finds_the_totals(name: str, orders: Path, expected: totals.Totals) -> None:
    pytest.importorskip(name)

    assert totals.of_rival(measure.run(totals.rival(name, orders)).stdout) == expected


def test_ltv_finds_the_totals(orders: Path, expected: totals.Totals) -> None:
    command = totals.ltv("calc", orders, "--format", "json")

    assert totals.of_ltv(measure.run(command).stdout) == expected


def test_segments_add_up_to_the_totals(orders: Path, expected: totals.Totals) -> None:
    command = totals.ltv("segments", orders, "--by", "channel", "--format", "json")

    assert totals.of_segments(measure.run(command).stdout) == expected


def test_a_program_that_differs_by_a_cent_is_named() -> None:
    same = (2, 1, Decimal("10.00"))
    other = (2, 1, Decimal("10.01"))

    assert not totals.disagreement({"ltv": same, "duckdb": same})
    assert "duckdb: 2 orders, 1 customers, 10.01 revenue" in totals.disagreement(
        {"ltv": same, "duckdb": other}
    )
