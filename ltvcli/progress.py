"""Progress of long work, for a display.

An engine reports how much of its query is done, reading reports how many rows there are; both only
while progress is watched, so that it costs nothing otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct, field


class _Watched(Struct):
    is_wanted: bool = False
    rows: int = 0
    sources: list[Callable[[], float]] = field(default_factory=list)


_watched = _Watched()


@contextmanager
def watching() -> Iterator[None]:
    """Collect progress within this context."""
    _watched.is_wanted = True
    try:
        yield
    finally:
        _watched.is_wanted = False
        _watched.rows = 0


def is_wanted() -> bool:
    """Return whether progress is watched."""
    return _watched.is_wanted


@contextmanager
def source(percent: Callable[[], float]) -> Iterator[None]:
    """Take the progress of a query from `percent` within this context; below 0 is unknown."""
    _watched.sources.append(percent)
    try:
        yield
    finally:
        _watched.sources.remove(percent)


def of_rows(rows: int) -> None:
    """Set how many rows the query that runs next reads; 0 is unknown."""
    _watched.rows = rows


def rows() -> int:
    """Return how many rows are read; 0 is unknown."""
    return _watched.rows


def percent() -> float | None:
    """Return the progress of the query, from 0 to 100; None if it is unknown."""
    done = _watched.sources[-1]() if _watched.sources else -1.0
    return min(done, 100.0) if done >= 0 else None
