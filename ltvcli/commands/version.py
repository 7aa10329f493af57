"""`ltv version`: the version."""

from __future__ import annotations

import typer

from ltvcli import __version__
from ltvcli.language import N_

HELP = N_("Print the version.")
EXAMPLES = ("ltv version",)


def command() -> None:
    """Write the version."""
    typer.echo(f"ltv {__version__}")
