"""Where a result goes: the screen, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ltvcli import formats, registry, targets
from ltvcli.errors import OutputError
from ltvcli.language import N_, why
from ltvcli.replacing import replacing

if TYPE_CHECKING:
    from ltvcli.results import AnyReport


def renderer(name: str | None, to_file: bool) -> Callable[[AnyReport, str], str]:
    """Give the format called `name`; a table on the screen takes its width and colour.

    Raises:
        UnknownNameError: there is no such format.
        OutputError: standard output is closed.
    """
    render: Callable[..., str] = registry.load(formats, name or "table").render
    if to_file:
        return render
    if sys.stdout is None:
        raise OutputError(path=N_("standard output"), because=N_("it is closed"))
    if name not in (None, "table"):
        return render
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return partial(render, width=shutil.get_terminal_size().columns, color=color)


def write(text: str, file: str | None) -> None:
    """Write `text` to standard output, or atomically to `file`.

    Raises:
        UsageError: the folder or file cannot be written, or is one that was read.
    """
    if not file:
        _print(text)
        return
    out = Path(file)
    targets.writing(targets.OUT, out)
    try:
        with replacing(out) as beside:
            beside.write_text(text, encoding="utf-8", newline="")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(path=str(out), because=why(error)) from error


def _print(text: str) -> None:
    """Write to standard output.

    Raises:
        OutputError: it is closed, or its disk is full.
    """
    if sys.stdout is None:
        raise OutputError(path=N_("standard output"), because=N_("it is closed"))
    try:
        typer.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        because = why(error) if isinstance(error, OSError) else N_("it is closed")
        raise OutputError(path=N_("standard output"), because=because) from error
