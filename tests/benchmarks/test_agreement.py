"""Every program of the benchmark finds the totals a plain reading of the file gives."""

from __future__ import annotations

import argparse
import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from tests.benchmarks import data, measure, profile, totals

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


@pytest.mark.slow
@pytest.mark.parametrize("name", totals.RIVALS)
def test_a_rival_finds_the_totals(name: str, orders: Path, expected: totals.Totals) -> None:
    pytest.importorskip(name)

    assert totals.of_rival(measure.run(totals.rival(name, orders)).stdout) == expected


def test_ltv_finds_the_totals(orders: Path, expected: totals.Totals) -> None:
    command = totals.ltv("calc", orders, "--format", "json")

    assert totals.of_ltv(measure.run(command).stdout) == expected


@pytest.mark.slow
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


@pytest.mark.slow("one of the answers of a benchmark that agree")
@pytest.mark.parametrize("name", ["parquet", "gzip"])
def test_ltv_finds_the_totals_in_other_forms(
    name: str, orders: Path, expected: totals.Totals
) -> None:
    path = data.form(name, ROWS, orders.parent)

    assert totals.of_ltv(measure.run(totals.ltv("calc", path, "--format", "json")).stdout) == (
        expected
    )


@pytest.mark.slow("one of the answers of a benchmark that agree")
def test_ltv_finds_the_totals_in_a_folder_per_month(orders: Path, expected: totals.Totals) -> None:
    folder = data.form("folders", ROWS, orders.parent)
    command = totals.ltv("calc", f"{folder}/**/*.parquet", "--format", "json")

    assert totals.of_ltv(measure.run(command).stdout) == expected


@pytest.mark.slow("one of the answers of a benchmark that agree")
def test_ltv_finds_the_totals_in_two_files(orders: Path, expected: totals.Totals) -> None:
    halves = [data.form(name, ROWS, orders.parent) for name in ("first", "second")]
    command = totals.ltv("calc", *halves, "--format", "json")

    assert totals.of_ltv(measure.run(command).stdout) == expected


@pytest.mark.slow("one of the answers of a benchmark that agree")
def test_ltv_finds_the_totals_in_a_workbook(orders: Path, expected: totals.Totals) -> None:
    command = totals.ltv("calc", data.excel(ROWS, orders.parent), "--format", "json")

    assert totals.of_ltv(measure.run(command).stdout) == expected


@pytest.mark.slow
def test_line_items_are_counted_once_per_order(orders: Path) -> None:
    path = data.form("lines", ROWS, orders.parent)
    with path.open(newline="") as file:
        lines = list(csv.DictReader(file))
    by_order = {row["order_id"]: row for row in lines}
    expected = (
        len(by_order),
        len({row["customer"] for row in lines}),
        sum((Decimal(row["total"]) for row in by_order.values()), Decimal(0)),
    )

    assert len(lines) == ROWS
    assert totals.of_ltv(measure.run(totals.ltv("calc", path, "--format", "json")).stdout) == (
        expected
    )


@pytest.mark.slow("one of the answers of a benchmark that agree")
def test_unreadable_amounts_are_excluded(orders: Path) -> None:
    path = data.form("dirty", ROWS, orders.parent)
    with path.open(newline="") as file:
        amounts = [row["total"] for row in csv.DictReader(file)]
    readable = [Decimal(text) for text in amounts if text != "n/a"]

    count, _, revenue = totals.of_ltv(
        measure.run(totals.ltv("calc", path, "--format", "json")).stdout
    )

    assert len(amounts) - len(readable) == ROWS // 100
    assert (count, revenue) == (len(readable), sum(readable))


@pytest.mark.parametrize("command", ["calc", "check"])
def test_profile_lists_steps_and_queries(
    command: str, orders: Path, capsys: pytest.CaptureFixture[str], own_database: None
) -> None:
    options = argparse.Namespace(
        profile=command, rows=ROWS, subscriptions=1_000, folder=orders.parent, form="plain"
    )

    profile.show(options)

    printed = capsys.readouterr().out
    assert "Reading the files" in printed
    assert "outside of the engine" in printed
    assert "GB at most; of it held by DuckDB" in printed
