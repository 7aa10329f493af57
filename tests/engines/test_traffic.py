"""Only sums are transferred: their bytes do not grow with the number of orders."""

from __future__ import annotations

import socket
import struct
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from ltvcli.engines import postgres
from ltvcli.engines.postgres import Postgres
from tests.engines.noted import ORDERS, Noted, ask, fill
from tests.engines.relay import relayed
from tests.engines.test_conformance import numbered, sales
from tests.read.tables.shops import answer
from tests.shops import shop

BYTES_RECEIVED = 128
"""Where Linux puts tcpi_bytes_received in struct tcp_info (linux/tcp.h)."""


def received(engine: Postgres) -> int:
    """Return the bytes that the server has sent so far, as the operating system counts them."""
    with socket.fromfd(engine.connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as wire:
        known = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    count: int = struct.unpack_from("Q", known, BYTES_RECEIVED)[0]
    return count


def asked(url: str, copies: int, folder: Path) -> int:
    """Return the bytes received if everybody places each order so many times."""
    with postgres.open(url) as engine, sales(folder) as spent:
        data = replace(numbered(), customers={})
        fill(engine, data)
        engine.fill("copies", {"n": ("integer", range(copies))})
        columns = ", ".join(f"orders.{name}" for name in ORDERS)
        engine.create_table("orders", f"select {columns} from orders cross join copies")
        before = received(engine)
        ask(Noted(engine), data, spent)
        return received(engine) - before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the bytes of a connection")
def test_twenty_times_the_orders_are_as_many_bytes(postgres_url: str, tmp_path: Path) -> None:
    once, often = (asked(postgres_url, copies, tmp_path) for copies in (1, 20))

    assert 10_000 < once < 1_000_000
    assert abs(often - once) < 0.02 * once


WHOLE = {
    "calc": ["--cac", "40"],
    "cohorts": ["--cac", "40"],
    "segments": ["--by", "country"],
    "predict": ["--cac", "40"],
    "review": ["--by", "country"],
    "whatif": ["--aov", "+10%"],
    "audit": ["--claim", "churn=2%"],
}
"""Commands that read a table, with options."""
FAST = ("calc",)


def make_table(url: str, copies: int) -> None:
    """Create the table `many_orders`, in which everybody places each order so many times."""
    import psycopg

    orders = [(o.customer, o.day, o.amount, o.segment) for o in shop(4, 90, segments=["JP", "US"])]
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("drop table if exists many_orders, once")
        cursor.execute("create table once (who text, day date, money numeric, country text)")
        with cursor.copy("copy once from stdin") as copy:
            for order in orders:
                copy.write_row(order)
        cursor.execute(
            "create table many_orders as select 'o' || row_number() over () as order_id,"
            " who as customer, day as date, cast(money as numeric(12, 2)) as total, country,"
            f" 'paid'::text as status from once, generate_series(1, {copies})".encode()
        )


@pytest.mark.parametrize(
    "command", [pytest.param(c, marks=() if c in FAST else pytest.mark.slow) for c in WHOLE]
)
def test_a_command_moves_as_many_bytes_for_twenty_times_the_orders(
    command: str, postgres_url: str
) -> None:
    moved = []
    for copies in (1, 20):
        make_table(postgres_url, copies)
        with relayed(postgres_url) as (url, traffic):
            source = ("--source", url, "--table", "many_orders")
            document = answer(command, *source, *WHOLE[command])
        assert "error" not in document
        moved.append((traffic.received, traffic.sent))

    (received, sent), (received_more, sent_more) = moved
    assert min(received, sent) > 10_000
    assert abs(received_more - received) < 0.02 * received
    assert abs(sent_more - sent) < 0.02 * sent


def test_the_relay_counts_what_crosses_it(postgres_url: str) -> None:
    with relayed(postgres_url) as (url, traffic), postgres.open(url) as engine:
        before = traffic.received
        engine.ask("select repeat('x', 100000) as text")
        assert 100_000 < traffic.received - before < 101_000
