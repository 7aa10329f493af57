from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb as library
import pytest

from ltvcli import targets
from ltvcli.engines import duckdb
from ltvcli.errors import RejectsError, RejectsIsInputError
from ltvcli.read import rejects
from ltvcli.read.files.open_files import open_all
from ltvcli.read.files.scan import relation
from ltvcli.settings.settings import Settings

Write = Callable[[Sequence[Path], Sequence[tuple[int, int, str]]], list[list[str]]]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "rejects.csv"


@pytest.fixture
def write(temp: Path, out: Path) -> Write:
    """Read `files`, set `aside` (sheet, record, reason), and return the written file."""

    def write(files: Sequence[Path], aside: Sequence[tuple[int, int, str]]) -> list[list[str]]:
        sheets = open_all(files, Settings(), temp)
        with duckdb.open([sheet.path for sheet in sheets], temp, None) as engine:
            engine.execute("create table excluded_rows(sheet integer, record bigint, reason text)")
            for row in aside:
                engine.execute("insert into excluded_rows values ($1, $2, $3)", row)
            for sheet in sheets:
                source, parameters = relation(sheet)
                engine.execute(f"create or replace table t as from {source}", parameters)
            rejects.write(engine, sheets, out)
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    return write


def saved(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_rows_are_in_file_order_with_line_numbers(tmp_path: Path, write: Write) -> None:
    sheet = saved(tmp_path / "one.csv", "id,amount\n1,x\n2\n3,y\n4,5\n6,z,7\n8,w\n")
    two = saved(tmp_path / "two.csv", 'id,who,amount\n\n1,"a\nb",2\n3,"c\nd",4\n5,6\n')
    aside = [(0, 0, "no-amount"), (0, 1, "no-amount"), (0, 3, "no-amount"), (1, 1, "guest")]
    assert write([sheet, two], aside) == [
        ["file", "line", "reason", "id", "who", "amount"],
        [str(sheet), "2", "no-amount", "1", "x"],
        [str(sheet), "3", "ragged", "2"],
        [str(sheet), "4", "no-amount", "3", "y"],
        [str(sheet), "6", "ragged", "6", "z", "7"],
        [str(sheet), "7", "no-amount", "8", "w"],
        [str(two), "5", "guest", "3", r"c\nd", "4"],
        [str(two), "7", "ragged", "5", "6"],
    ]


def test_nothing_set_aside_leaves_a_header(tmp_path: Path, write: Write) -> None:
    file = saved(tmp_path / "one.csv", "id,amount\n1,2\n")
    assert write([file], []) == [["file", "line", "reason", "id", "amount"]]


def test_formulas_are_kept_from_running(tmp_path: Path, write: Write) -> None:
    file = saved(tmp_path / "one.csv", 'id,=amount\n=1+1,-5\n@x,+a\n"\tx",-\n')
    rows = write([file], [(0, record, "test") for record in range(3)])
    assert [row[3:] for row in rows] == [
        ["id", "'=amount"],
        ["'=1+1", "-5"],
        ["'@x", "'+a"],
        [r"\tx", "'-"],
    ]


def test_parquet_rows_are_numbered(tmp_path: Path, write: Write) -> None:
    file = tmp_path / "one.parquet"
    library.execute(f"copy (select i as id, 'x' as who from range(9) t(i)) to '{file}'")
    assert write([file], [(0, 7, "guest")])[1:] == [[str(file), "8", "guest", "7", "x"]]


def test_order_holds_in_a_large_file(tmp_path: Path, write: Write) -> None:
    text = "id,amount\n" + "".join(f"{i},1\n" for i in range(600_000))
    rows = write([saved(tmp_path / "one.csv", text)], [(0, i, "x") for i in (5, 599_999)])
    assert [row[1:4] for row in rows[1:]] == [["7", "x", "5"], ["600001", "x", "599999"]]


def test_an_input_is_never_replaced(tmp_path: Path, write: Write, out: Path) -> None:
    file = saved(tmp_path / "one.csv", "id,amount\n1,2\n")
    out.symlink_to(file)
    with targets.run({}), pytest.raises(RejectsIsInputError):
        write([file], [])
    assert file.read_text() == "id,amount\n1,2\n"


def test_what_was_there_stays_when_writing_fails(
    tmp_path: Path, write: Write, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.write_text("before")
    monkeypatch.setattr(rejects, "_torn", lambda *_: 1 / 0)
    file = saved(tmp_path / "one.csv", "id,amount\n1,2\n")
    with pytest.raises(ZeroDivisionError):
        write([file], [])
    assert out.read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"one.csv", "rejects.csv", "private"}


def test_a_place_that_cannot_be_written(tmp_path: Path, write: Write, out: Path) -> None:
    file = saved(tmp_path / "one.csv", "id,amount\n1,2\n")
    out.mkdir()
    with pytest.raises(RejectsError):
        write([file], [])


def test_a_folder_that_is_not_there(tmp_path: Path, temp: Path) -> None:
    sheets = open_all([saved(tmp_path / "one.csv", "id,amount\n1,2\n")], Settings(), temp)
    with (
        duckdb.open([sheets[0].path], temp, None) as engine,
        pytest.raises(RejectsError),
    ):
        rejects.write(engine, sheets, tmp_path / "nowhere" / "rejects.csv")
