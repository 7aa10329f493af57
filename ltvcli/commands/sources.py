"""`ltv sources`: which exports can be read, and what is read of one."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ltvcli import config, formats, language, registry
from ltvcli.commands import _complete, _options
from ltvcli.language import N_

HELP = N_("List the exports that can be read, or show what is read of one.")
EXAMPLES = (
    "ltv sources",
    "ltv sources shopify",
)


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            help=N_("One export; without it, all are listed."),
            metavar="[NAME]",
            show_default=False,
            autocompletion=_complete.exports,
        ),
    ] = None,
    format: _options.Format = None,
    lang: _options.Lang = None,
) -> None:
    """Show one profile, or list them all."""
    from ltvcli.commands import _profiles as pages
    from ltvcli.read import profiles

    settings = config.resolve({"format": format, "lang": lang}, os.environ)
    speak = settings.lang or language.chosen((), os.environ)
    registry.load(formats, settings.format or "table")
    shown = [profiles.load(one) for one in ([name.replace("-", "_")] if name else profiles.names())]
    if settings.format == "json":
        text = pages.as_json(shown, speak)
    else:
        text = pages.as_page(shown[0], speak) if name else pages.as_list(shown, speak)
    typer.echo(text, nl=False)
