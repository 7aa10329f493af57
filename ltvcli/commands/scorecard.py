"""`ltv scorecard`: results of a month or quarter beside long-term trust."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ltvcli.commands import _answer, _complete, _options
from ltvcli.language import N_
from ltvcli.settings import settings as config

HELP = N_("See short-term results and long-term trust side by side; NPS; who burns trust.")
EXAMPLES = (
    "ltv scorecard orders.csv --survey nps.csv --spend spend.csv --by channel",
    "ltv scorecard subscriptions.csv --survey nps.csv --deals deals.csv --by owner "
    "--period quarter",
    "ltv scorecard subscriptions.csv --deals deals.csv --by owner --declined declined.csv",
)
PERIODS = ("month", "quarter")
GROUPS = ("owner", "team", "channel")
Period = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="|".join(PERIODS),
        autocompletion=_complete.among(PERIODS),
        help=N_("Length of the period; the last whole one is shown."),
        rich_help_panel=_options.RESULT,
        show_default="month",
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="|".join(GROUPS),
        autocompletion=_complete.among(GROUPS),
        help=N_("Compare owners or teams (of --deals), or channels."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
Deals = Annotated[
    list[str] | None,
    typer.Option(
        "--deals",
        metavar="deals.csv",
        help=N_("List of won deals: customer, owner, team, channel. Repeatable."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    survey: _options.Survey = None,
    deals: Deals = None,
    declined: _options.Declined = None,
    period: Period = None,
    by: By = None,
    customers: _options.Customers = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    lapse_after: _options.LapseAfter = None,
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
    rejects: _options.Rejects = None,
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
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import scorecard
    from ltvcli.results.scorecard import TILES
    from ltvcli.settings import targets

    inputs = files or []
    settings = config.resolve(ctx.params, os.environ, inputs, today=ctx.obj.today)
    flags = {"--period": period, "--deals": deals, "--declined": declined}
    settings = _answer.typed(settings, flags)
    known = targets.find(inputs, TILES)
    _answer.give(
        ctx,
        settings,
        lambda step: scorecard.run(
            inputs,
            settings,
            deals=deals or (),
            declined=declined,
            period=period or scorecard.DEFAULT_PERIOD,
            targets=known,
            rejects=_answer.file(rejects),
            step=step,
        ),
        table,
        out,
    )
