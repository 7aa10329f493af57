"""Where a result goes: the screen, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ltvcli import formats, registry
from ltvcli.errors import OutputError, OutputIsInputError
from ltvcli.language import N_, why
from ltvcli.replacing import replacing

if TYPE_CHECKING:
    from ltvcli.results import AnyReport


def renderer(name: str | None, to_file: bool) -> Callable[[AnyReport, str], str]:
    """Give the format called `name`; a table on the screen takes its width and colour.

    Raises:
        UnknownNameError: there is no such format.
    """
    render: Callable[..., str] = registry.load(formats, name or "table").render
    if name not in (None, "table") or to_file:
        return render
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return partial(render, width=shutil.get_terminal_size().columns, color=color)


def write(
    text: str, file: str | None, inputs: Sequence[str] = (), report: AnyReport | None = None
) -> None:
    """Write `text` to standard output, or atomically to `file`.

    Raises:
        OutputIsInputError: `file` is one of `inputs`, or was read for `report`.
        OutputError: the folder or file cannot be written.
    """
    if not file:
        try:
            typer.echo(text, nl=False)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(path=N_("standard output"), because=why(error)) from error
        return
    out = Path(file)
    read = [*inputs, *(one.path for one in report.inputs)] if report else inputs
    if any(name != "-" and os.path.realpath(name) == os.path.realpath(out) for name in read):
        raise OutputIsInputError(path=str(out))
    if out.is_dir():
        raise OutputError(path=str(out), because=N_("it is a folder"))
    try:
        with replacing(out) as beside:
            beside.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise OutputError(path=str(out), because=why(error)) from error
