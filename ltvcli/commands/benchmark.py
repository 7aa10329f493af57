"""`ltv benchmark`: figures compared with published ones, and with those a year ago."""

from __future__ import annotations

import os

import typer

from ltvcli.commands import _answer, _options
from ltvcli.language import N_
from ltvcli.settings import settings as config

HELP = N_("Compare your figures with published benchmarks, and with your own a year ago.")
EXAMPLES = (
    "ltv benchmark subscriptions.csv",
    "ltv benchmark subscriptions.csv --benchmarks benchmarks.csv",
    "ltv benchmark orders.csv --spend spend.csv --format json",
)


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    benchmarks: _options.Benchmarks = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    retention_cost: _options.RetentionCost = None,
    discount: _options.Discount = None,
    horizon: _options.Horizon = None,
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
    from ltvcli.pipeline import benchmark

    inputs = files or []
    settings = config.resolve(ctx.params, os.environ, inputs, today=ctx.obj.today)
    _answer.give(
        ctx,
        settings,
        lambda step: benchmark.run(inputs, settings, _answer.file(rejects), step),
        table,
        out,
    )
