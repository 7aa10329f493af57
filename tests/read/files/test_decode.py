from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.errors import (
    NulBytesError,
    UndecodableError,
    UnknownEncodingError,
    WrongEncodingError,
)
from ltvcli.read.files import decode, open_files, record_finder
from tests.read.conftest import Read

TEXT = "注文,顧客,合計\n1,山田 太郎,1200\n2,はしご高は髙,300\n"
CELLS = [("1", "山田 太郎", "1200"), ("2", "はしご高は髙", "300")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(TEXT.encode(), "utf-8", id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "utf-8", id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("cp932"), "cp932", id="CP932"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16", id="UTF-16 little"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", id="UTF-16 big"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), "utf-8", id="CRLF"),
        pytest.param(TEXT.replace("\n", "\r").encode(), "utf-8", id="lone CR"),
        pytest.param(TEXT.replace("\n", "\r\n", 1).encode(), "utf-8", id="CRLF then LF"),
        pytest.param(TEXT.replace("\n", "\r", 2).encode(), "utf-8", id="CR then LF"),
        pytest.param(TEXT.rstrip().encode(), "utf-8", id="no newline at the end"),
    ],
)
def test_however_it_is_written_the_cells_are_the_same(
    tmp_path: Path, read: Read, data: bytes, encoding: str
) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(data)
    sheet, cells, torn = read(file)
    assert (sheet.header, cells, torn) == (("注文", "顧客", "合計"), CELLS, [])
    assert sheet.encoding == encoding


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_plain_utf8_is_read_where_it_is(tmp_path: Path, newline: str, mark: bytes) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(mark + TEXT.replace("\n", newline).encode())
    assert decode.decode(file, "orders.csv", None, tmp_path / "copy").path == file
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
@pytest.mark.parametrize("block", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\r"])
def test_characters_and_line_ends_across_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, block: int, newline: str
) -> None:
    monkeypatch.setattr(decode, "BLOCK", block)
    file, copy = tmp_path / "orders.csv", tmp_path / "copy"
    file.write_bytes(TEXT.replace("\n", newline).encode(encoding))
    decoded = decode.decode(file, "orders.csv", None, copy)
    text = decoded.path.read_bytes().decode()
    if decoded.path == copy:
        assert text == TEXT.replace("\n", "\n" * len(newline) if newline == "\n\r" else "\n")
    assert (decoded.path == copy) == (encoding != "utf-8" or newline == "\n\r")


@given(data=st.binary(max_size=40), block=st.integers(1, 9))
def test_what_is_valid_does_not_depend_on_the_blocks(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, block: int
) -> None:
    folder = tmp_path_factory.mktemp("decode")
    (folder / "file").write_bytes(data)

    def outcome(size: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(decode, "BLOCK", size)
            try:
                text = decode.decode(folder / "file", "file", None, folder / "copy")
            except (NulBytesError, UndecodableError, WrongEncodingError):
                return "refused"
            return text.encoding, text.path.read_bytes()

    assert outcome(block) == outcome(1 << 20)


def is_plain(file: Path, block: int) -> bool:
    try:
        with decode.PlainFile(file) as opened:
            while opened.read(block):
                pass
    except decode.NotPlainError:
        return False
    return True


PARTS = (b"a", b",", b"\r", b"\n", b"\r\n", "髙".encode(), b"\xe9\xab", "髙".encode("cp932"), b"\0")


@given(
    parts=st.lists(st.sampled_from(PARTS), max_size=12),
    mark=st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE]),
    block=st.integers(1, 9),
)
def test_a_file_is_plain_as_it_is_read_if_decoding_leaves_it_where_it_is(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], mark: bytes, block: int
) -> None:
    folder = tmp_path_factory.mktemp("plain")
    file = folder / "file"
    file.write_bytes(mark + b"".join(parts))
    try:
        stays = decode.decode(file, "file", None, folder / "copy").path == file
    except (NulBytesError, UndecodableError, WrongEncodingError):
        stays = False
    assert is_plain(file, block) == stays


def test_a_plain_file_is_read_once(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_files, "decode", None)
    file = tmp_path / "orders.csv"
    file.write_bytes(TEXT.encode())
    assert read(file)[1] == CELLS


BEGIN = "id,who\n1,a\n2\n3,"  # the second record is damaged, so that the others are copied


@pytest.mark.parametrize(
    ("late", "encoding", "cell"),
    [
        pytest.param("髙\n".encode("cp932"), "cp932", "髙", id="CP932"),
        pytest.param(b"b\r\n", "utf-8", "b", id="another line ending"),
        pytest.param(b"b\r", "utf-8", "b", id="another line ending at the end"),
        pytest.param(b'"b\r\nc"\n', "utf-8", "b\nc", id="another line ending within a cell"),
        pytest.param("髙\n".encode()[:-2] + b"\n", "cp932", "鬮", id="half a character"),
    ],
)
def test_what_is_not_plain_shows_late(
    tmp_path: Path,
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
    late: bytes,
    encoding: str,
    cell: str,
) -> None:
    monkeypatch.setattr(decode, "BLOCK", len(BEGIN))
    monkeypatch.setattr(record_finder, "PIECE", 4)
    file = tmp_path / "orders.csv"
    file.write_bytes(BEGIN.encode() + late)
    assert decode.begins_plain(file, None)
    sheet, cells, torn = read(file)
    assert (sheet.encoding, torn) == (encoding, [(3, "ragged")])
    assert cells == [("1", "a"), ("3", cell)]


def test_nul_bytes_that_come_late_are_refused(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "BLOCK", len(BEGIN))
    file = tmp_path / "orders.csv"
    file.write_bytes(BEGIN.encode() + b"\0\n")
    with pytest.raises(NulBytesError) as caught:
        read(file)
    assert caught.value.facts["line"] == 4


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "latin-1"])
def test_a_declared_encoding_is_not_taken_for_plain(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(b"id,who\n1,a\n")
    assert decode.begins_plain(file, "utf-8")
    assert not decode.begins_plain(file, encoding)


def test_neither_utf8_nor_cp932_names_the_flag(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes("café,1\n".encode("latin-1"))
    with pytest.raises(UndecodableError) as caught:
        decode.decode(file, "latin.csv", None, tmp_path / "copy")
    assert "--encoding" in caught.value.hint


def test_bytes_undefined_in_cp932_are_not_taken_for_it(tmp_path: Path) -> None:
    file = tmp_path / "windows.csv"
    file.write_bytes(b"price\n5 \x80\n")  # the euro sign of Windows
    with pytest.raises(UndecodableError):
        decode.decode(file, "windows.csv", None, tmp_path / "copy")


def test_a_late_byte_decides_too(tmp_path: Path) -> None:
    file = tmp_path / "late.csv"
    file.write_bytes(b"a,b\n" * 1_000_000 + "髙,1\n".encode("cp932"))
    assert decode.decode(file, "late.csv", None, tmp_path / "copy").encoding == "cp932"


def test_encoding_is_obeyed(tmp_path: Path, read: Read) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes("customer,amount\nRené,1\n".encode("latin-1"))
    assert read(file, encoding="latin-1")[1] == [("René", "1")]


@pytest.mark.parametrize(
    ("data", "encoding", "line"),
    [
        pytest.param(b"a,b\n1,2\n3,\xff\n", "utf-8", 3, id="UTF-8"),
        pytest.param(b"a,b\n1,\xe9,\n", "cp932", 2, id="CP932"),
        pytest.param(b"a,b\n1,\xe9\n", "ascii", 2, id="ASCII"),
        pytest.param(codecs.BOM_UTF8 + b"a\n\n\xff", None, 3, id="marked as UTF-8, but is not"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\0\n\0b", None, 2, id="half a character at the end"),
    ],
)
def test_a_wrong_encoding_gives_the_position(
    tmp_path: Path, data: bytes, encoding: str | None, line: int
) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(data)
    with pytest.raises(WrongEncodingError) as caught:
        decode.decode(file, "orders.csv", encoding, tmp_path / "copy")
    assert caught.value.facts["line"] == line


@pytest.mark.parametrize("encoding", ["no-such", "base64", "rot13", "undefined", "a\0b", " "])
def test_an_unknown_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(UnknownEncodingError):
        decode.decode(file, "orders.csv", encoding, tmp_path / "copy")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"a,b\n1,2\n\x003,4\n", 3, id="a stray NUL"),
        pytest.param("a,b\n1,2\n".encode("utf-16-le"), 1, id="UTF-16 without a mark"),
        pytest.param("注文\n\0\n".encode("cp932"), 2, id="in CP932"),
    ],
)
def test_nul_bytes_are_refused(tmp_path: Path, data: bytes, line: int) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(data)
    with pytest.raises(NulBytesError) as caught:
        decode.decode(file, "orders.csv", None, tmp_path / "copy")
    assert caught.value.facts["line"] == line
