"""`ltv report`: answers of several commands on one page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ltvcli.choices import COMPILATIONS
from ltvcli.commands import _answer, _complete, _options, _output, _recording
from ltvcli.errors import NoReportNamedError, ReportTakesPageError
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.text import progress

HELP = N_("Compile answers into one report: monthly for the team, for the board, for an investor.")
EXAMPLES = (
    "ltv report monthly orders.csv --spend spend.csv --out october.html",
    "ltv report board subscriptions.csv --cancellations churn.csv --out board.html",
    "ltv report investor subscriptions.csv --cac 450 --margin 80% --out dataroom.html",
    "ltv report investor subscriptions.csv --pitch pitch.yaml --format md --out dataroom.md",
    "ltv report monthly subscriptions.csv --cac 450 --margin 80% --out october.xlsx",
)
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="|".join(COMPILATIONS) + " FILES",
        help=N_("Which report, then exports of orders or subscriptions, as for ltv calc."),
        show_default=False,
        autocompletion=_complete.among(COMPILATIONS),
    ),
]
Cancellations = Annotated[
    list[str] | None,
    typer.Option(
        "--cancellations",
        metavar="churn.csv",
        help=N_("Who cancelled, when and why, for the board. Repeatable."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Quotes = Annotated[
    bool,
    typer.Option(
        "--quotes",
        help=N_("Quote comments in the report for the board, with addresses and names masked."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
Pitch = Annotated[
    str | None,
    typer.Option(
        "--pitch",
        metavar="pitch.yaml",
        help=N_("Claims of the company, to check against the data (see ltv audit)."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    words: Words = None,
    pitch: Pitch = None,
    survey: _options.Survey = None,
    cancellations: Cancellations = None,
    quotes: Quotes = False,
    by: _options.By = None,
    customers: _options.Customers = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    retention_cost: _options.RetentionCost = None,
    discount: _options.Discount = None,
    horizon: _options.Horizon = None,
    min_customers: _options.MinCustomers = None,
    map: _options.Map = None,
    exclude: _options.Exclude = None,
    status_paid: _options.StatusPaid = None,
    meanings: _options.Words = None,
    as_of: _options.AsOf = None,
    from_: _options.From = None,
    to: _options.To = None,
    new_since: _options.NewSince = None,
    date_format: _options.DateFormat = None,
    encoding: _options.Encoding = None,
    currency: _options.Currency = None,
    memory: _options.Memory = None,
    rejects: _options.Rejects = None,
    format: _options.Format = None,
    out: _options.Out = None,
    brief: _options.Brief = False,
    verbose: _options.Verbose = False,
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report.

    Raises:
        NoReportNamedError: no report was named, but maybe a file.
        ReportTakesPageError: CSV was asked for, which holds a single answer.
    """
    from ltvcli.pipeline import compiled
    from ltvcli.record import place

    name, *inputs = words or [""]
    if not name or (name not in COMPILATIONS and Path(name).exists()):
        raise NoReportNamedError(known=COMPILATIONS)
    params = {**ctx.params, "words": meanings}
    settings = config.resolve(params, os.environ, inputs, today=ctx.obj.today)
    if _output.format_of(settings, out) == "csv":
        raise ReportTakesPageError
    speak = settings.lang or ctx.obj.lang
    render = _output.renderer(settings, out, quiet=quiet, brief=brief, verbose=verbose)
    with _recording.of_several(settings, ctx.obj) as remember:
        with progress.watch(speak, quiet=quiet) as step:
            report = compiled.run(
                name,
                inputs,
                settings,
                document=_recording.document,
                pitch=pitch,
                cancellations=cancellations or (),
                quotes=quotes,
                history=place.path_of(settings),
                remember=remember,
                rejects=_answer.file(rejects),
                step=step,
            )
        _output.write(render(report, speak), out)
