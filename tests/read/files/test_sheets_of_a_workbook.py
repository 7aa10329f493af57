"""Sheets of one workbook are different files, and a sheet given again is a copy."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ltvcli

DAYS = [f"2026-{n // 5 + 1:02}-{n + 1:02}" for n in range(21)]
ORDERS = [("customer", "date", "amount"), *((f"c{n}", DAYS[n], 10 + n) for n in range(1, 21))]
SUBSCRIPTIONS = [
    ("Customer ID", "id", "Start (UTC)", "Ended At (UTC)", "Plan", "Amount", "Interval", "Status"),
    *((f"c{n}", f"s{n}", DAYS[n], None, "a", 10, "month", "active") for n in range(1, 21)),
]
SPEND = [("date", "spend"), *((DAYS[n], n) for n in range(1, 21))]
ANSWERS = [("customer", "date", "score"), *((f"c{n}", DAYS[n], 9) for n in range(1, 21))]


def halves(path: Path, rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Write each half of the rows into a sheet of its own; return both as they are typed."""
    book = openpyxl.Workbook()
    for name, half in (("first", rows[1:11]), ("second", rows[11:])):
        sheet = book.create_sheet(name)
        for row in (rows[0], *half):
            sheet.append(row)
    book.save(path)
    return [f"{path}[first]", f"{path}[second]"]


def used(report: Any, kind: str) -> int:
    return sum(file.rows_used for file in report.inputs if file.kind == kind)


@pytest.mark.parametrize(("rows", "kind"), [(ORDERS, "orders"), (SUBSCRIPTIONS, "subscriptions")])
def test_every_sheet_of_a_workbook_counts(tmp_path: Path, rows: Any, kind: str) -> None:
    assert used(ltvcli.calc(*halves(tmp_path / "book.xlsx", rows)), kind) == 20


def test_every_sheet_of_further_files_counts(tmp_path: Path) -> None:
    orders = halves(tmp_path / "orders.xlsx", ORDERS)
    spend = halves(tmp_path / "spend.xlsx", SPEND)
    answers = halves(tmp_path / "nps.xlsx", ANSWERS)

    report = ltvcli.scorecard(*orders, spend=spend, survey=answers)

    assert [used(report, kind) for kind in ("orders", "spend", "survey")] == [20, 20, 20]


def test_a_sheet_of_a_copied_workbook_counts_once(tmp_path: Path) -> None:
    first, second = halves(tmp_path / "book.xlsx", ORDERS)
    shutil.copy(tmp_path / "book.xlsx", tmp_path / "copy.xlsx")

    report = ltvcli.calc(first, second, f"{tmp_path / 'copy.xlsx'}[second]")

    assert used(report, "orders") == 20
    assert report.inputs[2].set_aside == {"duplicate-file": 10}
