from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.engines import duckdb
from ltvcli.errors import InputError, LtvError, UnclosedQuoteError
from ltvcli.read.files.open_files import open_all
from ltvcli.read.files.scan import relation
from ltvcli.read.files.sheet import Sheet
from ltvcli.settings.settings import Settings
from tests.effort import examples
from tests.read.conftest import Read

pytestmark = pytest.mark.sampled

ROW = 'x,"y ""z""",3\n'


def damaged(sheet: Sheet) -> list[tuple[int, str, str]]:
    return list(sheet.records.damaged()) if sheet.records else []


def saved(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "orders.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return file


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("x,1", "ragged", id="a column missing"),
        pytest.param("x,1,2,3", "ragged", id="a column too many"),
        pytest.param("   ", "ragged", id="only spaces"),
        pytest.param('x,"y"z,3', "bad-quote", id="text after a quote"),
        pytest.param('x,"y\\"z",3', "bad-quote", id="quote behind a backslash"),
        pytest.param("x," + "z" * 5_000_000 + ",3", "line-too-long", id="5 MB"),
        pytest.param('"a\nb",5', "ragged", id="a column missing, over two lines"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_bad_row_is_named_and_the_others_stay(
    tmp_path: Path, read: Read, row: str, reason: str, newline: str
) -> None:
    text = f'a,b,c\n{ROW}\n"k\nl",m,n\n{row}\n\n{ROW}'
    _, cells, torn = read(saved(tmp_path, text.replace("\n", newline)))
    assert [cell[0] for cell in cells] == ["x", f"k{newline}l", "x"]
    assert torn == [(6, reason)]


def test_empty_cells_are_null_and_space_is_kept(tmp_path: Path, read: Read) -> None:
    assert read(saved(tmp_path, 'a,b,c\n,"", x \n'))[1] == [(None, None, " x ")]


def test_a_hash_begins_data(tmp_path: Path, read: Read) -> None:
    assert read(saved(tmp_path, "a,b\n#1001,1\n"))[1] == [("#1001", "1")]


@pytest.mark.parametrize("total", [10, 200_000], ids=["small", "large"])
@pytest.mark.parametrize("row", ["4,5,6\n", '4,"5",6\n'], ids=["bare", "quoted"])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0], ids=["early", "middle", "late"])
def test_an_unclosed_quote_names_its_line(
    tmp_path: Path, read: Read, total: int, row: str, share: float
) -> None:
    before = int(total * share)
    text = "a,b,c\n" + row * before + '1,"x,3\n' + row * max(1, total - before)
    with pytest.raises(UnclosedQuoteError) as caught:
        read(saved(tmp_path, text))
    assert caught.value.facts["line"] == before + 2


def test_an_unclosed_quote_that_swallows_megabytes(tmp_path: Path, read: Read) -> None:
    row = "4," + "5" * 90 + ",6\n"
    with pytest.raises(UnclosedQuoteError) as caught:
        read(saved(tmp_path, "a,b,c\n" + row * 9 + '1,"x,3\n' + row * 100_000))
    assert caught.value.facts["line"] == 11


def test_a_file_cut_inside_its_last_cell_loses_that_row_only(tmp_path: Path, read: Read) -> None:
    _, cells, torn = read(saved(tmp_path, 'a,b,c\n1,2,3\n4,5,"six'))
    assert cells == [("1", "2", "3")]
    assert torn == [(3, "bad-quote")]


def test_each_sheet_has_its_own_ragged_rows(tmp_path: Path, temp: Path) -> None:
    files = [tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "three.csv"]
    for number, file in enumerate(files):
        file.write_text("a,b\n1,2\n" + "3\n" * number)
    sheets = open_all(files, Settings(), temp)
    assert [len(damaged(sheet)) for sheet in sheets] == [0, 1, 2]


@pytest.mark.parametrize("column", ["c0", "c1", "c2", "c0, c2", "count(*)"])
def test_the_same_rows_are_bad_whichever_columns_are_read(
    tmp_path: Path, temp: Path, column: str
) -> None:
    bad = ["x", "x,1", "x,1,2,3", 'x,"y"z,3', '"y"z,1,2', 'x,1,"y"z', 'x,"y\\"z",3', "", "x,1,2,,3"]
    file = saved(tmp_path, "a,b,c\n" + "".join(f"{row}\n{ROW}" for row in bad))
    (sheet,) = open_all([file], Settings(), temp)
    with duckdb.open([file], temp, None) as engine:
        source, parameters = relation(sheet)
        cells = engine.execute(f"select {column} from {source}", parameters).fetchall()
    torn = [line for line, *_ in damaged(sheet)]
    assert torn == [2, 4, 6, 8, 10, 12, 14, 18]
    assert cells == [(9,)] if column == "count(*)" else len(cells) == 9


cells = st.text(st.sampled_from('a1 é\n,"'), max_size=4)
rows = st.lists(cells, min_size=0, max_size=4)


@examples(60)
@given(st.lists(rows, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_record_has_its_line(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], newline: str
) -> None:
    """Records, their cells and their lines are those of Python's own reader."""
    folder = tmp_path_factory.mktemp("scan")
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows([["name", "b", "c"], ["x", "y", "z"], *table])
    text = out.getvalue().replace("\n", newline) if newline == "\r" else out.getvalue()
    file = saved(folder, text)
    expected, torn = [], []
    reader, line = csv.reader(io.StringIO(text, newline="")), 1
    for record in reader:
        wide = record[:-1] if len(record) == 4 and not record[3] else record
        if len(wide) == 3:
            expected.append((line, tuple(cell or None for cell in wide)))
        elif record:
            torn.append(line)
        line = reader.line_num + 1
    try:
        (sheet,) = open_all([file], Settings(), folder)
    except InputError:
        return  # what is no header is for another test
    if sheet.header != ("name", "b", "c"):
        return
    with duckdb.open([sheet.path], folder, None) as engine:
        source, parameters = relation(sheet)
        cells = engine.execute(f"from {source}", parameters).fetchall()
    assert sheet.records
    lines = [line for line, _ in sheet.records.rows(range(len(cells)))]
    plain = [tuple(c and c.replace("\r\n", "\n").replace("\r", "\n") for c in row) for row in cells]
    wanted = [
        tuple(c and c.replace("\r\n", "\n").replace("\r", "\n") for c in row)
        for _, row in expected[1:]
    ]
    assert plain == wanted
    assert [line for line, *_ in damaged(sheet)] == torn
    assert lines == [at for at, _ in expected[1:]]


mutated = st.builds(
    lambda start, at, piece: start[:at] + piece + start[at:],
    st.sampled_from([b"a,b,c\n1,2,3\n4,5,6\n", 'x;"y"\r\n"1";2\r\n'.encode("utf-16")]),
    st.integers(0, 30),
    st.sampled_from([b'"', b"\0", b"\r", b"\n", b",", b"\xff", b"\xe9", b"\x1f\x8b", b"PAR1"]),
)


@examples(150)
@given(st.one_of(st.binary(max_size=60), mutated))
def test_whatever_the_bytes_only_our_errors_escape(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "orders.csv").write_bytes(data)
    try:
        (sheet,) = open_all([folder / "orders.csv"], Settings(), folder)
        with duckdb.open([sheet.path], folder, None) as engine:
            source, parameters = relation(sheet)
            engine.execute(f"from {source}", parameters).fetchall()
            damaged(sheet)
    except LtvError as error:
        error.hint.format(**error.facts)  # whose words can be filled


@pytest.mark.parametrize("inner", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", ["buyer,when,total,remark", '"buyer","wh"en,"total","remark"'])
def test_line_ends_within_cells_and_odd_quotes_above_lose_no_record(
    tmp_path: Path, header: str, newline: str, inner: str
) -> None:
    rows = [f'k{n},2025-03-0{n},{n}.50,"call{inner}back, {n}"' for n in range(1, 6)]
    rows.insert(2, "torn")
    file = saved(tmp_path, newline.join([header, *rows, ""]))
    roles = ["customer=buyer", "date=when", "amount=total"]
    typed = ["calc", str(file), *(word for role in roles for word in ("--map", role))]

    done = CliRunner().invoke(app, [*typed, "--format", "json"])

    assert done.exit_code == 0, done.stderr
    (read,) = json.loads(done.stdout)["provenance"]["inputs"]
    assert (read["rows_read"], read["rows_used"]) == (6, 5)
    assert json.loads(done.stdout)["figures"]["net_revenue"]["value"] == 17.5
