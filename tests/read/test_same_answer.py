"""The same answer in every run, on every number of threads; each excluded row with its own text."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb as library
import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.engines import duckdb
from ltvcli.engines.duckdb import DuckDB
from ltvcli.errors import ChangedFileError, InternalError
from ltvcli.read.files import scan
from ltvcli.read.files.open_files import check_unchanged, open_all
from ltvcli.read.orders import load as orders
from ltvcli.settings.settings import Settings
from ltvcli.spreadsheets import as_cell

pytestmark = pytest.mark.sampled

Rows = Iterable[tuple[str, str | None]]
"""Text of each record, and the reason why it is excluded."""
HEADERS = {
    "calc": "receipt no,client,purchased at,total price,payment status,remark",
    "mrr": "customer,subscription id,start date,end date,monthly price,status,remark",
    "spend": "day,campaign channel,cost,remark",
}


def sales(count: int, rarer: int = 1) -> Rows:
    """Write sales, some of them voided, ragged, over two lines or without a client."""

    def row(n: int) -> tuple[str, str | None]:
        day = f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
        client = f"k{n % 997}"
        if n % (11 * rarer) == 3:
            return f"r{n},{client},{day},{n % 90 + 1}.50,paid,one,too many", "ragged"
        if n % (7 * rarer) == 2:
            return f"r{n},{client},{day},{n % 90 + 1}.50,voided,row {n}", "cancelled"
        if n % (13 * rarer) == 5:
            return f'r{n},"",{day},{n % 90 + 1}.50,paid,"over\ntwo lines, {n}"', "no-customer"
        return f"r{n},{client},{day},{n % 90 + 1}.50,paid,row {n}", None

    return map(row, range(count))


def memberships(count: int, rarer: int = 1) -> Rows:
    """Write subscriptions, some of them ragged, free or of an unknown status."""

    def row(n: int) -> tuple[str, str | None]:
        begin = f"2025-{1 + n % 9:02}-{1 + n % 28:02}"
        end, status = ("2025-11-15", "canceled") if n % 5 == 1 else ("", "active")
        start = f"s{n},m{n},{begin},{end}"
        if n % (11 * rarer) == 3:
            return f"{start},9.90,{status}", "ragged"
        if n % (7 * rarer) == 2:
            return f"{start},0,{status},row {n}", "free"
        if n % (13 * rarer) == 5:
            return f"{start},9.90,puzzling,row {n}", "unknown-status"
        return f"{start},{n % 40 + 1}.90,{status},row {n}", None

    return map(row, range(count))


def spending(count: int, rarer: int = 1) -> Rows:
    """Write rows of spend, some of them ragged, not reported or totals of others."""

    def row(n: int) -> tuple[str, str | None]:
        day = f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
        channel = ("search", "social", "mail")[n % 3]
        if n % (11 * rarer) == 3:
            return f"{day},{channel},1.00", "ragged"
        if n % (7 * rarer) == 2:
            return f"{day},{channel},--,row {n}", "not-reported"
        if n % (13 * rarer) == 5:
            return f"Total,,{n}.00,row {n}", "total-row"
        return f"{day},{channel},{n % 9 + 1}.25,row {n}", None

    return map(row, range(count))


def write(path: Path, header: str, rows: Rows) -> dict[int, tuple[str, list[str]]]:
    """Write a file; return the reason and the cells of each excluded row by its line."""
    excluded, line = {}, 2
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header + "\n")
        for text, reason in rows:
            file.write(text + "\n")
            if reason:
                cells = next(csv.reader(text.splitlines(keepends=True)))
                excluded[line] = (reason, [as_cell(cell) for cell in cells])
            line += 1 + text.count("\n")
    return excluded


def written(path: Path, file: Path) -> dict[int, tuple[str, list[str]]]:
    """Read the excluded rows of one file from what --rejects wrote."""
    with path.open(encoding="utf-8", newline="") as rows:
        cells = [row for row in csv.reader(rows) if row[0] == str(file)]
    assert [int(row[1]) for row in cells] == sorted({int(row[1]) for row in cells})
    return {int(row[1]): (row[2], row[3:]) for row in cells}


@pytest.fixture
def threads(own_database: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, bool], None]:
    """Set how many threads read files, and whether in small pieces even where a file is small."""
    connect, read_csv, buffer = library.connect, scan._read_csv, scan._BUFFER

    def set_threads(count: int, in_pieces: bool) -> None:
        monkeypatch.setattr(
            library, "connect", lambda where: connect(where, config={"threads": count})
        )
        small = ", max_line_size = 32768" if in_pieces else ""
        monkeypatch.setattr(scan, "_BUFFER", 65536 if in_pieces else buffer)
        monkeypatch.setattr(
            scan, "_read_csv", lambda *given, **how: f"{read_csv(*given, **how)[:-1]}{small})"
        )

    return set_threads


def ltv(*typed: object) -> str:
    done = CliRunner().invoke(app, [str(word) for word in typed], prog_name="ltv")
    assert done.exit_code == 0, done.output
    return done.stdout


def check(
    folder: Path,
    kind: str,
    rows: Rows,
    count: int,
    runs: Iterable[tuple[int, bool]],
    threads: Callable[[int, bool], None],
) -> None:
    """Read a file in several ways: the same document, and every excluded row as it stands.

    Args:
        folder: for the files.
        kind: of the file.
        rows: to write.
        count: of the rows.
        runs: number of threads, and whether the file is read in small pieces.
        threads: sets both.
    """
    file, rejects = folder / f"{kind}.csv", folder / "rejects.csv"
    excluded = write(file, HEADERS[kind], rows)
    typed: list[object] = [kind, file]
    if kind == "spend":
        customers = folder / "customers.csv"
        write(customers, HEADERS["calc"], [one for one in sales(300) if one[1] is None])
        typed = ["calc", customers, "--spend", file]
    documents, texts = set(), set()
    for number, in_pieces in runs:
        threads(number, in_pieces)
        document = ltv(*typed, "--rejects", rejects, "--format", "json")
        documents.add(document)
        texts.add(rejects.read_bytes())
        assert written(rejects, file) == excluded
    assert (len(documents), len(texts)) == (1, 1)
    inputs = json.loads(documents.pop())["provenance"]["inputs"]
    (account,) = [one for one in inputs if one["path"] == str(file)]
    assert account["rows_read"] == count
    assert account["rows_used"] == count - len(excluded)
    assert account["set_aside"] == Counter(reason for reason, _ in excluded.values())


MAKERS = {"calc": sales, "mrr": memberships, "spend": spending}


@pytest.mark.parametrize("kind", MAKERS)
def test_threads_and_pieces_change_nothing(
    tmp_path: Path, kind: str, threads: Callable[[int, bool], None]
) -> None:
    runs = [(1, False), (4, True), (8, True)]
    check(tmp_path, kind, MAKERS[kind](5_000), 5_000, runs, threads)


@pytest.mark.slow
@pytest.mark.parametrize("kind", MAKERS)
def test_threads_and_pieces_change_nothing_in_longer_files(
    tmp_path: Path, kind: str, threads: Callable[[int, bool], None]
) -> None:
    runs = [(1, False), (1, True), (2, True), (4, True), (8, True), (8, True)]
    check(tmp_path, kind, MAKERS[kind](20_000), 20_000, runs, threads)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "count"), [("calc", 1_000_000), ("mrr", 200_000), ("spend", 200_000)]
)
def test_threads_change_nothing_in_a_large_file(
    tmp_path: Path, kind: str, count: int, threads: Callable[[int, bool], None]
) -> None:
    runs = [(number, False) for number in (1, 2, 4, 8, 2, 4, 8, 2, 4, 8)]
    check(tmp_path, kind, MAKERS[kind](count, 20), count, runs, threads)


@pytest.mark.slow
def test_threads_change_nothing_in_five_million_rows(
    tmp_path: Path, threads: Callable[[int, bool], None]
) -> None:
    count = 5_000_000
    runs = [(number, False) for number in (1, 2, 4, 8)]
    check(tmp_path, "calc", sales(count, 500), count, runs, threads)


@pytest.mark.parametrize("mend", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param("delete from {table} where rowid = 1500", id="a row is lost"),
        pytest.param(
            "create or replace table {table} as from {table} order by rowid // 100 <> 7",
            id="rows change places",
        ),
    ],
)
def test_a_scan_that_loses_rows_or_their_order_gives_no_wrong_answer(
    tmp_path: Path, temp: Path, monkeypatch: pytest.MonkeyPatch, change: str, mend: bool
) -> None:
    """A second, plain reading mends it; if that is wrong, too, there is no answer at all."""
    monkeypatch.setattr("ltvcli.read.files.record_finder.PIECE", 2000)
    file = tmp_path / "sales.csv"
    write(file, HEADERS["calc"], [one for one in sales(3000) if one[1] is None])
    right = DuckDB.store_in_order
    calls = []

    def wrong(engine: DuckDB, table: str, query: str, *others: Any) -> int:
        rows = right(engine, table, query, *others)
        if " limit " in query:
            return rows
        calls.append(query)
        if not (mend and "parallel = False" in query):
            engine.execute(change.format(table=table))
        return engine.execute(f"select count(*) from {table}").fetchall()[0][0]  # type: ignore[no-any-return]

    monkeypatch.setattr(DuckDB, "store_in_order", wrong)
    (sheet,) = open_all([file], Settings(), temp)
    wanted = nullcontext() if mend else pytest.raises(InternalError, match=r"sales\.csv")
    with duckdb.open([file], temp, None) as engine, wanted:
        (account,) = orders.load([sheet], Settings(), engine).inputs
        assert sheet.records
        assert account.rows_used == sheet.records.count
    assert "parallel = False" in calls[-1]


@pytest.mark.parametrize("change", ["cut", "append", "replace", "delete"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    file = tmp_path / "sales.csv"
    write(file, HEADERS["calc"], sales(3000))
    load = orders.load

    def changed(*given: Any) -> Any:
        if change == "cut":
            file.write_bytes(file.read_bytes()[:60_000])
        elif change == "append":
            with file.open("a") as more:
                more.write("r1,k1,2025-01-01,5,paid,late\n")
        elif change == "replace":
            other = tmp_path / "other.csv"
            other.write_bytes(file.read_bytes())
            other.replace(file)
        else:
            file.unlink()
        return load(*given)

    monkeypatch.setattr(orders, "load", changed)
    done = CliRunner().invoke(app, ["calc", str(file), "--format", "json"], prog_name="ltv")
    assert done.exit_code == ChangedFileError.exit_code
    assert json.loads(done.stderr)["error"]["code"] == "changed-file"
    assert done.stdout == ""


def test_other_rights_are_no_change(tmp_path: Path, temp: Path) -> None:
    file = tmp_path / "sales.csv"
    write(file, HEADERS["calc"], sales(30))
    sheets = open_all([file], Settings(), temp)
    file.chmod(0o600)
    check_unchanged(sheets)
