"""Tables in PostgreSQL and Spark give the answer of their export to CSV, and show no password."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from ltvcli.engines.addresses import Address
from tests import effort
from tests.engines.servers import IN_URL, SECRET
from tests.read.tables.shops import Row, alike, answer, in_postgres, in_spark, make, sales
from tests.read.tables.test_same_answer import (
    BY_TIME,
    KINDS,
    MAPPED,
    ORDERS,
    mixed,
    of_all_kinds,
    paid,
    with_lines,
    with_refunds,
)

pytestmark = pytest.mark.sampled

CASES = {
    "calc --margin 40%": (ORDERS, sales(more=mixed), BY_TIME),
    "calc --from 2024-06-01": (ORDERS, with_refunds(), BY_TIME),
    "segments --by country": (ORDERS, with_lines(), BY_TIME),
    "calc --cac 40": (KINDS, of_all_kinds(), "order_date, total desc"),
    "review --by country": (ORDERS, with_refunds(), BY_TIME),
    "cohorts": (ORDERS, sales(more=mixed), BY_TIME),
    "predict": (ORDERS, sales(more=mixed), BY_TIME),
    "calc --spend": (ORDERS, sales(more=paid), BY_TIME),
    "segments --by country --spend": (ORDERS, sales(more=mixed), BY_TIME),
    "whatif --cac-lag 1mo --churn -10% --spend": (ORDERS, sales(more=mixed), BY_TIME),
}
OF_SPARK = ["segments --by country --spend", "review --by country", "calc --cac 40"]
WITHOUT_CAC = MAPPED[:-2]


def spent(folder: Path) -> Path:
    """Write what was spent on new customers of two countries, day by day."""
    file = folder / "spend.csv"
    days = [date(2023, 11, 15) + timedelta(days=n) for n in range(500)]
    lines = [f"{day},{name},{3 + n % 7}.25" for n, day in enumerate(days) for name in ("JP", "US")]
    file.write_text("\n".join(["date,channel,spend", *lines]))
    return file


def words(case: str, columns: str, source: Sequence[str], folder: Path) -> list[str]:
    """Write a command that reads a file or a table; one that ends in --spend reads it too."""
    command, *options = case.split()
    mapped = list(MAPPED) if columns == ORDERS else []
    if options[-1:] == ["--spend"]:
        mapped = [*WITHOUT_CAC, "--map", "channel=country"]
        options.append(str(spent(folder)))
    return [command, *source, *mapped, *options]


@pytest.mark.parametrize(
    "case",
    effort.family(CASES, "calc --margin 40%", "segments --by country", "calc --cac 40"),
)
def test_postgres_answers_as_a_file(case: str, postgres_url: str, tmp_path: Path) -> None:
    columns, rows, order = CASES[case]
    _, file = make(tmp_path, columns, rows, order)
    source = in_postgres(postgres_url, columns, file)
    from_table = answer(*words(case, columns, source, tmp_path))
    shown = Address(postgres_url).shown
    from_file = answer(*words(case, columns, [str(file)], tmp_path))
    assert "error" not in from_file
    assert alike(from_table, f"{shown} public.orders_of_shop") == alike(from_file, str(file))
    assert not any(secret in str(from_table) for secret in (SECRET, IN_URL))


@pytest.mark.parametrize("case", OF_SPARK)
def test_spark_answers_as_a_file(case: str, sail_url: str, tmp_path: Path) -> None:
    columns, rows, order = CASES[case]
    address, file = make(tmp_path, columns, rows, order)
    source = in_spark(sail_url, tmp_path, address)
    from_table = answer(*words(case, columns, source, tmp_path))
    from_file = answer(*words(case, columns, [str(file)], tmp_path))
    assert "error" not in from_file
    assert alike(from_table, f"{sail_url} {source[-1]}") == alike(from_file, str(file))


def test_spark_creates_its_tables_in_a_schema_of_choice(
    sail_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = make(tmp_path, ORDERS, sales(5, more=paid), BY_TIME)
    words = ("calc", *in_spark(sail_url, tmp_path, address), *MAPPED)
    assert "error" not in answer(*words)
    monkeypatch.setenv("LTV_SPARK_SCHEMA", "no_such_schema")
    assert "no_such_schema" in answer(*words)["error"]["problem"]


def test_a_spark_data_frame_is_read_in_its_session(sail_url: str, tmp_path: Path) -> None:
    import warnings

    import ltvcli

    rows: list[Row] = [(f"c{r[1]}", r[2], r[3]) for r in sales()]
    address, file = make(
        tmp_path, "customer varchar, day timestamp, total decimal(9, 2)", rows, "day"
    )
    with duckdb.connect(address.removeprefix("duckdb://"), read_only=True) as database:
        table = database.sql("from orders").to_arrow_table()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        session = SparkSession.builder.remote(sail_url).create()
        session.conf.set("spark.sql.session.timeZone", "UTC")
        from_frame = ltvcli.calc(session.createDataFrame(table), cac=40)
        views = session.catalog.listTables()
        session.stop()
    from_file = ltvcli.calc(str(file), cac=40)
    assert (from_frame.figures, from_frame.verdict) == (from_file.figures, from_file.verdict)
    assert (from_frame.inputs[0].path, from_frame.inputs[0].source) == ("DataFrame", "spark")
    assert views == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("--table orders_of_shop --by home --customers people.csv", "customers-not-combined"),
        ("--table orders_of_shop --events events.csv", "file-not-combined"),
        ("--table orders_that_are_not", "no-table"),
        ("--table orders_of_shop --rejects rows.csv", "not-of-tables"),
        ("--table orders_of_shop --where no_such_column>5", "where"),
    ],
)
def test_postgres_refuses_what_it_cannot_answer(
    options: str, code: str, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.chdir(tmp_path)

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create table if not exists orders_of_shop (customer int)")
    (tmp_path / "events.csv").write_text("customer,day,event\n1,2026-01-05,login\n")
    command = "segments" if "--by" in options else "predict" if "--events" in options else "calc"
    read = answer(command, "--source", postgres_url, *options.split())
    assert read["error"]["code"] == code
    assert not any(secret in str(read) for secret in (SECRET, IN_URL))


def test_the_history_holds_no_password(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns, rows, order = ORDERS, sales(more=paid), BY_TIME
    _, file = make(tmp_path, columns, rows, order)
    source = in_postgres(postgres_url, columns, file)
    history = tmp_path / "history.db"
    monkeypatch.setenv("PGPASSWORD", SECRET)
    answer("calc", *source, *MAPPED, "--record", "--history", str(history))
    with closing(sqlite3.connect(history)) as database:
        tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        cells = [
            cell
            for (table,) in tables
            for row in database.execute(f'select * from "{table}"')
            for cell in row
        ]
    kept = "\n".join(readable(cell) for cell in cells)
    assert Address(postgres_url).shown in kept
    assert not any(secret in kept for secret in (SECRET, IN_URL))
    assert not any(secret.encode() in history.read_bytes() for secret in (SECRET, IN_URL))


def readable(cell: object) -> str:
    """Return what a cell of the history holds, unpacked."""
    if not isinstance(cell, bytes):
        return str(cell)
    try:
        return zlib.decompress(cell).decode("latin-1")
    except zlib.error:
        return cell.decode("latin-1")
