"""Workbooks on the command line: by the ending of the file, of lists too, never on the screen."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from tests import effort
from tests.small_examples import EXAMPLES

SHOP = str(EXAMPLES / "shop" / "orders.csv")
RISK = str(EXAMPLES / "risk" / "customers.csv")
RUNS = {
    "predict": (("predict", SHOP, "--model", "hiatus"), "Backtest"),
    "sources of a file": (("sources", SHOP), "Columns"),
    "every export": (("sources",), "ltv"),
    "a new command": (("risk", "--customers", RISK, "--outcome", "churned"), "Columns"),
    "an audit": (("audit", str(EXAMPLES / "pitch" / "flattering.yaml")), "Summary"),
}


@pytest.mark.parametrize("name", effort.nth(3, RUNS))
def test_the_ending_of_the_file_makes_a_workbook(name: str, tmp_path: Path) -> None:
    typed, sheet = RUNS[name]
    out = tmp_path / "answer.xlsx"
    done = CliRunner().invoke(app, [*typed, "--out", str(out), "-q"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    book = openpyxl.load_workbook(out)
    assert sheet in book.sheetnames
    assert book[sheet].max_row > 5


@pytest.mark.parametrize("typed", [("mrr", SHOP), ("sources",), ("sources", SHOP)])
def test_a_workbook_is_not_written_to_the_screen(typed: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, [*typed, "--format", "xlsx"])
    assert done.exit_code == 2
    assert "--format xlsx needs a file to write to." in done.stderr


def test_a_list_of_terms_has_no_workbook() -> None:
    done = CliRunner().invoke(app, ["explain", "--format", "xlsx"])
    assert done.exit_code == 2
    assert "There is no workbook of ltv explain." in done.stderr
