"""A connection to DuckDB that is begun before an engine needs it, while imports go on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import duckdb

Connected: TypeAlias = "tuple[duckdb.DuckDBPyConnection, str, int]"
"""A new connection, and the memory and the threads that DuckDB would use."""
_begun: ContextVar[list[Future[Connected]] | None] = ContextVar("begun", default=None)
"""The connection of the engine that is opened next, if begun; None where none may be begun."""


@contextmanager
def allowed() -> Iterator[None]:
    """Let a connection be begun early; close it at the end if no engine was opened after all."""
    begun: list[Future[Connected]] = []
    token = _begun.set(begun)
    try:
        yield
    finally:
        _begun.reset(token)
        for early in begun:
            early.result()[0].close()


def begin() -> None:
    """Begin to connect in a thread, for the engine that is opened next, where that is allowed."""
    import duckdb  # noqa: F401 - before it connects, as Python imports one module at a time

    begun = _begun.get()
    if begun is not None and not begun:
        pool = ThreadPoolExecutor(1)
        begun.append(pool.submit(_connect))
        pool.shutdown(wait=False)


def prepare() -> None:
    """Load what an engine needs next, and begin to connect, while files are hashed in a thread."""
    begin()
    import numpy  # noqa: F401


def take() -> Connected:
    """Return the connection that was begun early, or else a new one."""
    begun = _begun.get()
    return begun.pop().result() if begun else _connect()


def _connect() -> Connected:
    import duckdb

    connection = duckdb.connect(":memory:")
    ((memory, threads),) = connection.execute(
        "select current_setting('memory_limit'), current_setting('threads')"
    ).fetchall()
    return connection, memory, threads
