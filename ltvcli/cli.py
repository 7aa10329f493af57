"""The `ltv` program: collects the commands and turns errors into words and exit codes."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from ltvcli import __version__, commands, language, registry
from ltvcli.errors import BrokenOptionError, InternalError, LtvError, UnknownOptionError
from ltvcli.language import N_


class _Program(TyperGroup):
    """The one place where an error becomes text and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        typed = list(sys.argv[1:] if args is None else args)
        lang = language.chosen(typed, os.environ)
        _speak(self, lang)
        for parameter in (*self.params, *(p for c in self.commands.values() for p in c.params)):
            _take_as_typed(parameter)
        # The clock is read here and nowhere else; a command takes it from the context.
        extra["obj"] = date.today()
        try:
            code = super().main(typed, prog_name, complete_var, False, windows_expand_args, **extra)
            sys.stdout.flush()
        except LtvError as error:
            code = _tell(error, typed, lang)
        except typer.TyperException as error:
            code = _tell(_as_ours(error), typed, lang)
        except BrokenPipeError:
            # Whoever read our output has gone (`ltv calc ... | head`); there is nobody to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        except Exception as error:
            if os.environ.get("LTV_DEBUG"):
                raise
            code = _tell(InternalError(what=f"{type(error).__name__}: {error}"), typed, lang)
        sys.exit(code or 0)


def _take_as_typed(parameter: Any) -> None:
    """Hand a parameter's text on as it was typed: settings read their own text.

    Typer would build a pydantic validator for every parameter of the command, used or not, which
    takes longer than everything else a run without files does.
    """

    def process_value(ctx: typer.Context, value: Any) -> Any:
        return parameter.callback(ctx, parameter, value) if parameter.callback else value

    parameter.process_value = process_value


def _speak(program: TyperGroup, lang: str) -> None:
    """Put the help of every command, and Typer's own words, into `lang`."""
    if lang == "en":
        return
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain("ltvcli", str(language.LOCALE))
    gettext.textdomain("ltvcli")
    for command in (program, *program.commands.values()):
        command.help = language.translate(command.help or "", lang)
        for parameter in command.params:
            for name in ("help", "rich_help_panel", "metavar"):
                if text := getattr(parameter, name, None):
                    setattr(parameter, name, language.translate(text, lang))


def _as_ours(error: typer.TyperException) -> LtvError:
    """Say a mistake in the command line in our words."""
    option = getattr(error, "option_name", None)
    if option is None:
        return BrokenOptionError(message=getattr(error, "format_message", error.__str__)())
    near = getattr(error, "possibilities", None)
    return UnknownOptionError(option=option, near=sorted(near) if near else ["ltv --help"])


def _tell(error: LtvError, typed: Sequence[str], lang: str) -> int:
    """Write `error` to stderr, as JSON where the result would have been JSON."""
    from ltvcli.formats import _words
    from ltvcli.formats import json as json_format

    asked = [*typed, f"--format={os.environ.get('LTV_FORMAT', '')}"]
    as_json = "--format=json" in asked or ("--format", "json") in pairwise(typed)
    if as_json:
        typer.echo(json_format.render_error(error, lang), err=True, nl=False)
    else:
        problem, hint = _words.say_error(error, lang)
        typer.echo(f"{_words.heading('Error', lang)}: {problem}", err=True)
        typer.echo(f"{_words.heading('Hint', lang)}: {hint}", err=True)
    return error.exit_code


app = typer.Typer(
    cls=_Program,
    no_args_is_help=True,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ltv {__version__}")
        raise typer.Exit


@app.callback(help=N_("What a customer is worth against what they cost."))
def _program(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help=N_("Print the version.")
    ),
) -> None:
    pass


for _name in registry.names(commands):
    _module = registry.load(commands, _name)
    app.command(_name, help=_module.HELP)(_module.command)


def main() -> None:
    """Run `ltv`."""
    app()
