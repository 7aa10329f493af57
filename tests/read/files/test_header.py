from __future__ import annotations

from pathlib import Path

import pytest

from ltvcli.errors import (
    EmptyFileError,
    HeaderOnlyError,
    HeaderWidthError,
    InputError,
    NoHeaderError,
    OneColumnError,
)
from ltvcli.read.files.header import Header, header
from tests.read.conftest import Read


def of(tmp_path: Path, text: str, **chosen: str) -> Header:
    file = tmp_path / "orders.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return header(file, "orders.csv", chosen)


@pytest.mark.parametrize(
    ("text", "delimiter", "skip", "names"),
    [
        pytest.param("a,b\nx,1\n", ",", 1, ("a", "b"), id="comma"),
        pytest.param("a\tb\nx\t1,5\n", "\t", 1, ("a", "b"), id="tab, comma in a cell"),
        pytest.param("a;b;c\nx;1,5;2,5\n", ";", 1, ("a", "b", "c"), id="decimal commas"),
        pytest.param("a|b\nx|1\n", "|", 1, ("a", "b"), id="bar"),
        pytest.param(
            "id,tags\n1,x;y;z;w\n2,x;y;z;w\n", ",", 1, ("id", "tags"), id="lists in cells"
        ),
        pytest.param("\ufeffa,b\nx,1\n", ",", 1, ("a", "b"), id="byte order mark"),
        pytest.param('"a"," b ",c\nx,1,2\n', ",", 1, ("a", "b", "c"), id="quotes and space"),
        pytest.param('a, "b"\nx,1\n', ",", 1, ("a", "b"), id="quote after a space"),
        pytest.param('"a\nb",c\nx,1\n', ",", 1, ("a b", "c"), id="line break in a name"),
        pytest.param("送料,a,送料\n1,x,2\n", ",", 1, ("送料", "a", "送料"), id="a name twice"),
        pytest.param("a,b,\nx,1,\ny,2,\n", ",", 1, ("a", "b"), id="delimiter at every end"),
        pytest.param("a,b\nx,1,\ny,2,\n", ",", 1, ("a", "b"), id="delimiter at the end of rows"),
        pytest.param("a,,b\nx,3,1\n", ",", 1, ("a", "", "b"), id="a column without a name"),
        pytest.param("\n\na,b\nx,1\n", ",", 3, ("a", "b"), id="blank lines first"),
        pytest.param("a,b\n#1001,x\n", ",", 1, ("a", "b"), id="a hash is no comment"),
        pytest.param("#a,b\n#1001,x\n", ",", 1, ("#a", "b"), id="a hash in a name"),
        pytest.param(
            'Campaign report\n"May 1, 2026 - May 3, 2026"\nDay,Cost\n2026-05-01,1\n',
            ",",
            3,
            ("Day", "Cost"),
            id="two titles",
        ),
        pytest.param(
            "Report,,,\n,,,\na,b,c,d\nx,1,2,3\ny,3,4,5\n",
            ",",
            3,
            ("a", "b", "c", "d"),
            id="titles padded to full width",
        ),
        pytest.param("a,b,c\nx,1,2\ny,2\nz,3,4\n", ",", 1, ("a", "b", "c"), id="one ragged row"),
        pytest.param("a,b,c\nx,1,2,3\n", ",", 1, ("a", "b", "c"), id="only a ragged row"),
        pytest.param("a\u2028b,c\nx,1\n", ",", 1, ("a b", "c"), id="exotic line separator"),
        pytest.param("a,b\r\nx,1\r\n", ",", 1, ("a", "b"), id="CRLF"),
        pytest.param("a,b\rx,1\r", ",", 1, ("a", "b"), id="lone CR"),
    ],
)
def test_the_header_is_found_with_its_delimiter(
    tmp_path: Path, text: str, delimiter: str, skip: int, names: tuple[str, ...]
) -> None:
    assert of(tmp_path, text) == Header(names=names, delimiter=delimiter, skip=skip)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param("", EmptyFileError, id="nothing"),
        pytest.param("\n \n\r\n", EmptyFileError, id="blank lines"),
        pytest.param("a,b\n", HeaderOnlyError, id="header only"),
        pytest.param("a,b", HeaderOnlyError, id="header only, no newline"),
        pytest.param("a,b\n\n,\n", HeaderOnlyError, id="blank rows only"),
        pytest.param("customer\nx\ny\n", OneColumnError, id="one column"),
        pytest.param(" a  b\n 1  2\n", OneColumnError, id="lined up with spaces"),
        pytest.param("1,2026-01-01,12.5\n2,2026-01-02,3\n", NoHeaderError, id="no header: a date"),
        pytest.param("a@x.jp,first\nb@x.jp,second\n", NoHeaderError, id="no header: mail"),
        pytest.param("00001,19970101,1,11.77\n", NoHeaderError, id="no header: numbers"),
        pytest.param("alice,￥1200\nbob,￥300\n", NoHeaderError, id="no header: money"),
        pytest.param(
            "a,b\nx,1,2\ny,3,4\nz,5,6\n", HeaderWidthError, id="rows wider than their header"
        ),
    ],
)
def test_a_file_without_rows_or_with_a_broken_header_is_refused(
    tmp_path: Path, text: str, error: type[InputError]
) -> None:
    with pytest.raises(error):
        of(tmp_path, text)


def test_columns_by_number_replace_a_header(tmp_path: Path, read: Read) -> None:
    file = tmp_path / "cdnow.csv"
    file.write_text("00001,19970101,1,11.77\n00002,19970112,1,12.00\n")
    sheet, cells, _ = read(file, map={"customer": "1", "date": "2", "amount": "4"})
    assert sheet.header == ("1", "2", "3", "4")
    assert [row[0] for row in cells] == ["00001", "00002"]


def test_columns_by_number_leave_a_real_header_alone(tmp_path: Path) -> None:
    assert of(tmp_path, "a,b\nx,1\n", customer="1", amount="2").names == ("a", "b")


def test_a_file_longer_than_the_sample(tmp_path: Path) -> None:
    shape = of(tmp_path, 'a,b\n"x\ny",2\n' + '1,"x\n,,,,\n"\n' * 30_000)
    assert shape == Header(names=("a", "b"), delimiter=",", skip=1)


def test_a_first_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        of(tmp_path, "1,2," * 1_250_000)
