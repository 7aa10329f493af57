"""Signals in tests."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def heeded(number: signal.Signals) -> Iterator[None]:
    """Heed a signal here and in processes that start, also in a run that ignores it.

    A run in the background ignores SIGINT, one under nohup SIGHUP.
    """
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)
