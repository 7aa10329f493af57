"""Facts that are kept for the history: functions that gather facts pass them on here.

Without a history to be written, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_kept: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def keeping() -> Iterator[dict[str, Any]]:
    """Collect the facts that are gathered inside, by kind."""
    kept: dict[str, Any] = {}
    token = _kept.set(kept)
    try:
        yield kept
    finally:
        _kept.reset(token)


def keep(kind: str, facts: Any) -> None:
    """Keep facts if a collector is active; of each kind the first ones, which are today's.

    >>> with keeping() as kept:
    ...     keep("orders", "of today")
    ...     keep("orders", "of a year ago")
    >>> kept
    {'orders': 'of today'}
    """
    kept = _kept.get()
    if kept is not None and facts is not None:
        kept.setdefault(kind, facts)
