"""Tables of a made-up shop in a database, and their export to CSV."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from typer.testing import CliRunner

from ltvcli.cli import app

Row = tuple[Any, ...]


def sales(
    customers: int = 60, more: Callable[[random.Random], Row] = lambda _: (), seed: int = 3
) -> list[Row]:
    """Write orders: ID, customer (some are unknown), time, total, and `more` columns."""
    chance = random.Random(seed)
    rows = []
    for customer in range(1, customers + 1):
        moment = datetime(2024, 1, 1) + timedelta(minutes=chance.randrange(600 * 1440))
        for _ in range(1 + int(chance.expovariate(0.5))):
            known = customer if chance.random() < 0.97 else None
            total = chance.randrange(500, 20_000) / 100
            rows.append((1000 + len(rows), known, moment, total, *more(chance)))
            moment += timedelta(minutes=chance.randrange(90 * 1440))
    return rows


def make(
    folder: Path, columns: str, rows: Sequence[Row], order: str, zone: str = "UTC"
) -> tuple[str, Path]:
    """Create the table `orders`, and export it; return the address and the file.

    Args:
        folder: of both.
        columns: names and types.
        rows: of the table; their times are of UTC.
        order: of the rows in the file.
        zone: in which the file shows times with a time zone.
    """
    path, file = folder / "shop.duckdb", folder / "orders.csv"
    with duckdb.connect(str(path)) as database:
        database.execute("set timezone = 'UTC'")
        database.execute(f"create table orders ({columns})")
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"insert into orders values ({marks})", rows)
        database.execute(f"set timezone = '{zone}'")
        database.execute(f"copy (from orders order by {order}) to '{file}' (header)")
    return f"duckdb://{path}", file


def answer(*words: str) -> dict[str, Any]:
    """Return the JSON that a command answers with, or its error."""
    result = CliRunner().invoke(app, [*words, "--format", "json"])
    assert result.exit_code in (0, 2, 3, 4), result.exception
    read: dict[str, Any] = json.loads(result.stderr if result.exit_code else result.stdout)
    return read


def alike(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an answer without what a file and a table cannot have in common.

    Its name, its hash, notes on where it lies, its time zone, and the offer to write the excluded
    rows to a file.
    """
    text = json.dumps(document).replace(json.dumps(name)[1:-1], "NAME")
    plain: dict[str, Any] = json.loads(text)
    for file in plain["provenance"]["inputs"]:
        file.pop("source", None)
        file.pop("zone", None)
        file["sha256"] = ""
        file["notes"] = [note for note in file["notes"] if not re.search("SHA-256|time zone", note)]
    for finding in plain["findings"]:
        if finding["check"] == "rows-set-aside":
            finding["says"] = finding["says"].replace("; --rejects FILE lists them", "")
            finding["option"] = None
    return plain | {"next_command": None}


def in_postgres(url: str, columns: str, file: Path) -> tuple[str, ...]:
    """Create the table `orders_of_shop` from an export; return the words that name it."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        declared = columns.replace(" double,", " double precision,")
        connection.execute("drop table if exists orders_of_shop")
        connection.execute(f"create table orders_of_shop ({declared})".encode())
        with (
            connection.cursor() as cursor,
            cursor.copy("copy orders_of_shop from stdin with (format csv, header)") as copy,
        ):
            copy.write(file.read_bytes())
    return "--source", url, "--table", "public.orders_of_shop"


def in_spark(url: str, folder: Path, address: str) -> tuple[str, ...]:
    """Write the table `orders` of a DuckDB file to Parquet; return the words that name it."""
    parts = folder / "orders"
    parts.mkdir()
    with duckdb.connect(address.removeprefix("duckdb://"), read_only=True) as database:
        database.execute(f"copy orders to '{parts}/part-0.parquet' (format parquet)")
    assert "." not in str(parts)
    return "--source", url, "--table", f"parquet.{parts}"
