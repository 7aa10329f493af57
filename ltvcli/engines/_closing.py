"""Connections are closed while the program goes on: large tables take time to free."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SPILLED = "duckdb_temp*"
"""Files that hold what did not fit into memory."""
_threads: list[Thread] = []


def close(connection: duckdb.DuckDBPyConnection, temp: Path) -> None:
    """Close a connection in a thread; a process that ends meanwhile frees all memory at once.

    Args:
        connection: to tables in memory.
        temp: private folder, deleted by the caller: DuckDB deletes what it has spilled there first.
    """
    if any(temp.glob(SPILLED)):
        connection.close()
        return
    thread = Thread(target=connection.close)
    thread.start()
    _threads.append(thread)


def wait() -> None:
    """Wait until all connections are closed, so that the next one has their memory."""
    with suppress(IndexError):  # programs may open engines in several threads
        while True:
            _threads.pop().join()
