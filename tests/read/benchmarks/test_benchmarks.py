"""Files of benchmarks: what ships, what a user may write, and which line is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ltvcli.errors import BenchmarkCellError, BenchmarkColumnsError, UnreadableSettingsError
from ltvcli.read import benchmarks
from ltvcli.read.benchmarks import COLUMNS

HEADER = ",".join(COLUMNS)
GOOD = {
    "metric": "nrr", "definition": "standard", "segment": "", "low": "", "median": "98%",
    "high": "", "n": "41", "year": "2026", "source": "Association", "url": "", "basis": "mrr",
    "window": "12mo",
}  # fmt: skip


def file(tmp_path: Path, *rows: dict[str, str], header: str = HEADER) -> str:
    path = tmp_path / "benchmarks.csv"
    lines = [",".join(f'"{value}"' for value in row.values()) for row in rows]
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return str(path)


def test_what_ships_names_its_source_year_and_number_of_companies() -> None:
    rows = benchmarks.shipped()

    assert [row.median for row in rows] == [
        *(1.0, 1.02, 1.03, 1.05, 1.07, 1.1),
        *(0.9, 0.9, 0.92, 0.93, 0.93, 0.93),
    ]
    assert {(row.year, row.n, row.window, row.basis) for row in rows} == {(2023, 1500, "12", "mrr")}
    assert all("SaaS Capital" in row.source and row.url.startswith("https://") for row in rows)
    assert all(("arr", 1_000_000.0) in [(b.key, b.low) for b in row.bands] for row in rows)


def test_numbers_are_read_as_in_flags(tmp_path: Path) -> None:
    row = GOOD | {"low": "0.9", "median": "98%", "high": "1.1", "n": "1,500", "window": "1y"}
    (results,) = benchmarks.read(file(tmp_path, row))

    assert (results.low, results.median, results.high, results.n) == (0.9, 0.98, 1.1, 1500)
    assert results.window == "12"


def test_columns_in_any_order_and_width(tmp_path: Path) -> None:
    names = list(reversed(COLUMNS))
    row = {name: GOOD[name] for name in names}
    wide = ",".join(names).replace("metric", "Ｍetric ")
    (results,) = benchmarks.read(file(tmp_path, row, header=wide))

    assert results.metric == "nrr"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("metric", "happiness"),
        ("definition", ""),
        ("median", ""),
        ("median", "a lot"),
        ("median", "1e3"),
        ("median", "nan"),
        ("low", "99%"),
        ("n", "0"),
        ("n", "many"),
        ("year", "23"),
        ("year", "0023"),
        ("source", " "),
        ("basis", ""),
        ("window", "45d"),
        ("window", "soon"),
        ("segment", "acv 12000-25000"),
        ("segment", "acv 25000-12000 USD"),
        ("segment", "arr USD"),
        ("segment", "customers 5-9 USD"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(tmp_path: Path, column: str, text: str) -> None:
    with pytest.raises(BenchmarkCellError) as error:
        benchmarks.read(file(tmp_path, GOOD, GOOD | {column: text}))

    assert str(error.value.facts["place"]).endswith("benchmarks.csv:3")
    assert error.value.facts["column"] == ("high" if (column, text) == ("low", "99%") else column)


def test_money_needs_its_currency(tmp_path: Path) -> None:
    money = GOOD | {"metric": "aov", "median": "45", "basis": "revenue", "window": "all"}
    with pytest.raises(BenchmarkCellError):
        benchmarks.read(file(tmp_path, money))

    (results,) = benchmarks.read(file(tmp_path, money | {"basis": "revenue JPY"}))
    assert (results.basis, results.currency) == ("revenue", "JPY")


@pytest.mark.parametrize(
    "header", [HEADER.replace(",url", ""), HEADER + ",mood", HEADER + ",year", "metric"]
)
def test_another_header_is_refused(tmp_path: Path, header: str) -> None:
    with pytest.raises(BenchmarkColumnsError):
        benchmarks.read(file(tmp_path, header=header))


@pytest.mark.parametrize("raw", [b"", b"\n\n", b'metric,"def', b"\x81\xff\xfe", b"a" * 1_100_000])
def test_what_is_no_file_of_benchmarks_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "benchmarks.csv"
    path.write_bytes(raw)

    with pytest.raises((UnreadableSettingsError, BenchmarkColumnsError)):
        benchmarks.read(str(path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSettingsError):
        benchmarks.read(str(tmp_path / "none.csv"))
