"""Records are counted as they are cut: over 64-bit words, at their borders, and within quotes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.read.files.counting import counted, counted_with_quotes
from ltvcli.read.files.cutting import cut
from ltvcli.read.files.record_reader import GOOD, Form
from tests.effort import examples


def form(newline: str = "\n", delimiter: str = ",") -> Form:
    return Form(name="", delimiter=delimiter.encode(), newline=newline.encode(), width=3)


@pytest.mark.parametrize(
    ("text", "records"),
    [
        pytest.param('"a","b","c"\n', 1, id="quoted"),
        pytest.param('a,"b,,",c\n', 1, id="delimiters within quotes"),
        pytest.param('"a ""b""","",""""\n', 1, id="doubled quotes"),
        pytest.param('"a",b,c\nd,"e",f\n', 2, id="two records"),
        pytest.param('"a",b\nc,d,e,f\n', 2, id="one cell moved to the next record"),
        pytest.param('"a",b\n', 0, id="a cell too few"),
        pytest.param('"a\nb",c,d,e,f\n', 0, id="a line end within quotes"),
        pytest.param('a,12" disc,c\n', 0, id="a quote inside a cell"),
        pytest.param('a,"b"c,d\n', 0, id="text behind a quote"),
        pytest.param('a, "b",c\n', 0, id="a space before a quote"),
        pytest.param('a,"b" ,c\n', 0, id="a space behind a quote"),
        pytest.param('a,"b,c\nd,"e,f\n', 0, id="unclosed quotes"),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 9, 10, 11, 12, 60])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_quotes_are_seen_at_any_place_of_a_word(
    text: str, records: int, before: int, newline: str
) -> None:
    data = ("a,b,c\n" * before + text).replace("\n", newline).encode()
    expected = before + records if records else 0
    assert counted_with_quotes(data, len(data), form(newline)) == expected


@examples(300)
@given(st.text(st.sampled_from('a" ,\n'), max_size=40), st.integers(0, 70), st.booleans())
def test_what_is_counted_is_cut_into_as_many_records(text: str, before: int, is_crlf: bool) -> None:
    newline = "\r\n" if is_crlf else "\n"
    data = ("a" * before + ",,\n" + text + "\n").replace("\n", newline).encode()
    size = data.rfind(b"\n") + 1
    if records := counted_with_quotes(data, size, form(newline)):
        cut_text = cut(data[:size], form(newline), 1, is_last=True)
        assert (len(cut_text.starts), cut_text.breaks, cut_text.size) == (records, records, size)
        assert not cut_text.requoted


@given(
    st.lists(st.lists(st.text('a" ,;é', max_size=30), min_size=3, max_size=3), min_size=1),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";"]),
)
def test_every_regular_table_is_counted(table: list[list[str]], newline: str, comma: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=comma, lineterminator=newline).writerows(table)
    data = out.getvalue().encode()
    assert counted_with_quotes(data, len(data), form(newline, comma)) == len(table)
    assert (cut(data, form(newline, comma), 1, is_last=True).kinds == GOOD).all()
    if b'"' not in data:
        assert counted(data, len(data), form(newline, comma)) == len(table)
