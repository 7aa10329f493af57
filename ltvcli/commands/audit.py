"""`ltv audit`: the claims of a pitch compared with each other and with the data."""

from __future__ import annotations

from typing import Annotated

import typer

from ltvcli.commands import _answer, _options, _source
from ltvcli.language import N_

HELP = N_("Check the numbers of a pitch against each other, and against the data.")
EXAMPLES = (
    "ltv audit --claim ltv=240000 --claim cac=50000 --claim churn=2% --claim arpu=10000",
    "ltv audit pitch.yaml",
    "ltv audit pitch.yaml subscriptions.csv --strict",
)
Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help=N_("A pitch (.yaml), and exports of orders or subscriptions to check it against."),
        show_default=False,
    ),
]
Claims = Annotated[
    list[str] | None,
    typer.Option(
        "--claim",
        metavar="ltv=240000",
        help=N_("What is claimed: churn=2%, age=14mo, ... May be repeated."),
        rich_help_panel=N_("Claims"),
    ),
]
Strict = Annotated[
    bool | None,
    typer.Option(
        "--strict",
        help=N_("Exit with 1 when a contradiction is found."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    files: Files = None,
    claim: Claims = None,
    source: _options.Source = None,
    facts: _options.Facts = None,
    where: _options.Where = None,
    timezone: _options.Timezone = None,
    map: _options.Map = None,
    exclude: _options.Exclude = None,
    status_paid: _options.StatusPaid = None,
    words: _options.Words = None,
    as_of: _options.AsOf = None,
    from_: _options.From = None,
    to: _options.To = None,
    new_since: _options.NewSince = None,
    horizon: _options.Horizon = None,
    lapse_after: _options.LapseAfter = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    date_format: _options.DateFormat = None,
    encoding: _options.Encoding = None,
    currency: _options.Currency = None,
    memory: _options.Memory = None,
    rejects: _options.Rejects = None,
    format: _options.Format = None,
    table: _options.SourceTable = None,
    out: _options.Out = None,
    brief: _options.Brief = False,
    verbose: _options.Verbose = False,
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
    strict: Strict = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import audit

    inputs, settings, table = _source.resolved(ctx.params, table, ctx.obj.today)
    report = _answer.give(
        ctx,
        settings,
        lambda step: audit.run(inputs, settings, claim or [], _answer.file(rejects), step),
        table,
        out,
    )
    if settings.strict and audit.contradicted(report):
        raise typer.Exit(1)
