"""Errors of the Python API, in the words of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ltvcli.errors import LtvError


@contextmanager
def written_errors() -> Iterator[None]:
    """Write `problem` and `hint` of an error with its facts; a traceback shows the hint, too.

    Raises:
        LtvError: the one that was raised inside.
    """
    from ltvcli.text.words import say_error

    try:
        yield
    except LtvError as error:
        error.problem, error.hint = say_error(error, "en")
        error.args = (error.problem,)
        error.add_note(f"Hint: {error.hint}")
        raise
