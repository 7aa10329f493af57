"""The shared frame of analysis commands: compute, record and write an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from ltvcli.commands import _output, _recording
from ltvcli.settings.origins import override
from ltvcli.text import progress

if TYPE_CHECKING:
    from ltvcli.pipeline.steps import Step
    from ltvcli.results import AnyReport
    from ltvcli.settings.settings import Settings

R = TypeVar("R", bound="AnyReport")


def give(
    ctx: typer.Context,
    settings: Settings,
    run: Callable[[Step], R],
    table: str | None = None,
    out: str | None = None,
    expand: Callable[[R, Step], AnyReport] | None = None,
) -> R:
    """Compute a report, record it if the settings say so, write it, and return it.

    Args:
        ctx: of the command, with its options `quiet`, `brief`, `verbose` and, if any, `chart`.
        settings: all settings.
        run: computes the report; it gets the function that shows progress.
        table: the table that --format csv writes.
        out: the file to write to; None for the screen.
        expand: adds what the format shows besides the report, which is recorded without it.

    Raises:
        LtvError: the options contradict each other, the input cannot be used, or the result
            cannot be written: nothing is written then. Or the run cannot be recorded, which may
            be found out only after the result was written.
    """
    from ltvcli.pipeline.report import refuse_unused

    quiet: bool = ctx.params["quiet"]
    speak = settings.lang or ctx.obj.lang
    render = _output.renderer(
        settings,
        out,
        table,
        quiet=quiet,
        brief=ctx.params["brief"],
        verbose=ctx.params["verbose"],
        chart=ctx.params.get("chart", False),
    )
    with _recording.of(settings, ctx.obj) as remember:
        with progress.watch(speak, quiet=quiet) as step:
            report = run(step)
            refuse_unused(settings, report)
            shown = expand(report, step) if expand else report
        remember(report)
        _output.write(render(shown, speak), out)
    return report


def file(path: str | None) -> Path | None:
    """Return the file that an option names; None if it names none."""
    return Path(path) if path else None


def typed(settings: Settings, flags: Mapping[str, str | bool | Sequence[str] | None]) -> Settings:
    """Return the settings with the command's own flags among those that were typed.

    The next command repeats what was typed.

    Args:
        settings: all settings.
        flags: by name: a value, values of a flag that repeats, whether a flag without value was
            typed, or None.
    """
    words: list[str] = []
    for flag, value in flags.items():
        if value is True:
            words.append(flag)
        elif value:
            values = [value] if isinstance(value, str) else value
            words += [word for single in values for word in (flag, single)]
    return override(settings, typed=(*words, *settings.typed))
