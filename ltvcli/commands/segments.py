"""`ltv segments`: the value of customers by channel, country or any other column."""

from __future__ import annotations

from typing import Annotated

import typer

from ltvcli.commands import _answer, _options, _source
from ltvcli.language import N_

HELP = N_("Segment customers by channel, plan or any column: LTV, CAC, unprofitable customers.")
EXAMPLES = (
    "ltv segments orders.csv --by channel",
    "ltv segments orders.csv --by channel --spend spend.csv --margin 40%",
    "ltv segments orders.csv --minus --cac 50 --margin 40%",
    "ltv segments subscriptions.csv --by plan --margin 80%",
)
Minus = Annotated[
    bool,
    typer.Option(
        "--minus",
        help=N_("Find unprofitable customers and what they have in common."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
IncludeCustomers = Annotated[
    bool,
    typer.Option(
        "--include-customers",
        help=N_("List these customers, by hashed ID."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
PlainIds = Annotated[
    bool,
    typer.Option(
        "--plain-ids",
        help=N_("List these customers by their real IDs."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    by: _options.By = None,
    customers: _options.Customers = None,
    minus: Minus = False,
    include_customers: IncludeCustomers = False,
    plain_ids: PlainIds = False,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    cost_to_serve: _options.CostToServe = None,
    retention_cost: _options.RetentionCost = None,
    discount: _options.Discount = None,
    horizon: _options.Horizon = None,
    lapse_after: _options.LapseAfter = None,
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
    chart: _options.Chart = False,
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import segments

    inputs, settings, table = _source.resolved(ctx.params, table, ctx.obj.today)
    flags = {"--minus": minus, "--include-customers": include_customers, "--plain-ids": plain_ids}
    settings = _answer.typed(settings, flags)
    _answer.give(
        ctx,
        settings,
        lambda step: segments.run(
            inputs,
            settings,
            minus=minus,
            include_customers=include_customers,
            plain_ids=plain_ids,
            rejects=_answer.file(rejects),
            step=step,
        ),
        table,
        out,
    )
