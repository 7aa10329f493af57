"""The `ltv` program: collects the commands and turns errors into text and exit codes."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from ltvcli import __version__, commands, language, registry, signals, targets
from ltvcli.commands import _groups
from ltvcli.commands._start import Start
from ltvcli.errors import InternalError, LtvError, OutputError
from ltvcli.language import N_, translate

_INTERRUPTED = 130
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


EXAMPLES = (
    "ltv calc orders.csv --margin 40% --cac 50",
    "ltv calc --arpu 10000 --churn 5% --cac 60000",
    "ltv help calc",
)


class _Helpful(TyperCommand):
    """Help in the language of the command line, in plain text: boxes take half of start-up time."""

    examples: Sequence[str] = ()

    def invoke(self, ctx: Any) -> Any:
        """Run the command; writing a file that is read is an error."""
        named = {option: ctx.params.get(option.strip("-")) for option in targets.OPTIONS}
        with targets.run(named, os.environ.get(targets.ROOT)):
            return super().invoke(ctx)

    def get_params(self, ctx: Any) -> list[Any]:
        """List the parameters, `--help` included."""
        return [_taken_as_typed(parameter) for parameter in super().get_params(ctx)]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the first line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=translate(N_("Usage: "), _lang(ctx)))

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the description of the command."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translate(self.help or "", _lang(ctx)))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options in groups, each with its default, then the examples."""
        lang = _lang(ctx)
        panels: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            title = getattr(parameter, "rich_help_panel", None) or N_("Options")
            if record := parameter.get_help_record(ctx):
                name = record[0].removesuffix(" <list[str]>")
                panels.setdefault(title, []).append((name, _described(parameter, lang)))
        for title, records in panels.items():
            with formatter.section(translate(title, lang)):
                formatter.write_dl(records)
        if self.examples:
            with formatter.section(translate(N_("Examples"), lang)):
                formatter.write("".join(f"  {line}\n" for line in self.examples))


class _Program(TyperGroup):
    """The place where an error becomes text and an exit code."""

    examples = EXAMPLES
    format_usage = _Helpful.format_usage
    format_help_text = _Helpful.format_help_text

    def __init__(self, **attributes: Any) -> None:
        """Register the commands by name; each is built when it is run."""
        super().__init__(**attributes)
        known: dict[str, Any] = dict.fromkeys(registry.names(commands))
        self.commands = known

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build the command called `cmd_name`; None if there is none."""
        if cmd_name not in self.commands:
            return None
        module = registry.load(commands, cmd_name)
        alone = typer.Typer(rich_markup_mode=None, add_completion=False)
        alone.command(cmd_name, cls=_Helpful, help=module.HELP)(module.command)
        built: Any = typer.main.get_command(alone)
        built.examples = module.EXAMPLES
        return built

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that was typed.

        Raises:
            NotACommandError: there is none of that name.
        """
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from ltvcli.commands import _typed_errors

        raise _typed_errors.not_a_command(args, list(self.commands))

    def get_params(self, ctx: Any) -> list[Any]:
        """List the parameters, `--help` included."""
        return [_taken_as_typed(parameter) for parameter in super().get_params(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands in groups, each with all of its help, then options and examples."""
        lang = _lang(ctx)
        for title, names in _groups.grouped(self.commands):
            with formatter.section(translate(title, lang)):
                formatter.write_dl(
                    [(name, translate(registry.load(commands, name).HELP, lang)) for name in names]
                )
        _Helpful.format_options(cast(_Helpful, self), ctx, formatter)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        typed = list(sys.argv[1:] if args is None else args) or ["--help"]
        lang = language.chosen(typed, os.environ)
        # The clock is read here and nowhere else; a command takes it from the context.
        extra["obj"] = Start(now=datetime.now().astimezone(), lang=lang)
        try:
            code = super().main(typed, prog_name, complete_var, False, windows_expand_args, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()
        except LtvError as error:
            code = _tell(error, typed, lang)
        except typer.TyperException as error:
            from ltvcli.commands import _typed_errors

            code = _tell(_typed_errors.from_typer(error), typed, lang)
        except BrokenPipeError:
            # The reader of the output has closed it (`ltv calc ... | head`).
            code = 1
        except KeyboardInterrupt:
            code = _INTERRUPTED
        except Exception as error:
            if os.environ.get("LTV_DEBUG"):
                raise
            if signals.exit_code():
                sys.exit(signals.exit_code())
            code = _tell(
                _unwritable(error) or InternalError(what=f"{type(error).__name__}: {error}"),
                typed,
                lang,
            )
        _release_output()
        sys.exit(signals.exit_code() or code or 0)


def _release_output() -> None:
    """Redirect standard output if it is closed, as Python flushes it once more at its end."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritable(error: Exception) -> OutputError | None:
    """Return our error for a standard output that cannot be written to; None for other errors."""
    if isinstance(error, OSError) and error.filename is None and error.errno in _NO_ROOM:
        return OutputError(path=N_("standard output"), because=language.why(error))
    return None


def _lang(ctx: typer.Context) -> str:
    start: Start = ctx.obj
    return start.lang


def _described(parameter: Any, lang: str) -> str:
    """Describe what a parameter means, and its default where it has one."""
    text = translate(parameter.help or "", lang)
    default = getattr(parameter, "show_default", None)
    if not isinstance(default, str):
        return text
    shown = translate(N_("default: {value}"), lang).format(value=translate(default, lang))
    return f"{text} [{shown}]"


def _taken_as_typed(parameter: Any) -> Any:
    """Make a parameter pass its text on unchanged: settings parse their text.

    Typer would build a pydantic validator for every parameter of the command, used or not, which
    takes longer than everything else a run without files does.
    """

    def process_value(ctx: typer.Context, value: Any) -> Any:
        return parameter.callback(ctx, parameter, value) if parameter.callback else value

    parameter.process_value = process_value
    return parameter


def _tell(error: LtvError, typed: Sequence[str], lang: str) -> int:
    """Write `error` to stderr, as JSON where the result would have been JSON."""
    from ltvcli.formats import json as json_format
    from ltvcli.text import words

    if added := error.facts.get("add"):
        from ltvcli.read.columns.proposals import written

        error.facts["command"] = written(["ltv", *typed, *cast(Sequence[str], added)])
    asked = [*typed, f"--format={os.environ.get('LTV_FORMAT', '')}"]
    pairs = set(pairwise(typed))
    as_json = {("--format", "json"), ("-f", "json")} & pairs
    if as_json or not {"--format=json", "-fjson"}.isdisjoint(asked):
        typer.echo(json_format.render_error(error, lang), err=True, nl=False)
    else:
        problem, hint = words.say_error(error, lang)
        typer.echo(f"{words.heading('Error', lang)}: {problem}", err=True)
        typer.echo(f"{words.heading('Hint', lang)}: {hint}", err=True)
    return error.exit_code


app = typer.Typer(
    cls=_Program,
    rich_markup_mode=None,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ltv {__version__}")
        raise typer.Exit


@app.callback(help=N_("Compare what customers are worth (LTV) with what they cost (CAC)."))
def _program(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help=N_("Print the version.")
    ),
) -> None:
    pass


def main() -> None:
    """Run `ltv`."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # Otherwise a file of ours would take the number, and messages would be written to it.
            os.open(os.devnull, os.O_RDWR)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # warnings of libraries about intended arithmetic
    # The matrices are small: threads of OpenBLAS would only spin and wait.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app()
