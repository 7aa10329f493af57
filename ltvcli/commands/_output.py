"""Output of a result, to the screen or to a file that is written completely or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec.structs import replace

from ltvcli import formats, registry, targets
from ltvcli.atomic_write import replacing
from ltvcli.choices import Depth
from ltvcli.errors import (
    BriefAndVerboseError,
    BriefTakesPageError,
    ChartTakesTextError,
    EndingError,
    OutputError,
    TableTakesCsvError,
    UnknownEndingError,
    WorkbookTakesFileError,
)
from ltvcli.formats import _endings
from ltvcli.language import N_, why

if TYPE_CHECKING:
    from ltvcli.results import AnyReport
    from ltvcli.settings.output import OutputSettings


def renderer(
    settings: OutputSettings,
    out: str | None,
    table: str | None = None,
    *,
    quiet: bool = False,
    brief: bool = False,
    verbose: bool = False,
    chart: bool = False,
) -> Callable[[AnyReport, str], str | bytes]:
    """Return a function that writes a report; a table on the screen uses its width and colours.

    Args:
        settings: with the format, if one was given.
        out: the file to write to, whose ending sets the format.
        table: the table to write as CSV.
        quiet: whether to omit the next command.
        brief: whether the answer alone is written.
        verbose: whether everything is written.
        chart: whether charts are drawn below the answer.

    Raises:
        UsageError: there is no such format, or the options contradict each other.
        OutputError: standard output is closed.
    """
    name = format_of(settings, out)
    depth = _depth(name, brief=brief, verbose=verbose)
    if chart and name not in (None, "table"):
        raise ChartTakesTextError(format=name)
    render = _rendering(name, table, depth, to_file=bool(out), chart=chart)
    if not quiet:
        return render
    return lambda report, lang: render(replace(report, next_command=""), lang)


def format_of(settings: OutputSettings, out: str | None) -> str | None:
    """Return the format by `--format` or the ending of `--out`; None if neither gives one.

    Raises:
        UnknownEndingError: no format is written to such a file.
        EndingError: the ending belongs to a different format than the typed one.
    """
    ending = _endings.ending(out or "")
    by_ending = _endings.ENDINGS.get(ending)
    typed = settings.format if settings.origin.get("format") == "flag" else None
    if not ending or not out:
        return settings.format
    if typed and by_ending not in (None, "table", typed):
        raise EndingError(path=out, format=by_ending, typed=typed)
    if not typed and by_ending is None:
        raise UnknownEndingError(path=out, known=sorted(_endings.ENDINGS))
    return typed or by_ending


def holds_customers(out: str | None) -> bool:
    """Return whether a file is for customers, not the result: its ending is that of no format."""
    ending = _endings.ending(out or "")
    return bool(out) and _endings.ENDINGS.get(ending, "csv") == "csv"


def _depth(name: str | None, *, brief: bool, verbose: bool) -> Depth:
    """Return the depth of a page.

    Raises:
        BriefAndVerboseError: both were typed.
        BriefTakesPageError: --brief was given for JSON, CSV or a workbook, always complete.
    """
    if brief and verbose:
        raise BriefAndVerboseError
    if brief and name in ("json", "csv", "xlsx"):
        raise BriefTakesPageError(format=name)
    return Depth.BRIEF if brief else Depth.VERBOSE if verbose else Depth.DEFAULT


def _rendering(
    name: str | None, table: str | None, depth: Depth, *, to_file: bool, chart: bool
) -> Callable[[AnyReport, str], str | bytes]:
    """Return the function of a format that writes a report.

    Args:
        name: of the format; None for a page on the screen.
        table: the table to write as CSV.
        depth: of a page.
        to_file: whether the result goes to a file, which has no width and no colours.
        chart: whether charts are drawn below the answer.

    Raises:
        TableTakesCsvError: one table was asked for in another format.
        WorkbookTakesFileError: a workbook was to go to the screen.
        OutputError: standard output is closed.
    """
    render: Callable[..., str | bytes] = registry.load(formats, name or "table").render
    if name in (None, "table", "md", "html"):
        render = partial(render, depth=depth)
    if name == "html":
        from ltvcli.commands import _glossary

        render = partial(render, explain=_glossary.meaning)
    if chart:
        render = partial(render, chart=True)
    if table is not None:
        if name != "csv":
            raise TableTakesCsvError(table=table)
        render = partial(render, table=table)
    if to_file:
        return render
    if name == "xlsx":
        raise WorkbookTakesFileError
    if sys.stdout is None:
        raise OutputError(path=N_("standard output"), because=N_("it is closed"))
    if name not in (None, "table"):
        return render
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return partial(render, width=shutil.get_terminal_size().columns, color=color)


def write(text: str | bytes, file: str | None) -> None:
    """Write `text` to standard output, or it or a workbook atomically to `file`.

    Raises:
        UsageError: the folder or file cannot be written, or is one that was read.
    """
    if isinstance(text, str) and not file:
        _print(text)
        return
    out = Path(file or "")
    targets.writing(targets.OUT, out)
    try:
        with replacing(out) as temporary:
            temporary.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
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
