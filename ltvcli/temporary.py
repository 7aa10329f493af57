"""A private folder for copies of the user's data, deleted when the program ends."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ltvcli import signals


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder that only the user can read, and delete it with its content in any case."""
    import tempfile

    path = None
    try:
        with signals.signals_held():
            path = Path(tempfile.mkdtemp(prefix="ltv-"))
        yield path
    finally:
        if path is not None:
            with signals.signals_held():
                shutil.rmtree(path, ignore_errors=True)
