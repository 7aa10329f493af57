"""What is going on, on stderr, for work that takes more than a second on a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ltvcli.language import translate

PATIENCE = 1.0
"""Seconds of silence that nobody minds."""


@contextmanager
def watch(lang: str, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Give a function to call with each step's name; shows the newest once PATIENCE is over."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    status = Console(stderr=True).status("")
    timer = threading.Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda step: status.update(f"{translate(step, lang)} …")
    finally:
        timer.cancel()
        timer.join()
        status.stop()
