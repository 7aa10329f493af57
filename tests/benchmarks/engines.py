"""Orders in a database: time of its engine and the client, and bytes transferred.

Only Linux counts this. Each command runs as a process that reaches the server through a relay,
which counts bytes. CPU seconds of a server are those of its process and of all it has started.
"""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import data, measure, totals
from tests.engines import servers
from tests.engines.relay import port_of, relayed

GIVEN = ("--margin", "40%", "--cac", "20", "--format", "json")
COMMANDS: dict[str, tuple[str, ...]] = {
    "calc": (),
    "cohorts": (),
    "segments": ("--by", "channel"),
    "predict": ("--horizon", "6mo"),
}
BY_HAND = "by hand"
"""The same sums as one would write them in SQL: tests/benchmarks/with_engine.py."""
MOST_OF_CLIENT = 0.25
"""CPU seconds of the client at most, as a part of those of the engine."""
MOST_RECEIVED = 60_000_000
"""Bytes that the client receives at most, however many orders there are."""
SPARK = {
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.driver.memory": "6g",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.enabled": "true",  # tells what each stage took
    "spark.ui.retainedStages": "10000",
    "spark.ui.retainedJobs": "10000",
}
COLUMNS = ("engine", "command", "orders", "customers", "engine_cpu", "client_cpu", "seconds")
COUNTED = ("received", "sent", "client_peak", "shuffled", "one_task_cpu")


@dataclass(frozen=True, slots=True)
class Place:
    """Orders in a server: the address, the table, and the process that listens."""

    engine: str
    url: str
    table: str
    process: int
    ui: int | None = None  # port where Spark tells what its stages took


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One command: seconds, CPU seconds, bytes over the wire and the memory of the client.

    Of Spark also the bytes that its stages passed on (`shuffled`), and the CPU seconds of stages
    that were a single task (`alone`); of other engines NaN.
    """

    seconds: float
    client: float
    server: float
    received: int
    sent: int
    peak: int
    shuffled: float
    alone: float
    stdout: str

    @property
    def cpu(self) -> float:
        return self.client + self.server


def measured(
    rows: int, folder: Path, repeat: int, names: Sequence[str] = ("PostgreSQL", "Spark", "Sail")
) -> Iterator[tuple[str, dict[str, Cost]]]:
    """Measure all commands in every engine that is installed, medians of `repeat` rounds.

    Args:
        rows: orders, by a tenth as many customers.
        folder: of the generated data.
        repeat: measured rounds.
        names: of the engines.
    """
    for engine in names:
        with _SERVERS[engine](rows, folder) as place:
            if place is None:
                print(f"{engine} is not installed, and not measured.", file=sys.stderr)
                continue
            rounds = [_round(place) for _ in range(repeat)]
            yield engine, {name: _middle([one[name] for one in rounds]) for name in rounds[0]}


def write(path: Path, engine: str, rows: int, found: dict[str, Cost]) -> None:
    """Append measurements to a CSV file, one line per command.

    Args:
        path: of the file.
        engine: that was measured.
        rows: orders.
        found: costs by command.
    """
    is_new = not path.exists()
    customers = totals.of_ltv(found["calc"].stdout)[1]
    with path.open("a", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        if is_new:
            lines.writerow([*COLUMNS, *COUNTED])
        for command, cost in found.items():
            times = (f"{value:.2f}" for value in (cost.server, cost.client, cost.seconds))
            counts = (cost.received, cost.sent, cost.peak, f"{cost.shuffled:.0f}")
            lines.writerow([engine, command, rows, customers, *times, *counts, f"{cost.alone:.2f}"])


def _round(place: Place) -> dict[str, Cost]:
    costs = {BY_HAND: _run(place, "with_engine")}
    return costs | {command: _run(place, command) for command in COMMANDS}


def _run(place: Place, command: str) -> Cost:
    """Run a command, through a relay."""
    with relayed(place.url) as (url, traffic):
        if command == "with_engine":
            words = [sys.executable, "-m", "tests.benchmarks.with_engine", url, place.table]
        else:
            source = ("--source", url, "--table", place.table)
            words = totals.ltv(command, *source, *GIVEN, *COMMANDS[command])
        before, known = cpu_seconds(place.process), len(_stages(place.ui))
        ran = measure.run(words)
        spent = cpu_seconds(place.process) - before
    stages = _stages(place.ui)[known:]
    alone = sum(stage["executorCpuTime"] for stage in stages if stage["numTasks"] == 1)
    return Cost(
        seconds=ran.seconds,
        client=ran.cpu,
        server=spent,
        received=traffic.received,
        sent=traffic.sent,
        peak=ran.peak,
        shuffled=sum(stage["shuffleWriteBytes"] for stage in stages) if place.ui else math.nan,
        alone=alone / 10**9 if place.ui else math.nan,
        stdout=ran.stdout,
    )


def _stages(port: int | None) -> list[dict[str, Any]]:
    """Return the times of completed stages of Spark, in order."""
    if port is None:
        return []
    at = f"http://127.0.0.1:{port}/api/v1/applications"
    with urllib.request.urlopen(at) as answer:
        (application,) = json.load(answer)
    with urllib.request.urlopen(f"{at}/{application['id']}/stages?status=complete") as answer:
        stages: list[dict[str, Any]] = json.load(answer)
    return sorted(stages, key=lambda stage: stage["stageId"])


def _middle(costs: Sequence[Cost]) -> Cost:
    names = ("seconds", "client", "server", "received", "sent", "peak", "shuffled", "alone")
    middle = {name: median(getattr(cost, name) for cost in costs) for name in names}
    return Cost(stdout=costs[-1].stdout, **middle)


@contextmanager
def _postgres(rows: int, folder: Path) -> Iterator[Place | None]:
    """Start PostgreSQL with its usual settings, and copy the orders into a table."""
    found = servers.programs()
    if found is None:
        yield None
        return
    import psycopg

    usual = {"jit": "on", "fsync": "on", "full_page_writes": "on", "shared_buffers": "128MB"}
    with servers.postgres(found, usual) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "create table orders (order_id text, customer text, date date,"
                " total numeric(18, 2), channel text)"
            )
            with (
                data.orders(rows, folder).open("rb") as file,
                connection.cursor() as cursor,
                cursor.copy("copy orders from stdin with (format csv, header)") as copy,
            ):
                shutil.copyfileobj(file, copy, 1 << 20)  # type: ignore[arg-type] # has a write
            connection.execute("vacuum analyze orders")
        yield Place("PostgreSQL", url, "orders", listener(port_of(url)))


@contextmanager
def _spark(rows: int, folder: Path) -> Iterator[Place | None]:
    """Start Spark on all cores with its usual settings; it reads the orders from Parquet."""
    home = os.environ.get("SPARK_HOME", "")
    if not (home and shutil.which("java")):
        yield None
        return
    ui = servers.free_port()
    with servers.spark(Path(home), {**SPARK, "spark.ui.port": ui}, "local[*]") as url:
        yield Place("Spark", url, _parquet(rows, folder), listener(port_of(url)), ui)


@contextmanager
def _sail(rows: int, folder: Path) -> Iterator[Place | None]:
    """Start Sail, which reads the same files."""
    if find_spec("pysail") is None:
        yield None
        return
    with servers.sail() as (url, process):
        yield Place("Sail", url, _parquet(rows, folder), process.pid)


_SERVERS = {"PostgreSQL": _postgres, "Spark": _spark, "Sail": _sail}


def _parquet(rows: int, folder: Path) -> str:
    """Return a folder of Parquet as a table; its path must have no point."""
    file = data.form("parquet", rows, folder)
    place = folder / f"engines-{rows}"
    place.mkdir(exist_ok=True)
    linked = place / "part-0.parquet"
    if not linked.exists():
        linked.hardlink_to(file)
    return f"parquet.{place}"


def listener(port: int) -> int:
    """Return the process that listens on a port; the oldest, if its children do, too."""
    wanted = f":{port:04X}"
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets += [line.split() for line in Path("/proc/net/tcp6").read_text().splitlines()[1:]]
    ends = {f"socket:[{one[9]}]" for one in sockets if one[1].endswith(wanted) and one[3] == "0A"}
    found = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if os.readlink(link) in ends:
                found.append(int(link.parts[2]))
    return min(found)


def cpu_seconds(process: int) -> float:
    """Return the CPU seconds of a process, and of its children, living and dead."""
    ticks = 0
    waiting = [process]
    while waiting:
        number = waiting.pop()
        with suppress(OSError):
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # of itself, and of children that have ended
            for task in Path(f"/proc/{number}/task").glob("*/children"):
                waiting += map(int, task.read_text().split())
    return ticks / os.sysconf("SC_CLK_TCK")
