"""Records of a file are found, counted and placed without the engine that reads their cells."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.errors import UnclosedQuoteError
from ltvcli.read.files import record_finder, records
from ltvcli.read.files.cutting import _slowly, cut
from ltvcli.read.files.record_finder import find
from ltvcli.read.files.record_reader import Form, Reader, cells
from ltvcli.read.files.records import Records
from tests.effort import examples

HEADER = "ref,shopper,spent\n"


def found(folder: Path, text: str, *, piece: int = 1 << 19, longest: int = 1_000_000) -> Records:
    """Find the records of a text with three columns in pieces of a few bytes."""
    path = folder / "sales.csv"
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "PIECE", piece)
        patch.setattr(record_finder, "PIECE", piece)
        patch.setattr(record_finder, "Form", partial(Form, longest=longest))
        return find(path, "sales.csv", ",", 3, 1, folder / "repaired.csv")


def placed(got: Records) -> list[tuple[int, list[str]]]:
    return [(line, got.cells(text)) for line, text in got.rows(range(got.count))]


def broken(got: Records) -> list[tuple[int, str]]:
    return [(line, reason) for line, reason, _ in got.damaged()]


def test_damaged_records_are_kept_apart_with_their_lines(tmp_path: Path) -> None:
    got = found(tmp_path, HEADER + 'a,b,1\nc,2\n\n"d\ne",f,3\ng,"h"i,4\nj,k,5,6\nl,m,7')
    assert placed(got) == [(2, ["a", "b", "1"]), (5, ["d\ne", "f", "3"]), (9, ["l", "m", "7"])]
    assert broken(got) == [(3, "ragged"), (7, "bad-quote"), (8, "ragged")]
    assert got.excluded == {"ragged": 2, "bad-quote": 1}
    assert got.path.read_text() == 'a,b,1\n"d\ne",f,3\nl,m,7\n'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a,b,1\nc,d,2\n", id="plain"),
        pytest.param("a,b,1,\nc,d,2,\n", id="a delimiter at the end of every row"),
        pytest.param('"a","b","1"\n"c","d\ne","2"\n', id="quoted"),
        pytest.param('a, "b",1\nc,d,2\n', id="a space before a quote"),
        pytest.param("a,b,1\n\n\nc,d,2", id="blank lines"),
    ],
)
def test_a_file_without_damage_is_not_copied(tmp_path: Path, text: str) -> None:
    got = found(tmp_path, HEADER + text)
    assert (got.count, got.path, broken(got)) == (2, got.text, [])


def test_a_quote_inside_a_cell_is_text(tmp_path: Path) -> None:
    got = found(tmp_path, HEADER + 'x,12" disc,1\ny,"a ""b"", c",2\n')
    assert placed(got) == [(2, ["x", '12" disc', "1"]), (3, ["y", 'a "b", c', "2"])]
    with got.path.open(newline="") as copy:
        assert list(csv.reader(copy)) == [row for _, row in placed(got)]


@pytest.mark.parametrize("piece", [1, 7, 40, 10_000])
@pytest.mark.parametrize(
    "long", ["z" * 300, '"' + "z\n" * 150 + '"', '"' + "z,z" * 100 + '"', "z," * 200]
)
def test_a_record_that_is_too_long_is_excluded_and_those_around_it_stay(
    tmp_path: Path, long: str, piece: int
) -> None:
    got = found(tmp_path, f"{HEADER}a,b,1\nx,{long},2\nc,d,3\n", piece=piece, longest=100)
    assert broken(got) == [(3, "line-too-long")]
    assert placed(got) == [(2, ["a", "b", "1"]), (4 + long.count("\n"), ["c", "d", "3"])]


@pytest.mark.parametrize("piece", [1, 7, 40, 10_000])
@pytest.mark.parametrize("before", [0, 1, 60])
@pytest.mark.parametrize("behind", ["u,v,9\n", 'u,"v",9\n', '"u",v,9\n'])
def test_an_unclosed_quote_is_found_at_any_position(
    tmp_path: Path, before: int, behind: str, piece: int
) -> None:
    text = HEADER + behind * before + 'a,"b,1\n' + behind * 60
    with pytest.raises(UnclosedQuoteError) as caught:
        found(tmp_path, text, piece=piece, longest=100)
    assert caught.value.facts["line"] == before + 2


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quote_open_at_the_end_of_the_file_costs_one_row(tmp_path: Path, end: str) -> None:
    got = found(tmp_path, f'{HEADER}a,b,1\nc,d,"2{end}')
    assert (got.count, broken(got)) == (1, [(3, "bad-quote")])


def test_a_name_over_two_lines_above_the_data_makes_a_copy(tmp_path: Path) -> None:
    got = found(tmp_path, 'ref,"shop\nper",spent\na,b,1\n')
    assert (placed(got), got.path.read_text()) == ([(3, ["a", "b", "1"])], "a,b,1\n")


texts = st.text(st.sampled_from('a" ,\n'), max_size=60)


@examples(400)
@given(texts, st.sampled_from([1, 2, 5, 1000]), st.sampled_from([8, 1000]))
def test_pieces_of_any_size_give_the_same_records(
    tmp_path_factory: pytest.TempPathFactory, text: str, piece: int, longest: int
) -> None:
    """Reading byte by byte, and regular pieces at once, tell the same."""
    folder = tmp_path_factory.mktemp("records")

    def read(piece: int) -> tuple[object, ...]:
        try:
            got = found(folder, HEADER + text, piece=piece, longest=longest)
        except UnclosedQuoteError as error:
            return (error.facts["line"],)
        lines = [line for line in got.path.read_bytes().splitlines() if line]
        return placed(got), list(got.damaged()), lines

    assert read(piece) == read(1000)


@examples(400)
@given(texts)
def test_counting_quotes_and_reading_byte_by_byte_agree(text: str) -> None:
    form = Form(name="", delimiter=b",", newline=b"\n", width=3)
    data = text.encode()
    try:
        slow = _slowly(data, form, 1, is_last=False)
    except UnclosedQuoteError:
        return
    quick = cut(data, form, 1, is_last=False)
    assert quick.size == slow.size
    assert quick.breaks == slow.breaks
    for name in ("starts", "ends", "lines", "kinds"):
        assert getattr(quick, name).tolist() == getattr(slow, name).tolist()


@given(st.lists(st.text(st.sampled_from('a" ,\n'), max_size=6), min_size=2, max_size=5))
def test_a_written_record_is_one_record_with_its_cells(row: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(row)
    data = out.getvalue()[:-1].encode()
    form = Form(name="", delimiter=b",", newline=b"\n", width=len(row))
    reader = Reader(form)
    assert reader.feed(data + b"\n", 0) == len(data) + 1
    assert reader.kind(len(data)) == 0
    assert cells(data.decode(), ",") == row


@pytest.mark.parametrize("piece", [5, 30, 1000])
def test_samples_are_the_records_of_their_numbers(tmp_path: Path, piece: int) -> None:
    rows = [f"{n},b,1\nbad\n" if n % 3 else f'"{n}\n",b,1\n' for n in range(40)]
    got = found(tmp_path, HEADER + "".join(rows), piece=piece)
    texts = [text for _, text in got.rows(range(got.count))]
    samples = got.samples(10)
    assert samples[-1] == (39, texts[39])
    assert len(samples) <= 11
    assert samples == [(number, texts[number]) for number, _ in samples]
