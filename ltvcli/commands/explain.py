"""`ltv explain`: what any name on the page means, read from where it is defined."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ltvcli import formats, language, registry
from ltvcli.commands import _complete, _options
from ltvcli.commands._listing import LISTS
from ltvcli.language import N_
from ltvcli.settings import settings as config

HELP = N_("Explain a figure, method, finding, grade, or reason rows are set aside.")
EXAMPLES = (
    "ltv explain",
    "ltv explain churn",
    "ltv explain payback_observed",
)


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            help=N_("Any name that ltv prints; without one, all are listed."),
            show_default=False,
            autocompletion=_complete.terms,
        ),
    ] = None,
    format: _options.Format = None,
    lang: _options.Lang = None,
) -> None:
    """Explain one name, or list them all."""
    from ltvcli.commands import _terms

    settings = config.resolve({"format": format, "lang": lang}, os.environ)
    speak = settings.lang or language.chosen((), os.environ)
    form = settings.format or "table"
    registry.load(formats, form)
    terms: _terms.Terms = dict(_terms.every_term())
    if name is not None:
        name = _terms.found(name, terms)
        terms = {name: terms[name]}
    if form in LISTS:
        text = LISTS[form](_terms.as_rows(terms, speak), speak)
    elif form == "json":
        text = _terms.as_json(terms, speak)
    elif name is None:
        text = _terms.as_list(terms, speak)
    else:
        text = _terms.as_page(name, terms[name][1], speak)
    typer.echo(text, nl=False)
