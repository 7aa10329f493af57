"""`ltv explain`: the meaning of any term on a screen."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ltvcli import formats, language, registry
from ltvcli.commands import _complete, _options
from ltvcli.commands._listing import LISTS, refuse_workbook
from ltvcli.language import N_
from ltvcli.settings import settings as config

HELP = N_("Explain a term: a figure, method, grade, finding or column, in English or Japanese.")
EXAMPLES = (
    "ltv explain",
    "ltv explain churn",
    "ltv explain CLV",
    "ltv explain 解約率",
)


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help=N_("Any term that ltv prints, or a synonym; without one, all terms are listed."),
            show_default=False,
            metavar="[TERM]",
            autocompletion=_complete.terms,
        ),
    ] = None,
    format: _options.Format = None,
    lang: _options.Lang = None,
) -> None:
    """Explain one name, or list them all."""
    from ltvcli.commands import _glossary, _term_pages

    settings = config.resolve({"format": format, "lang": lang}, os.environ)
    speak = settings.lang or language.chosen((), os.environ)
    form = settings.format or "table"
    registry.load(formats, form)
    refuse_workbook(form, "explain")
    terms: _glossary.Terms = dict(_glossary.every_term())
    name = _glossary.find(" ".join(words)) if words else None
    if name is not None:
        terms = {name: terms[name]}
    if form in LISTS:
        text = LISTS[form](_term_pages.as_rows(terms, speak), speak)
    elif form == "json":
        text = _term_pages.as_json(terms, speak)
    elif name is None:
        text = _term_pages.as_list(terms, speak)
    else:
        text = _term_pages.as_page(name, terms[name][1], speak)
    typer.echo(text, nl=False)
