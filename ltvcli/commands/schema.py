"""`ltv schema`: the JSON Schema of the output of `--format json`."""

from __future__ import annotations

from typing import Annotated

import typer

from ltvcli.commands import _complete
from ltvcli.errors import UnknownNameError
from ltvcli.language import N_, Marked

HELP = N_("Print the JSON Schema of --format json, for one command or all.")
EXAMPLES = (
    "ltv schema",
    "ltv schema calc",
)


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMMAND]",
            help=N_("A command with --format json; without one, all of them."),
            show_default=False,
            autocompletion=_complete.documents,
        ),
    ] = None,
) -> None:
    """Write the schema.

    Raises:
        UnknownNameError: the command has no schema.
    """
    from ltvcli.formats import _schema, json

    if name is not None and name not in _schema.COMMANDS:
        raise UnknownNameError(kind=Marked("commands"), name=name, known=_schema.COMMANDS)
    typer.echo(json.dump(_schema.schema([name] if name else _schema.COMMANDS)), nl=False)
