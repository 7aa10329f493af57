"""`ltv sources`: exports that can be read, their columns, and how files would be read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from ltvcli import formats, registry
from ltvcli.commands import _complete, _options, _output
from ltvcli.commands._listing import LISTS
from ltvcli.errors import WorkbookTakesFileError
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.text import progress

HELP = N_("Show how files would be read, list the exports that can be read, or describe one.")
EXAMPLES = (
    "ltv sources orders.csv",
    "ltv sources orders.csv --map amount=Total",
    "ltv sources",
    "ltv sources shopify",
)


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help=N_("Files, or the name of one export; without any, all exports are listed."),
            metavar="[FILES | NAME]",
            show_default=False,
            autocompletion=_complete.exports,
        ),
    ] = None,
    spend: _options.Spend = None,
    map: _options.Map = None,
    exclude: _options.Exclude = None,
    status_paid: _options.StatusPaid = None,
    words: _options.Words = None,
    as_of: _options.AsOf = None,
    from_: _options.From = None,
    to: _options.To = None,
    new_since: _options.NewSince = None,
    date_format: _options.DateFormat = None,
    encoding: _options.Encoding = None,
    currency: _options.Currency = None,
    memory: _options.Memory = None,
    format: _options.Format = None,
    table: _options.Table = None,
    out: _options.Out = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Show files, one profile, or list them all."""
    given = names or []
    params = {key: value for key, value in ctx.params.items() if key != "names"}
    if not given and not spend:
        settings = config.resolve({"format": format, "lang": lang}, os.environ)
        _profiles((), _output.format_of(settings, out), settings.lang or ctx.obj.lang, out)
        return
    if given and all(_is_name(name) for name in given):
        settings = config.resolve({"format": format, "lang": lang}, os.environ)
        _profiles(given, _output.format_of(settings, out), settings.lang or ctx.obj.lang, out)
        return
    from ltvcli.pipeline import sources

    settings = config.resolve(params, os.environ, given, today=ctx.obj.today)
    speak = settings.lang or ctx.obj.lang
    render = _output.renderer(settings, out, table, quiet=quiet)
    with progress.watch(speak, quiet=quiet) as step:
        report = sources.run(given, settings, step)
    _output.write(render(report, speak), out)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _is_name(text: str) -> bool:
    """Return whether a word is the name of an export; an existing file comes first."""
    if os.path.lexists(text):
        return False
    return text[:1].isalpha() and text.replace("-", "_").isidentifier()


def _profiles(names: Sequence[str], format: str | None, lang: str, out: str | None) -> None:
    """Show profiles, or list them all."""
    from ltvcli.commands import _profiles as pages
    from ltvcli.read import profiles

    registry.load(formats, format or "table")
    if format == "xlsx" and not out:
        raise WorkbookTakesFileError
    wanted = [name.replace("-", "_") for name in names] or profiles.names()
    shown = [profiles.load(profile) for profile in wanted]
    if format is not None and format in LISTS:
        text = LISTS[format](pages.as_rows(shown, lang), lang)
    elif format == "json":
        text = pages.as_json(shown, lang)
    elif names:
        text = "\n".join(pages.as_page(profile, lang) for profile in shown)
    else:
        text = pages.as_list(shown, lang)
    _output.write(text, out)
