"""`ltv mcp`: the questions of ltv as tools of an assistant."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ltvcli.errors import McpExtraError, NoRootError
from ltvcli.language import N_

HELP = N_("Serve ltv to an assistant over standard input and output (Model Context Protocol).")
EXAMPLES = (
    "ltv mcp --root exports",
    "claude mcp add ltv -- ltv mcp --root ~/exports",
)


def command(
    root: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help=N_("Read files in this folder only. Nothing is written."),
            show_default=N_("the current folder"),
        ),
    ] = ".",
) -> None:
    """Serve until standard input ends.

    Raises:
        NoRootError: there is no such folder.
        McpExtraError: the library mcp is not installed.
    """
    folder = Path(root).expanduser()
    if not folder.is_dir():
        raise NoRootError(root=root)
    try:
        from ltvcli.commands import _mcp_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise McpExtraError from None
    if sys.stdin is not None and sys.stdin.isatty():
        typer.echo("ltv mcp: waiting for an assistant; stop with Ctrl-C", err=True)
    _mcp_server.serve(folder.resolve())
