"""`ltv help`: the commands, or the options of one."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ltvcli import commands, registry
from ltvcli.commands import _complete
from ltvcli.errors import UnknownNameError
from ltvcli.language import N_, Marked

HELP = N_("List the commands, or show the options and examples of one.")
EXAMPLES = ("ltv help", "ltv help calc")


def command(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMMAND]",
            help=N_("Command; without one, all are listed."),
            show_default=False,
            autocompletion=_complete.commands,
        ),
    ] = None,
) -> None:
    """Write the text of `--help`.

    Raises:
        UnknownNameError: there is no such command.
    """
    parent: Any = ctx.parent
    if name is None:
        typer.echo(parent.command.get_help(parent))
        return
    known = registry.names(commands)
    if name not in known:
        raise UnknownNameError(kind=Marked("commands"), name=name, known=known)
    asked = parent.command.get_command(parent, name)
    with typer.Context(asked, info_name=name, parent=parent) as inner:
        typer.echo(asked.get_help(inner))
