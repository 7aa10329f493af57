"""Counting the cells of many records at once gives the same answers as comparing each record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.engines.duckdb import DuckDB
from ltvcli.errors import InputError
from ltvcli.pipeline import read_files
from ltvcli.read.files import open_files, record_finder, record_reader, scan
from ltvcli.read.files.records import Records
from ltvcli.read.files.sheet import Sheet
from ltvcli.settings.settings import Settings
from tests.effort import examples

HEADER = ["order_id", "customer_id", "date", "total"]


def record(number: int) -> list[str]:
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return [str(number), f"c{number % 40}", day, f"{number % 90}.50"]


def saved(
    folder: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", newline: str = "\n"
) -> Path:
    file = folder / "orders.csv"
    text = newline.join(delimiter.join(row) for row in [HEADER, *rows])
    file.write_text(text + newline, encoding="utf-8", newline="")
    return file


def miscounted(rows: list[list[str]], shorter: int, longer: int, by: int) -> list[list[str]]:
    """Move cells from the end of one record to that of another one; of all cells, one is left."""
    rows = [*rows]
    moved = ["x"] * by if by < len(HEADER) else [""] * (by - 1)
    rows[shorter], rows[longer] = rows[shorter][: len(HEADER) - by], rows[longer] + moved
    return rows


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Collect, for each time that records are found again, whether the count was wrong."""
    seen: list[bool] = []
    find_again = open_files.find_again

    def counted(sheets: Sequence[Sheet], temp: Path) -> bool:
        may_be_wrong = any(sheet.records and sheet.records.is_counted for sheet in sheets)
        was_wrong = find_again(sheets, temp)
        if may_be_wrong:
            seen.append(was_wrong)
        return was_wrong

    monkeypatch.setattr(open_files, "find_again", counted)
    return seen


def answer(file: Path, *options: str) -> tuple[int, Any, str]:
    rejects = file.parent / "rejects.csv"
    rejects.unlink(missing_ok=True)
    given = ["calc", str(file), "--format", "json", *options, "--rejects", str(rejects)]
    ran = CliRunner().invoke(app, given)
    written = rejects.read_text() if rejects.exists() else ""
    return ran.exit_code, ran.stdout or ran.stderr, written


@pytest.mark.parametrize(
    ("size", "shorter", "longer", "by", "newline", "delimiter"),
    [
        pytest.param(12, 3, 4, 1, "\n", ",", id="neighbours"),
        pytest.param(4000, -1, 0, 1, "\r\n", ";", id="the last and the first record"),
        pytest.param(4000, 2007, 1002, 2, "\n", "|", id="two cells"),
        pytest.param(12, 5, 9, 4, "\r", "\t", id="a blank line, and empty cells too many"),
    ],
)
def test_a_record_too_short_beside_one_too_long_is_excluded_like_any_other(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    attempts: list[bool],
    size: int,
    shorter: int,
    longer: int,
    by: int,
    newline: str,
    delimiter: str,
) -> None:
    rows = miscounted([record(number) for number in range(size)], shorter, longer, by)
    file = saved(tmp_path, rows, delimiter, newline)
    once_more = answer(file, "--margin", "0.4")
    assert attempts == [True]
    monkeypatch.setattr(record_finder, "counted", lambda *_: 0)
    monkeypatch.setattr(record_finder, "counted_with_quotes", lambda *_: 0)
    assert once_more == answer(file, "--margin", "0.4")
    assert attempts == [True]
    excluded = json.loads(once_more[1])["provenance"]["inputs"][0]["set_aside"]
    assert excluded["ragged"] == 2 - (by == len(HEADER))


def test_a_regular_file_is_read_once(tmp_path: Path, attempts: list[bool]) -> None:
    code, *_ = answer(saved(tmp_path, [record(number) for number in range(50)]), "--margin", "0.4")
    assert (code, attempts) == (0, [])


def test_an_error_of_a_regular_file_stays(tmp_path: Path, attempts: list[bool]) -> None:
    file = saved(tmp_path, [record(number) for number in range(50)])
    code, text, _ = answer(file, "--date-format", "%d.%m.%Y")
    assert (code, attempts) == (3, [False])
    assert "internal" not in text


def test_what_is_not_stored_as_a_whole_is_found_again(tmp_path: Path) -> None:
    rows = miscounted([record(number) for number in range(50)], 20, 30, 1)
    counts: list[int] = []

    def read(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Any:
        (sheet,) = sheets
        assert sheet.records
        counts.append(sheet.records.count)
        return None

    steps: list[str] = []
    file = saved(tmp_path, rows)
    with (
        read_files.open_sheets([file], Settings(), steps.append) as (sheets, temp),
        read_files.stored(sheets, temp, Settings(), None, steps.append, read),
    ):
        assert counts == [50, 48]


LINES = [
    *("a,b,c", "é,,", ",,", "a,b", "a", "", "  ", ",", "a,b,c,", "a,b,c,d", "a,b,c,,"),
    *('"a",b,c', 'a,"b,c",d', '"a""b",,"c"', '"a","b"', '"","","",""', '"a\nb",c,d', 'a,12" b,c'),
]
"""Records of three columns, with cells that are missing or too many, and with quotes."""
line = st.sampled_from(LINES)


connection = duckdb.connect(config={"threads": 1})


@examples(60)
@given(
    st.lists(line, max_size=8),
    st.integers(0, 8),
    st.lists(line, max_size=3),
    st.sampled_from([1, 5, 13, 1000]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n"]),
    st.sampled_from(["c0", "c2", "1"]),
)
def test_rows_that_are_stored_are_the_records(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    at: int,
    last: list[str],
    piece: int,
    newline: str,
    end: str,
    field: str,
) -> None:
    """Whatever the cells of other records, DuckDB refuses what was miscounted, or misses rows."""
    short = sum(3 - len(record_reader.cells(text, ",")) for text in lines)
    balance = (
        ["a,b,c" + ",d" * short] if short >= 0 else [""] * (-short // 2) + ["a,b"] * (-short % 2)
    )
    text = "\n".join(["name,b,c", *["x,y,z"] * 30, *lines[:at], *balance, *lines[at:], *last]) + end
    folder = tmp_path_factory.mktemp("counted")
    file = folder / "sales.csv"
    file.write_text(text.replace("\n", newline), encoding="utf-8", newline="")

    def opened(name: str, *, may_count: bool) -> Sheet:
        (folder / name).mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(record_finder, "PIECE", piece)
            (sheet,) = open_files.open_all([file], Settings(), folder / name, may_count=may_count)
        return sheet

    def described(records: Records | None) -> Any:
        assert records
        return [*records.rows(range(records.count))], [*records.damaged()]

    try:
        exact = described(opened("exact", may_count=False).records)
    except InputError as error:
        with pytest.raises(type(error)):
            opened("counted", may_count=True)
        return
    sheet = opened("counted", may_count=True)
    assert sheet.header == ("name", "b", "c")
    assert sheet.records

    def rows() -> int | None:
        """Count the rows that DuckDB stores, unless it refuses them."""
        source, parameters = scan.relation(sheet)
        created = f"create or replace temp table stored as select {field} as field from {source}"
        try:
            return int(connection.execute(created, parameters).fetchall()[0][0])
        except duckdb.InvalidInputException:
            return None

    if rows() != sheet.records.count:
        assert sheet.records.is_counted
        assert open_files.find_again([sheet], folder / "counted")
        assert rows() == sheet.records.count
    assert described(sheet.records) == exact
