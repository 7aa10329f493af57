"""`ltv risk`: who will leave, and how well that is known."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated

import typer

from ltvcli.commands import _options, _output, _recording
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.text import progress

HELP = N_("Find out who will leave, and how well that is known.")
EXAMPLES = (
    "ltv risk --customers customers.csv --outcome churned",
    "ltv risk --customers customers.csv --outcome status=closed --without age",
)
Outcome = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="churned",
        help=N_("Column that says whether a customer left (0 and 1), or COLUMN=VALUE."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="COLUMN",
        help=N_("Column that may not be used, such as age. Repeatable."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    customers: _options.Customers = None,
    outcome: Outcome = None,
    without: Without = None,
    map: _options.Map = None,
    encoding: _options.Encoding = None,
    memory: _options.Memory = None,
    format: _options.Format = None,
    table: _options.Table = None,
    out: _options.Out = None,
    brief: _options.Brief = False,
    verbose: _options.Verbose = False,
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read what was typed, ask the pipeline, hand the answer to a format."""
    from ltvcli.pipeline import risk

    inputs = [customers] if customers else []
    settings = config.resolve(ctx.params, os.environ, inputs, today=ctx.obj.today)
    words = ["--outcome", outcome] if outcome else []
    words += [word for column in without or () for word in ("--without", column)]
    settings = replace(settings, typed=(*words, *settings.typed))
    question = risk.Question(outcome=outcome, without=tuple(without or ()))
    speak = settings.lang or ctx.obj.lang
    render = _output.renderer(settings, out, table, quiet=quiet, brief=brief, verbose=verbose)
    with _recording.of(settings, ctx.obj) as remember:
        with progress.watch(speak, quiet=quiet) as step:
            report = risk.run(settings, question, step)
        remember(report)
        _output.write(render(report, speak), out)
