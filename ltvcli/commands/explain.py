"""`ltv explain`: what any name on the page means, read from where it is defined."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ltvcli import config, formats, language, registry
from ltvcli.commands import _options
from ltvcli.language import N_

HELP = N_("Explain a figure, method, finding, grade, or reason rows are set aside.")


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            help=N_("Any name that ltv prints; without one, all are listed."), show_default=False
        ),
    ] = None,
    format: _options.Format = None,
    lang: _options.Lang = None,
) -> None:
    """Explain one name, or list them all."""
    from ltvcli.commands import _terms

    settings = config.resolve({"format": format, "lang": lang}, os.environ)
    speak = settings.lang or language.chosen((), os.environ)
    registry.load(formats, settings.format or "table")
    terms: _terms.Terms = dict(_terms.every_term())
    if name is not None:
        name = _terms.found(name, terms)
        terms = {name: terms[name]}
    if settings.format == "json":
        text = _terms.as_json(terms, speak)
    elif name is None:
        text = _terms.as_list(terms, speak)
    else:
        text = _terms.as_page(name, terms[name][1], speak)
    typer.echo(text, nl=False)
