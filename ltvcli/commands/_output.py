"""Where a result goes: the screen, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

from ltvcli.errors import OutputError, OutputIsInputError
from ltvcli.language import N_


def screen() -> tuple[int, bool]:
    """Width of the screen in columns, and whether colour may be used on it."""
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return shutil.get_terminal_size().columns, color


def write(text: str, out: Path | None, inputs: Sequence[str] = ()) -> None:
    """Write `text` to standard output, or atomically to `out`.

    Raises:
        OutputIsInputError: `out` is one of `inputs`.
        OutputError: the folder or file cannot be written.
    """
    if out is None:
        try:
            typer.echo(text, nl=False)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(path=N_("standard output"), because=str(error.strerror)) from error
        return
    if any(name != "-" and os.path.realpath(name) == os.path.realpath(out) for name in inputs):
        raise OutputIsInputError(path=str(out))
    if out.is_dir():
        raise OutputError(path=str(out), because=N_("it is a folder"))
    try:
        _replace(out, text)
    except OSError as error:
        raise OutputError(path=str(out), because=error.strerror or str(error)) from error


def _replace(out: Path, text: str) -> None:
    handle, beside = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(out)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
