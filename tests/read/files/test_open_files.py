from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import sys
import threading
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl  # type: ignore[import-untyped]
import pandas as pd
import pytest

from ltvcli import errors
from ltvcli.language import printable
from ltvcli.read.files.open_files import open_all
from ltvcli.settings.settings import Settings
from tests.read.conftest import Read

HEADER = ("id", "who", "day", "amount")
CELLS = [("007", "René", "2026-10-31", "1200"), ("8", None, "2026-11-01", "12.5")]
CSV = "id,who,day,amount\n007,René,2026-10-31,1200\n8,,2026-11-01,12.5\n"

Write = Callable[[Path], Any]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        HEADER,
        ("007", "René", date(2026, 10, 31), 1200),
        ("8", None, datetime(2026, 11, 1), 12.5),
    ):
        book.active.append(row)
    book.create_sheet("empty")
    book.create_sheet("hidden").append(("a", "b"))
    book["hidden"].sheet_state = "hidden"
    book.save(path)
    return path


def parquet(path: Path) -> Path:
    duckdb.execute(
        f"""
        copy (select * from (values
            ('007', 'René', date '2026-10-31', 1200::double),
            ('8',   null,   date '2026-11-01', 12.5)
        ) t(id, who, "day", amount)) to '{path}' (format parquet)
        """
    )
    return path


def frame(_: Path) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["007", "8"],
            "who": pd.Categorical(["René", None]),
            "day": pd.to_datetime(["2026-10-31", "2026-11-01"]),
            "amount": [1200, 12.5],
        },
        index=[5, 5],
    )


def written(data: bytes) -> Write:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(written(CSV.encode()), id="CSV"),
        pytest.param(written(CSV.replace(",", "\t").encode()), id="TSV"),
        pytest.param(written(CSV.replace(",", ";").encode()), id="semicolon"),
        pytest.param(written(gzip.compress(CSV.encode())), id="gzip"),
        pytest.param(workbook, id="Excel"),
        pytest.param(parquet, id="Parquet"),
    ],
)
@pytest.mark.parametrize("name", ["orders.csv", "orders[1].csv", "a*b.gz", "it's ü;.xlsx"])
def test_every_kind_gives_the_same_cells_whatever_its_name(
    tmp_path: Path, read: Read, write: Write, name: str
) -> None:
    (tmp_path / "orders1.csv").write_text("a decoy\n")
    made = tmp_path / "made.xlsx"
    write(made)
    file = made.rename(tmp_path / name)
    sheet, cells, torn = read(file)
    assert (sheet.header, cells, torn) == (HEADER, CELLS, [])
    assert sheet.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert sheet.source == file


def test_a_data_frame_gives_the_same_cells(read: Read) -> None:
    first, cells, _ = read(frame(Path()))
    assert first.header == HEADER
    assert [row[:3] for row in cells] == [row[:3] for row in CELLS]
    assert [float(row[3]) for row in cells] == [1200, 12.5]
    assert read(frame(Path()))[0].sha256 == first.sha256


def test_a_data_frame_with_numbers_for_names_and_ids(read: Read) -> None:
    given = pd.DataFrame([[1.0, 2**53 + 1], [None, 7]], columns=[0, "b"])
    given["n"] = pd.array([1, None], dtype="Int64")
    given["f"] = [0.1, float("nan")]
    sheet, cells, _ = read(given)
    assert sheet.header == ("0", "b", "n", "f")
    assert cells == [("1", "9007199254740993", "1", "0.1"), (None, "7", None, None)]
    assert list(given.columns) == [0, "b", "n", "f"]


@pytest.mark.parametrize(
    ("index", "header"),
    [
        (["id"], HEADER),
        (["id", "who"], HEADER),
        (["who"], ("who", "id", "day", "amount")),
        ([], HEADER),
    ],
)
def test_a_named_index_of_a_data_frame_is_a_column(
    read: Read, index: list[str], header: tuple[str, ...]
) -> None:
    given = frame(Path())
    sheet, cells, _ = read(given.set_index(index) if index else given)
    assert sheet.header == header
    at = [header.index(name) for name in HEADER]
    assert [tuple(row[i] for i in at)[:3] for row in cells] == [row[:3] for row in CELLS]


def test_an_index_that_is_a_column_too_is_not_read_twice(read: Read) -> None:
    assert read(frame(Path()).set_index("id", drop=False))[0].header == HEADER


def test_a_data_frame_with_whatever_cells(read: Read) -> None:
    given = pd.DataFrame({"b": [1e300, float("inf"), 1]})
    given.insert(0, "a", pd.Series(["x\ry", 'q"', "\ud800"], dtype=object))
    _, cells, torn = read(given)
    assert torn == []
    assert cells == [("x\ny", "1e+300"), ('q"', "inf"), ("\\ud800", "1.0")]


def test_standard_input(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(CSV.encode()))))
    sheet, cells, _ = read("-")
    assert (sheet.name, sheet.source, cells) == ("-", None, CELLS)


def test_a_named_pipe_is_read_like_a_file(tmp_path: Path, read: Read) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(CSV,))
    writer.start()
    assert read(pipe)[1] == CELLS
    writer.join()


def test_patterns_are_expanded_in_order(tmp_path: Path, temp: Path) -> None:
    for name in ("b-2.csv", "b-10.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text(CSV)
    (tmp_path / "folder.csv").mkdir()
    sheets = open_all([f"{tmp_path}/*.csv", tmp_path / "c.txt"], Settings(), temp)
    assert [Path(sheet.name).name for sheet in sheets] == ["a.csv", "b-10.csv", "b-2.csv", "c.txt"]


def test_a_sheet_is_named_in_brackets(tmp_path: Path, read: Read) -> None:
    book = openpyxl.Workbook()
    for name in ("One", "Two"):
        made = book.create_sheet(name)
        made.append(("customer", "amount"))
        made.append((name, True))
    book.create_sheet("Notes", 0).append(("a note",))
    file = tmp_path / "book.xlsx"
    book.save(file)
    sheet, cells, _ = read(f"{file}[Two]")
    assert (sheet.name, cells) == (f"{file}[Two]", [("Two", "true")])
    with pytest.raises(errors.SeveralSheetsError) as caught:
        read(file)
    assert caught.value.facts["sheets"] == ["Notes", "One", "Two"]
    assert caught.value.facts["longest"] == "One"
    with pytest.raises(errors.NoSuchSheetError):
        read(f"{file}[Three]")


def test_lines_of_a_sheet_are_the_rows_a_person_sees(tmp_path: Path, read: Read) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B3"], book.active["C3"] = "customer", "amount"
    book.active["B4"], book.active["C4"] = "two\nlines", 10**15
    file = tmp_path / "book.xlsx"
    book.save(file)
    sheet, cells, _ = read(file)
    assert (sheet.skip, cells) == (3, [("two lines", "1000000000000000")])


@pytest.mark.parametrize("row", ["1,a,2026-01-02,20", "1,a"], ids=["regular", "ragged"])
def test_the_header_stays_on_its_line_when_records_are_copied(
    tmp_path: Path, temp: Path, row: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"Orders of 2026\nid,who,day,total\n{row}\n" + "2,b,2026-01-03,30\n" * 3)
    (sheet,) = open_all([file], Settings(), temp)
    assert sheet.skip == 2


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("_", "/"), data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", errors.EmptyFileError, id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n", errors.EmptyFileError, id="white space"),
        pytest.param(b"\n" * 5000, errors.EmptyFileError, id="many blank lines"),
        pytest.param(b"a,b\n", errors.HeaderOnlyError, id="header only"),
        pytest.param(b"%PDF-1.7\n", errors.BinaryFileError, id="PDF"),
        pytest.param(b"\x89PNG\r\n", errors.BinaryFileError, id="image"),
        pytest.param(zipped(a=b"b"), errors.BinaryFileError, id="ZIP"),
        pytest.param(b"PK\3\4 cut short", errors.BinaryFileError, id="ZIP, cut short"),
        pytest.param(zipped(xl_workbook=b"<"), errors.ExcelBrokenError, id="broken Excel"),
        pytest.param(OLE, errors.LegacyExcelError, id="old Excel"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), errors.PasswordError, id="password"
        ),
        pytest.param(b"SQLite format 3\0", errors.BinaryFileError, id="SQLite"),
        pytest.param(b"PAR1 and no more", errors.ParquetBrokenError, id="broken Parquet"),
        pytest.param(b"\xef\xbb\xbf\n <!DOCTYPE html>", errors.HtmlFileError, id="web page"),
        pytest.param(b"<HTML lang=ja>", errors.HtmlFileError, id="web page without doctype"),
        pytest.param(b'{"orders": []}', errors.JsonFileError, id="JSON object"),
        pytest.param(b'[\n {"id": 1}]', errors.JsonFileError, id="JSON list"),
        pytest.param(gzip.compress(b""), errors.EmptyFileError, id="empty gzip"),
        pytest.param(gzip.compress(b"%PDF"), errors.BinaryFileError, id="PDF in gzip"),
        pytest.param(
            gzip.compress(gzip.compress(b"a,b\n1,2\n")), errors.BinaryFileError, id="gzip twice"
        ),
        pytest.param(gzip.compress(CSV.encode())[:-9], errors.GzipBrokenError, id="cut gzip"),
        pytest.param(b"\x1f\x8b\x08 not at all", errors.GzipBrokenError, id="broken gzip"),
        pytest.param(gzip.compress(bytes(150_000_000), 1), errors.GzipBombError, id="gzip bomb"),
        pytest.param(b"a\0b,c\n", errors.NulBytesError, id="NUL"),
        pytest.param(bytes(range(128, 256)) * 9, errors.UndecodableError, id="junk"),
    ],
)
def test_refused_by_what_is_in_it(
    tmp_path: Path, read: Read, data: bytes, error: type[errors.LtvError]
) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(data)
    with pytest.raises(error) as caught:
        read(file)
    assert str(file) in str(caught.value)
    assert caught.value.hint.format(**caught.value.facts)


def test_a_missing_file_suggests_its_neighbours(tmp_path: Path, read: Read) -> None:
    (tmp_path / "orders.csv").write_text(CSV)
    with pytest.raises(errors.MissingFileNearError) as caught:
        read(tmp_path / "order.csv")
    assert caught.value.facts["near"] == [str(tmp_path / "orders.csv")]
    for path in ("no-folder/x.csv", "", "a\0b", "x" * 5000):
        with pytest.raises((errors.MissingFileError, errors.UnreadableFileError)):
            read(path)
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(errors.MissingFileError):
        read(tmp_path / "link")


def test_a_pattern_without_a_match(tmp_path: Path, read: Read) -> None:
    with pytest.raises(errors.NoMatchError):
        read(f"{tmp_path}/orders-*.csv")


def test_a_folder_suggests_its_files(tmp_path: Path, read: Read) -> None:
    with pytest.raises(errors.FolderError) as caught:
        read(f"{tmp_path}/")
    assert f"{tmp_path}/*.csv" in caught.value.hint.format(**caught.value.facts)


def test_one_file_twice(tmp_path: Path, temp: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(CSV)
    (tmp_path / "link.csv").symlink_to(file)
    for again in (file, f"{tmp_path}/./orders.csv", f"{tmp_path}/*.csv", tmp_path / "link.csv"):
        with pytest.raises(errors.SameFileTwiceError):
            open_all([file, again], Settings(), temp)


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        pytest.param(PermissionError(errno.EACCES, "no"), errors.NoPermissionError, id="rights"),
        pytest.param(OSError(errno.EIO, "I/O error"), errors.UnreadableFileError, id="bad disk"),
        pytest.param(OSError(errno.ENOSPC, "full"), errors.DiskFullError, id="full disk"),
    ],
)
def test_what_the_system_refuses(
    tmp_path: Path,
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
    raised: OSError,
    error: type[errors.LtvError],
) -> None:
    def refuse(*_: Any) -> Any:
        raise raised

    file = tmp_path / "orders.csv"
    file.write_text(CSV)
    monkeypatch.setattr("ltvcli.read.files.open_files.kind", refuse)
    with pytest.raises(error):
        read(file)


def test_unpacking_stops_before_the_disk_is_full(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 2_000_000}))
    file = tmp_path / "orders.csv.gz"
    file.write_bytes(gzip.compress(CSV.encode() + b"1,2,3,4\n" * 500_000))
    with pytest.raises(errors.DiskFullError):
        read(file)


def test_a_workbook_that_unpacks_to_more_than_any_sheet(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ltvcli.read.files.excel._LARGEST", 1000)
    with pytest.raises(errors.ExcelBombError):
        read(workbook(tmp_path / "book.xlsx"))


@pytest.mark.parametrize("evil", ["[bold]\x1b[31mred\x07[/]", "a\u202eb", "=cmd()"])
def test_text_is_data_in_names_and_cells(tmp_path: Path, read: Read, evil: str) -> None:
    file = tmp_path / f"{evil.replace('/', '_')}.csv"
    file.write_text(f'{evil},amount\n"{evil}",1\n', encoding="utf-8")
    sheet, cells, _ = read(file)
    assert sheet.header[0] == evil
    assert cells == [(evil, "1")]
    assert "\x1b" not in printable(sheet.name)


def test_a_name_that_is_not_unicode(tmp_path: Path, read: Read) -> None:
    file = os.fsencode(tmp_path) + b"/\xff.csv"
    with open(file, "w") as out:
        out.write(CSV)
    assert len(read(os.fsdecode(file))[1]) == 2
