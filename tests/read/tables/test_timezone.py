"""Days of times with a time zone are those of --timezone, in every database; UTC without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ltvcli.engines.addresses import Address
from tests.read.tables.shops import alike, answer, in_postgres, in_spark, make, sales

COLUMNS = "order_id bigint, customer_id bigint, created_at timestamptz, total decimal(9, 2)"
TOKYO = ("--timezone", "asia/tokyo", "--cac", "40")


def test_days_are_those_of_the_time_zone(tmp_path: Path) -> None:
    address, file = make(tmp_path, COLUMNS, sales(), "created_at", zone="Asia/Tokyo")
    table = ("--source", address, "--table", "orders")
    in_tokyo, of_file = answer("calc", *table, *TOKYO), answer("calc", str(file), "--cac", "40")
    in_utc = answer("calc", *table, "--cac", "40")
    assert alike(in_tokyo, f"{address} orders") == alike(of_file, str(file))
    assert in_tokyo["figures"] != in_utc["figures"]
    zones = [read["provenance"]["inputs"][0].get("zone") for read in (in_tokyo, in_utc, of_file)]
    assert zones == ["Asia/Tokyo", "UTC", None]
    assert "--timezone" in in_tokyo["next_command"]


def test_days_of_postgres(tmp_path: Path, postgres_url: str) -> None:
    _, file = make(tmp_path, COLUMNS, sales(), "created_at", zone="Asia/Tokyo")
    read = answer("calc", *in_postgres(postgres_url, COLUMNS, file), *TOKYO)
    shown = f"{Address(postgres_url).shown} public.orders_of_shop"
    assert alike(read, shown) == alike(answer("calc", str(file), "--cac", "40"), str(file))


def test_days_of_spark(tmp_path: Path, sail_url: str) -> None:
    address, file = make(tmp_path, COLUMNS, sales(), "created_at", zone="Asia/Tokyo")
    source = in_spark(sail_url, tmp_path, address)
    read = answer("calc", *source, *TOKYO)
    of_file = answer("calc", str(file), "--cac", "40")
    assert alike(read, f"{sail_url} {source[-1]}") == alike(of_file, str(file))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("calc SOURCE --table orders --timezone Mars/Olympus", "timezone"),
        ("calc orders.csv --timezone UTC", "timezone-without-source"),
        ("calc SOURCE --table orders --timezone UTC", "timezone-unused"),
    ],
)
def test_a_time_zone_that_cannot_be_used(words: str, code: str, tmp_path: Path) -> None:
    address, _ = make(tmp_path, COLUMNS.replace("tz", ""), sales(5), "created_at")
    read = answer(*words.replace("SOURCE", f"--source {address}").split())
    assert read["error"]["code"] == code
