"""`ltv review`: what changed from one week, month or quarter to another, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from ltvcli.choices import REVIEW_PERIODS
from ltvcli.commands import _answer, _complete, _options, _source
from ltvcli.language import N_

HELP = N_("Review a week, month or quarter: what changed, by how much, and why.")
EXAMPLES = (
    "ltv review orders.csv --spend spend.csv --margin 40%",
    "ltv review orders.csv --period quarter --by channel --format md --out q3.md",
    "ltv review subscriptions.csv --by plan --against last-year",
)
AGAINST = ("previous", "last-year", "DAY..DAY")
Period = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="|".join(REVIEW_PERIODS),
        autocompletion=_complete.among(REVIEW_PERIODS),
        help=N_("Length of the period; the last whole one is reviewed."),
        rich_help_panel=_options.RESULT,
        show_default="month",
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="|".join(AGAINST),
        autocompletion=_complete.among(AGAINST[:2]),
        help=N_("Period to compare with: the one before, a year ago, or from day to day."),
        rich_help_panel=_options.RESULT,
        show_default=AGAINST[0],
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    period: Period = None,
    against: Against = None,
    by: _options.By = None,
    customers: _options.Customers = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    horizon: _options.Horizon = None,
    min_customers: _options.MinCustomers = None,
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
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import review

    inputs, settings, table = _source.resolved(ctx.params, table, ctx.obj.today)
    settings = _answer.typed(settings, {"--period": period, "--against": against})
    _answer.give(
        ctx,
        settings,
        lambda step: review.run(
            inputs,
            settings,
            period=period or review.DEFAULT_PERIOD,
            against=against or review.DEFAULT_AGAINST,
            rejects=_answer.file(rejects),
            step=step,
        ),
        table,
        out,
    )
