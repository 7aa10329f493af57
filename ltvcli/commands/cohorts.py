"""`ltv cohorts`: the value of cohorts by age, and its trend."""

from __future__ import annotations

from typing import Annotated

import typer

from ltvcli.choices import METRICS, PERIODS
from ltvcli.commands import _answer, _complete, _options, _source
from ltvcli.language import N_

HELP = N_(
    "Cohort analysis by first order or first paid day: value, retention, payback, F2/F3, trend."
)
EXAMPLES = (
    "ltv cohorts orders.csv",
    "ltv cohorts orders.csv --by quarter --margin 40% --cac 50",
    "ltv cohorts orders.csv --metric retention",
    "ltv cohorts subscriptions.csv --metric revenue-retention",
)
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="|".join(PERIODS),
        autocompletion=_complete.among(PERIODS),
        help=N_("Length of a cohort."),
        rich_help_panel=_options.RESULT,
        show_default=PERIODS[0],
    ),
]
Metric = Annotated[
    str | None,
    typer.Option(
        "--metric",
        metavar="|".join(METRICS),
        autocompletion=_complete.among(METRICS),
        help=N_(
            "Metric to show by month; ltv is cumulative, orders are for orders only, "
            "revenue-retention for subscriptions only."
        ),
        rich_help_panel=_options.RESULT,
        show_default=METRICS[0],
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    period: By = None,
    metric: Metric = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    discount: _options.Discount = None,
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
    chart: _options.Chart = False,
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import cohorts

    inputs, settings, table = _source.resolved(ctx.params, table, ctx.obj.today)
    settings = _answer.typed(settings, {"--by": period, "--metric": metric})
    _answer.give(
        ctx,
        settings,
        lambda step: cohorts.run(
            inputs,
            settings,
            by=period or PERIODS[0],
            metric=metric or METRICS[0],
            rejects=_answer.file(rejects),
            step=step,
        ),
        table,
        out,
    )
