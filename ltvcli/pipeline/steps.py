"""Steps of a run, named for a progress display."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str], None]
"""Called with the name of each step as it begins, for a progress display."""


def unwatched(_: str) -> None:
    """Ignore the begin of a step, where no progress is shown."""
