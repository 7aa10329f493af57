"""Only sums come home: what crosses the wire does not grow with the number of orders."""

from __future__ import annotations

import socket
import struct
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ltvcli.engines import postgres
from ltvcli.engines.postgres import Postgres
from tests.engines.noted import ORDERS, Noted, ask, fill
from tests.engines.test_conformance import numbered, sales

BYTES_RECEIVED = 128
"""Where Linux puts tcpi_bytes_received in struct tcp_info (linux/tcp.h)."""


def received(engine: Postgres) -> int:
    """Return the bytes that the server has sent so far, as the operating system counts them."""
    with socket.fromfd(engine.connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as wire:
        known = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    count: int = struct.unpack_from("Q", known, BYTES_RECEIVED)[0]
    return count


def asked(url: str, copies: int, folder: Path) -> int:
    """Return the bytes that come home if everybody places each order so many times."""
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
