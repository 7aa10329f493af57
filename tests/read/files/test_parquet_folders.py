"""Files that a pattern matches are one table; folders such as country=JP are columns."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import LtvError, ParquetBrokenError
from ltvcli.read.files.open_files import open_all
from ltvcli.settings.settings import Settings
from tests import effort

ORDERS = """
    select 'C' || (i * 7919 % 173) as customer, 'O' || i as order_id,
        date '2025-01-01' + (i % 360)::int as created_at,
        (5 + i % 91 + i % 7 / 4)::decimal(18, 2) as total,
        if(i % 50 = 0, 'cancelled', 'paid') as status,
        ['JP', 'US', 'Côte d''Ivoire', null][1 + i * 7919 % 173 % 4] as country
    from range(3000) as rows(i)
"""


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `plain.csv` and the same rows by month and country in `parts/`."""
    folder = tmp_path_factory.mktemp("orders")
    with duckdb.connect() as connection:
        connection.execute(f"create table orders as {ORDERS}")
        connection.execute(f"copy orders to '{folder}/plain.csv'")
        connection.execute(
            f"copy (select *, strftime(created_at, '%Y-%m') as month from orders) "
            f"to '{folder}/parts' (format parquet, partition_by (month, country))"
        )
    return folder


def write(path: Path, query: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to '{path}' (format parquet)")


def figures(*inputs: Any, **options: Any) -> dict[str, Any]:
    """What `calc` answers, without the record of the files."""
    document = ltvcli.calc(*map(str, inputs), cac=10, **options).to_dict()
    return {
        key: document[key] for key in ("figures", "verdict", "says", "tables") if key in document
    }


def rows_of(*inputs: Any, **options: Any) -> list[tuple[int, int]]:
    answer = ltvcli.calc(*map(str, inputs), cac=10, **options)
    return [(file.rows_read, file.rows_used) for file in answer.inputs]


@pytest.mark.slow
def test_a_folder_per_month_and_country_answers_as_the_one_file(orders: Path) -> None:
    parts = f"{orders}/parts/**/*.parquet"
    assert figures(parts) == figures(orders / "plain.csv")
    assert rows_of(parts) == [(3000, 2940)]


def test_the_note_counts_the_files(orders: Path) -> None:
    done = CliRunner().invoke(
        app, ["calc", f"{orders}/parts/**/*.parquet", "--cac", "10", "-f", "md"], prog_name="ltv"
    )
    count = len(list((orders / "parts").rglob("*.parquet")))
    assert count == 48
    assert f"{count} Parquet files with the same columns are read as one table." in done.output
    assert done.output.count(".parquet") < 5


@pytest.mark.slow
def test_folders_are_segments_as_the_column_is(orders: Path) -> None:
    by_folder = ltvcli.segments(f"{orders}/parts/**/*.parquet", by="country").to_dict()
    by_column = ltvcli.segments(str(orders / "plain.csv"), by="country").to_dict()
    assert by_folder["tables"] == by_column["tables"]
    assert "Côte d'Ivoire" in json.dumps(by_folder["tables"], ensure_ascii=False)


def test_folders_exclude_rows_as_the_column_does(orders: Path) -> None:
    given = {"exclude": ["country=JP"]}
    assert figures(f"{orders}/parts/**/*.parquet", **given) == figures(
        orders / "plain.csv", **given
    )


def test_a_folder_plays_a_role_only_if_it_is_mapped(tmp_path: Path) -> None:
    write(
        tmp_path / "day=2025-03-05/month=3/a.parquet",
        "select 'c1' as customer, 20 as total, date '2025-01-05' as date",
    )
    write(
        tmp_path / "day=2025-04-05/month=4/b.parquet",
        "select 'c1' as customer, 30 as total, date '2025-02-05' as date",
    )
    pattern = f"{tmp_path}/**/*.parquet"
    assert ltvcli.calc(pattern).inputs[0].last.isoformat() == "2025-02-05"  # type: ignore[union-attr]
    mapped = ltvcli.calc(pattern, map={"date": "day"})
    assert mapped.inputs[0].last.isoformat() == "2025-04-05"  # type: ignore[union-attr]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_one_file_in_a_folder_with_an_equals_sign_is_read_like_any(
    ending: str, orders: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"customer=x/total=3/date=2020-01-01/orders.{ending}"
    path.parent.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"copy (from '{orders}/plain.csv') to '{path}'")
    assert figures(path) == figures(orders / "plain.csv")


def test_a_column_of_the_file_comes_before_one_of_its_folder(tmp_path: Path) -> None:
    row = "select 'c1' as customer, 20 as total, date '2025-01-05' as date, 'DE' as Country"
    write(tmp_path / "country=JP/a.parquet", row)
    (sheet,) = open_all([f"{tmp_path}/*/*.parquet"], Settings(), tmp_path)
    assert sheet.header == ("customer", "total", "date", "Country")


@pytest.mark.slow
def test_files_whose_columns_differ_are_tables_of_their_own(orders: Path, tmp_path: Path) -> None:
    source = f"read_csv('{orders}/plain.csv')"
    write(tmp_path / "a.parquet", f"from {source} where created_at < '2025-04-01'")
    write(
        tmp_path / "b.parquet",
        "select created_at, total::double as total, status, customer, order_id, 'x' as campaign "
        f"from {source} where created_at between '2025-04-01' and '2025-07-31'",
    )
    write(
        tmp_path / "c.parquet",
        f"select customer, order_id, created_at::text as created_at, total, status, country "
        f"from {source} where created_at > '2025-07-31'",
    )
    write(tmp_path / "d.parquet", f"from {source} where created_at < '2020-01-01'")
    pattern = f"{tmp_path}/*.parquet"
    assert figures(pattern) == figures(orders / "plain.csv")
    rows = rows_of(pattern)
    assert len(rows) == 3
    assert sum(read for read, _ in rows) == 3000


@pytest.mark.slow
def test_empty_files_are_no_rows_and_no_error(orders: Path, tmp_path: Path) -> None:
    source = f"read_csv('{orders}/plain.csv')"
    write(tmp_path / "country=JP/a.parquet", f"select * exclude (country) from {source}")
    for number in range(3):
        empty = f"select * exclude (country) from {source} limit 0"
        write(tmp_path / f"country=US/{number}.parquet", empty)
    write(tmp_path / "country=DE/other.parquet", "select 1 as nothing limit 0")
    assert rows_of(f"{tmp_path}/*/*.parquet") == [(3000, 2940)]


@pytest.mark.slow
def test_a_copy_of_a_file_is_counted_once(orders: Path, tmp_path: Path) -> None:
    source = f"read_csv('{orders}/plain.csv')"
    for name, half in (("a", "<"), ("b", ">=")):
        write(tmp_path / f"{name}.parquet", f"from {source} where created_at {half} '2025-06-01'")
    (tmp_path / "c.parquet").write_bytes((tmp_path / "a.parquet").read_bytes())
    answer = ltvcli.calc(f"{tmp_path}/*.parquet", cac=10)
    first, copy = answer.inputs
    assert (first.rows_read, first.rows_used) == (3000, 2940)
    assert copy.set_aside == {"duplicate-file": copy.rows_read}
    assert copy.path.endswith("c.parquet")
    assert figures(f"{tmp_path}/*.parquet") == figures(orders / "plain.csv")


@pytest.mark.parametrize("kept", effort.family([0, 4, 700], 4))
def test_a_broken_file_among_many_is_named(kept: int, orders: Path, tmp_path: Path) -> None:
    write(tmp_path / "all.parquet", f"from read_csv('{orders}/plain.csv')")
    whole = (tmp_path / "all.parquet").read_bytes()
    for number in range(500):
        write_bytes = whole if number != 437 else whole[:kept]
        (tmp_path / f"part-{number:03}.parquet").write_bytes(write_bytes)
    with pytest.raises(LtvError) as caught:
        ltvcli.calc(f"{tmp_path}/*.parquet")
    assert str(caught.value.facts["file"]).endswith("part-437.parquet")


def test_damaged_pages_name_their_file(orders: Path, tmp_path: Path) -> None:
    for number in range(4):
        write(
            tmp_path / f"part-{number}.parquet",
            f"from read_csv('{orders}/plain.csv') where month(created_at) % 4 = {number}",
        )
    damaged = tmp_path / "part-2.parquet"
    raw = bytearray(damaged.read_bytes())
    raw[4 : len(raw) // 2] = b"\xff" * (len(raw) // 2 - 4)
    damaged.write_bytes(raw)
    with pytest.raises(ParquetBrokenError) as caught:
        ltvcli.calc(f"{tmp_path}/*.parquet")
    assert str(caught.value.facts["file"]).endswith("part-2.parquet")


def test_rejects_name_the_file_and_its_row(orders: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    done = CliRunner().invoke(
        app, ["calc", f"{orders}/parts/**/*.parquet", "--rejects", str(rejects)], prog_name="ltv"
    )
    assert done.exit_code == 0, done.output
    with rejects.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 60
    with duckdb.connect() as connection:
        for row in rows:
            stored = connection.execute(
                "select order_id, status from read_parquet($1, file_row_number = true) "
                "where file_row_number = $2",
                [row["file"], int(row["line"]) - 1],
            ).fetchall()
            assert stored == [(row["order_id"], "cancelled")]
