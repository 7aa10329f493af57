"""`ltv sources FILE` says how a file is read, and `ltv calc` then reads it in that way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.formats import table
from ltvcli.text.layout import width_of

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

DATA = Path(__file__).parent.parent / "data"
USUAL = {
    "chargebee", "ec_cube", "generic", "shopify", "stripe",
}  # fmt: skip
"""Systems whose exports are read in a usual run of the tests; the others are slow."""
EXPORTS = [
    pytest.param(
        path,
        id=f"{path.parent.name}-{path.stem}",
        marks=() if path.parent.name in USUAL else pytest.mark.slow,
    )
    for path in sorted(DATA.glob("*/*.csv"))
    if path.parent.name != "surveys"  # which calc does not read
]

ORDERS = "ref,Kd-Nr,wann,Umsatz,Status\n" + "".join(
    f"r{n},k{n % 7},2024-0{n % 6 + 1}-03,{'nine' if n == 3 else f'{n}.50'},"
    f"{'cancelled' if n < 2 else 'paid'}\n"
    for n in range(30)
)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def document(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--format", "json").stdout)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", EXPORTS)
def test_what_is_shown_is_what_calc_does(path: Path) -> None:
    shown = run("sources", str(path), "--format", "json")
    read = run("calc", str(path), "--format", "json")

    assert shown.exit_code == read.exit_code or (read.exit_code == 4 and shown.exit_code == 0)
    if read.exit_code:
        return
    (file,) = json.loads(shown.stdout)["tables"]["files"]
    answer = json.loads(read.stdout)
    (expected,) = answer["provenance"]["inputs"]
    assert (file["rows_read"], file["rows_used"]) == (expected["rows_read"], expected["rows_used"])
    assert (file["first_day"], file["last_day"]) == (expected["first"], expected["last"])
    assert (file["profile"], file["currency"]) == (expected["profile"], answer["currency"])
    roles = {
        role: row["column"]
        for row in json.loads(shown.stdout)["tables"]["columns"]
        for role in (row["role"] or "").split(", ")
        if role
    }
    assert roles == expected["columns"]


@pytest.mark.parametrize("path", EXPORTS)
def test_the_page_fits_80_columns(path: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(path, here / "export.csv")
    pages = []
    write = table.render

    def in_both_languages(report: AnyReport, lang: str, *rest: Any, **more: Any) -> str:
        pages.extend(write(report, each, *rest, **more) for each in ("en", "ja"))
        return pages[0]

    monkeypatch.setattr(table, "render", in_both_languages)
    assert run("sources", "export.csv").stdout == pages[0]

    assert pages[0] != pages[1]
    lines = [line for page in pages for line in page.splitlines()]
    # A command to type stays on one line, so that it can be copied.
    assert max(width_of(line) for line in lines if not line.lstrip().startswith("ltv ")) <= 80


def test_each_column_has_a_reason_for_its_role(here: Path) -> None:
    (here / "orders.csv").write_text(ORDERS)

    answer = document("sources", "orders.csv", "--map", "amount=Umsatz")

    assert {row["column"]: row["because"] for row in answer["tables"]["columns"]} == {
        "ref": None, "Kd-Nr": "content", "wann": "content", "Umsatz": "typed", "Status": "status",
    }  # fmt: skip
    assert {row["reason"]: row["rows"] for row in answer["tables"]["excluded"]} == {
        "amount-not-a-number": 1,
        "cancelled": 2,
    }


def test_a_file_that_calc_refuses_is_shown_with_the_error(here: Path) -> None:
    (here / "orders.csv").write_text(
        "order,customer,wann,x\n1,a,2024-01-01,drei\n2,b,2024-01-02,vier\n"
    )

    result = run("sources", "orders.csv")
    refused = run("calc", "orders.csv")

    assert result.exit_code == refused.exit_code == 3
    assert "cannot be read" in result.stdout
    assert "customer  customer  usual name  a, b" in result.stdout


def test_a_file_that_cannot_be_opened_does_not_hide_the_others(here: Path) -> None:
    (here / "orders.csv").write_text(ORDERS)
    (here / "page.csv").write_text("<html><body>log in</body></html>")

    result = run("sources", "orders.csv", "page.csv")

    assert result.exit_code == 3
    assert "1 of 2 files cannot be read." in result.stdout
    assert "Kd-Nr" in result.stdout
    assert "web page" in result.stdout


@pytest.mark.slow
def test_files_that_can_only_be_read_one_by_one_are_refused(here: Path) -> None:
    for name, currency in (("one.csv", "EUR"), ("two.csv", "SEK")):
        rows = "".join(f"{name}{n},c{n % 3},2024-01-0{n + 1},5.00,{currency}\n" for n in range(5))
        (here / name).write_text("order,customer,date,total,currency\n" + rows)

    assert run("sources", "one.csv").exit_code == 0
    assert (
        run("sources", "one.csv", "two.csv").exit_code
        == run("calc", "one.csv", "two.csv").exit_code
    )


def test_a_file_named_like_an_export_is_a_file(here: Path) -> None:
    (here / "shopify").write_text(ORDERS)

    assert "shopify can be read" in run("sources", "shopify").stdout


@pytest.mark.slow
def test_the_next_command_keeps_the_options(here: Path) -> None:
    (here / "orders.csv").write_text(ORDERS)

    answer = document("sources", "orders.csv", "--map", "amount=Umsatz", "--currency", "SEK")

    again = answer["next_command"].split()[1:]
    assert again[:2] == ["calc", "orders.csv"]
    assert {*again[2:]} == {"--map", "amount=Umsatz", "--currency", "SEK"}
    assert run(*again).exit_code == 0


def test_the_proposed_command_reads_the_file(here: Path) -> None:
    (here / "sales.csv").write_text(
        "x1,x2,x3\n" + "".join(f"p{n % 3},2024-0{n % 6 + 1}-03,{n}.50\n" for n in range(1, 9))
    )

    answer = document("sources", "sales.csv")
    (hint,) = [statement for statement in answer["says"] if statement["label"] == "Hint"]
    command = hint["facts"]["command"].split()[1:]

    assert command[:2] == ["calc", "sales.csv"]
    assert "Customers 3" in run(*command).stdout
