"""A stray cell far away from the table of a workbook changes no figure and takes no memory."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.errors import FarCellError
from ltvcli.read.files import excel

ROWS = [("client", "day", "paid")] + [
    (f"C{number % 40}", f"2025-{number % 12 + 1:02d}-{number % 27 + 1:02d}", 5 + number % 9)
    for number in range(240)
]
MAP = ["--map", "customer=client", "--map", "date=day", "--map", "amount=paid"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(path: str, stray: dict[str, object], sheets: int = 1) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    for cell, value in stray.items():
        book.active[cell] = value
    for number in range(1, sheets):
        book.create_sheet(f"Empty {number}")
    book.save(path)


def calc(path: str) -> tuple[int, Any]:
    done = CliRunner().invoke(app, ["calc", path, *MAP, "--format", "json"], prog_name="ltv")
    return done.exit_code, json.loads(done.stdout or done.stderr)


@pytest.mark.parametrize(
    ("stray", "first"),
    [
        pytest.param({"XFD1048576": 1}, "XFD1048576", id="the last cell of the sheet"),
        pytest.param({"AZ1048576": "see Jo"}, "AZ1048576", id="a note in the last row"),
        pytest.param({"WVU12": 3, "XFD200": 4, "XFD201": 5}, "WVU12", id="columns on the right"),
        pytest.param({"AB1048570": 1, "A242": "C3", "B242": "2025-03-04", "C242": 4},
                     "AB1048570", id="beside a row of the table"),
    ],
)  # fmt: skip
def test_stray_cells_change_no_figure(stray: dict[str, object], first: str) -> None:
    within = {cell: value for cell, value in stray.items() if cell[0] in "ABC" and cell[1] == "2"}
    write("clean.xlsx", within)
    write("stray.xlsx", stray)
    code, document = calc("stray.xlsx")
    assert code == 0, document
    assert document["figures"] == calc("clean.xlsx")[1]["figures"]
    findings = {finding["check"]: finding for finding in document["findings"]}
    assert findings["stray-cells"]["facts"]["cell"] == first
    assert findings["stray-cells"]["facts"]["cells"] == len(stray) - len(within)
    source = document["provenance"]["inputs"][0]
    assert source["rows_read"] == source["rows_used"] == len(ROWS) - 1 + bool(within)


def test_the_sheet_without_stray_cells_is_small(tmp_path: Path) -> None:
    write("stray.xlsx", {"XFD1048576": 1}, sheets=2)
    copy = tmp_path / "copy.csv"
    written = excel.to_csv(Path("stray.xlsx"), "stray.xlsx", None, copy)

    assert (written.name, written.stray and written.stray.count) == ("Sheet", 1)
    assert len(copy.read_text("utf-8").splitlines()) == len(ROWS)
    with zipfile.ZipFile(copy.with_suffix(".xlsx")) as archive:
        assert b"XFD1048576" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_table_far_away_is_not_left_out() -> None:
    """Beyond the gap lie as many cells as before it: nobody can tell which is the table."""
    book = openpyxl.Workbook()
    for number, row in enumerate(ROWS, start=1):
        for place, value in enumerate(row):
            book.active.cell(number, 1 + place, value)
            book.active.cell(number, 9000 + place, value)
    book.active["XFD1048576"] = 1
    book.save("two.xlsx")
    code, document = calc("two.xlsx")

    assert (code, document["error"]["code"]) == (FarCellError.exit_code, "far-cell")


def test_a_note_close_to_the_table_stays_a_column() -> None:
    write("near.xlsx", {"F2": "a note"})
    code, document = calc("near.xlsx")

    assert code == 0
    assert "stray-cells" not in [finding["check"] for finding in document["findings"]]
