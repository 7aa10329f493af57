"""Signals that stop the program: Ctrl-C, `kill`, a closed terminal."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOPPING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_received: list[int] = []


def handle() -> None:
    """Make signals that stop the program unwind it, so that temporary files are removed.

    A signal that the program was started to ignore (`nohup`) stays ignored.
    """
    for number in _STOPPING:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)


def exit_code() -> int | None:
    """Return the exit code after a signal, 128 and its number; None if none was received."""
    return 128 + _received[0] if _received else None


@contextmanager
def signals_held() -> Iterator[None]:
    """Hold signals back until a clean-up is done."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop(number: int, _frame: FrameType | None) -> None:
    _received.append(number)
    raise KeyboardInterrupt
