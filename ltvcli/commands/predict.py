"""`ltv predict`: forecast orders and value of customers, with a backtest."""

from __future__ import annotations

from typing import Annotated

import typer

from ltvcli.commands import _answer, _complete, _options, _output, _source
from ltvcli.language import N_

HELP = N_("Forecast what existing and new customers will bring, with a backtest.")
EXAMPLES = (
    "ltv predict orders.csv --horizon 12mo",
    "ltv predict orders.csv --margin 40% --cac 50",
    "ltv predict orders.csv --out customers.csv --plain-ids",
    "ltv predict orders.csv --events events.csv",
    "ltv predict orders.csv --new-customers 300",
    "ltv predict subscriptions.csv --margin 80% --by plan",
)
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="auto|NAME",
        help=N_("Which forecast to use; auto is an average weighted by backtest accuracy."),
        rich_help_panel=_options.RESULT,
        show_default="auto",
        autocompletion=_complete.models,
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help=N_(
            "Write every customer's value to date and forecast to a .csv or .parquet file, or the "
            "result to a .json, .md, .html or .xlsx file."
        ),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
IncludeCustomers = Annotated[
    bool,
    typer.Option(
        "--include-customers",
        help=N_(
            "List the top ten retention targets and the ten with the highest value at risk, by a "
            "hash of the ID."
        ),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
PlainIds = Annotated[
    bool,
    typer.Option(
        "--plain-ids",
        help=N_("Show customer IDs as they are, also in --out."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    horizon: _options.ForecastHorizon = None,
    model: Model = None,
    by: _options.By = None,
    customers: _options.Customers = None,
    events: _options.Events = None,
    include_customers: IncludeCustomers = False,
    plain_ids: PlainIds = False,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    discount: _options.Discount = None,
    new_customers: _options.NewCustomers = None,
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
    out: Out = None,
    brief: _options.Brief = False,
    verbose: _options.Verbose = False,
    chart: _options.Chart = False,
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import predict

    inputs, settings, table = _source.resolved(ctx.params, table, ctx.obj.today)
    flags = {
        "--model": model,
        "--events": events,
        "--include-customers": include_customers,
        "--plain-ids": plain_ids,
    }
    settings = _answer.typed(settings, flags)
    of_customers = out if format is None and _output.holds_customers(out) else None
    _answer.give(
        ctx,
        settings,
        lambda step: predict.run(
            inputs,
            settings,
            model=model or "auto",
            customers_to=_answer.file(of_customers),
            include_customers=include_customers,
            plain_ids=plain_ids,
            events=events or (),
            rejects=_answer.file(rejects),
            step=step,
        ),
        table,
        None if of_customers else out,
    )
