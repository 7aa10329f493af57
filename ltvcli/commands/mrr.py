"""`ltv mrr`: recurring revenue by month and its movements, from exports of subscriptions."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ltvcli.choices import BREAKDOWN
from ltvcli.commands import _answer, _complete, _options
from ltvcli.language import N_
from ltvcli.settings import settings as config

HELP = N_("Track MRR, churn and retention by month, from exports of subscriptions.")
EXAMPLES = (
    "ltv mrr subscriptions.csv",
    "ltv mrr subscriptions.csv --by plan",
    "ltv mrr subscriptions.csv --as stripe",
    "ltv mrr subscriptions.csv --reconcile",
)
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar=BREAKDOWN,
        autocompletion=_complete.among([BREAKDOWN]),
        help=N_("Break MRR down by plan."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
Reconcile = Annotated[
    bool,
    typer.Option(
        "--reconcile",
        help=N_("Compare definitions of MRR and churn, and explain each difference."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Subscriptions = None,
    as_: _options.As = None,
    by: By = None,
    reconcile: Reconcile = False,
    from_: _options.FromMonth = None,
    to: _options.ToMonth = None,
    map: _options.Map = None,
    exclude: _options.Exclude = None,
    status_paid: _options.StatusPaid = None,
    words: _options.Words = None,
    as_of: _options.AsOf = None,
    date_format: _options.DateFormat = None,
    encoding: _options.Encoding = None,
    currency: _options.Currency = None,
    memory: _options.Memory = None,
    rejects: _options.Rejects = None,
    format: _options.Format = None,
    table: _options.Table = None,
    out: _options.Out = None,
    brief: _options.Brief = False,
    verbose: _options.Verbose = False,
    chart: _options.Chart = False,
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import mrr

    inputs = files or []
    typed = ctx.params | {"by": None}  # not the setting of that name, which is about segments
    settings = config.resolve(typed, os.environ, inputs, today=ctx.obj.today)
    _answer.give(
        ctx,
        settings,
        lambda step: mrr.run(
            inputs,
            settings,
            by=by,
            reconcile=reconcile,
            rejects=_answer.file(rejects),
            step=step,
        ),
        table,
        out,
    )
