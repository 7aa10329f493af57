"""No cell of any file that is written begins a row, runs as a formula or drives a terminal."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.spreadsheets import as_cell

STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"]
BEFORE = ["", " ", "   ", "\t", "\r", "\n", "\r\n", "\u3000", "\u00a0", "\ufeff", "\u200b", "\x1f"]
CORPUS = [
    *(f"{before}{start}1+1" for before in BEFORE for start in STARTS),
    *(f"{before}{start}cmd|' /C calc'!A0" for before in BEFORE for start in STARTS[:4]),
    '=HYPERLINK("http://example.com?"&A1,"click")', "@SUM(1+1)*cmd", "+81 90-0000-0000", "-", "--",
    "-2+3", "-12.50x", "+1,5;", "=", "a\r=1+1", "a\n=1+1", "a\r\n@x", "\r", "\n", "\n\n-x",
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "bell\x07", "back\x08space", "nel\x85=1",
    "ls\u2028=1",
    "ps\u2029=1", "\u202egnp.exe", "\u2066x\u2069", "vt\x0b=1", "ff\x0c=1", "c1\x9b31m", "\x7f",
    'quote "', '"=1+1"', "a,=1+1", "'=1+1", "half \ud83d",
]  # fmt: skip
HARMLESS = [
    "12", "-12.50", "+3", "-1,234.5", "-.5", "-5%", "2025-01-31", "山田　太郎", "José", "a-b", 
    "a=b",
    "x@example.com", "1+1", "007", "👩‍👩‍👧", "'quoted'", "ｱｲｳ", "100％", "#1001", "",
    "tab or = inside",
]  # fmt: skip
DANGER = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
NUMBER = re.compile(r"[-+]?[0-9.,]*[0-9][0-9.,]*%?")


def is_safe(cell: str) -> bool:
    control = [c for c in cell if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs")]
    turned = [
        c for c in cell if unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "RLI", "LRI")
    ]
    formula = DANGER.match(cell) and not NUMBER.fullmatch(cell)
    return not (control or turned or formula)


def test_the_corpus_is_dangerous_as_it_is() -> None:
    assert len(CORPUS) >= 150
    assert [cell for cell in CORPUS if is_safe(cell) and cell not in ('"=1+1"', "'=1+1")] == [
        'quote "', "a,=1+1"
    ]  # fmt: skip


@pytest.mark.parametrize("text", CORPUS)
def test_dangerous_text_is_made_safe(text: str) -> None:
    assert is_safe(str(as_cell(text)))


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert as_cell(text) == text


@pytest.mark.parametrize("value", [12, -3.5, 0, None, True, date(2026, 1, 31)])
def test_values_that_are_no_text_stay_as_they_are(value: object) -> None:
    assert as_cell(value) is value


@given(st.text(max_size=20))
def test_any_text_is_made_safe(text: str) -> None:
    cell = str(as_cell(text))
    assert is_safe(cell)
    assert as_cell(cell) == cell
    cell.encode("utf-8")


@pytest.fixture
def ids() -> list[str]:
    """Those of the corpus that a file of UTF-8 can hold, each different."""
    return list(dict.fromkeys(text for text in CORPUS if "\ud83d" not in text))


def table(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(text.splitlines()) == len(rows)
    assert all(is_safe(cell) for row in rows for cell in row)
    return rows


def test_rejects_hold_nothing_dangerous(
    ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open("shop.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(["customer", "date", "amount", "=note", "\tmore"])
        out.writerows(["c1", "2025-02-0" + str(n % 9 + 1), "10", "fine", ""] for n in range(900))
        out.writerows(["c1", "no day", "10", text, text] for text in ids)
    done = CliRunner().invoke(app, ["calc", "shop.csv", "--rejects", "r.csv"], prog_name="ltv")
    assert done.exit_code == 0, done.output
    assert len(table(tmp_path / "r.csv")) == 1 + len(ids)


@pytest.mark.slow
def test_a_customer_for_each_dangerous_id_is_written_safely(
    ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open("shop.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(["customer", "date", "amount", "cost"])
        for number, text in enumerate([*ids, *HARMLESS]):
            for month in range(number % 4, 9, 2):
                out.writerow([text, f"2025-{month + 1:02d}-1{number % 7}", "20", "90"])
    arguments = ["predict", "shop.csv", "--plain-ids", "--out", "out.csv"]
    done = CliRunner().invoke(app, arguments, prog_name="ltv")
    assert done.exit_code == 0, done.output
    written = [row[0] for row in table(tmp_path / "out.csv")[1:]]
    assert len(written) > 60
    assert {"José", "007", "x@example.com"} <= set(written)

    arguments = ["segments", "shop.csv", "--minus", "--plain-ids", "--format", "csv"]
    done = CliRunner().invoke(app, [*arguments, "--out", "minus.csv"], prog_name="ltv")
    assert done.exit_code == 0, done.output
    assert len(table(tmp_path / "minus.csv")) > 10
