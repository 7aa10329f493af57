"""`ltv bonus`: commissions that vest while customers stay."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from ltvcli.commands import _answer, _options
from ltvcli.language import N_
from ltvcli.settings import settings as config

HELP = N_("Compute commissions that vest while customers stay, by the plan in ltv.yaml.")
EXAMPLES = (
    "ltv bonus subscriptions.csv --deals deals.csv",
    "ltv bonus subscriptions.csv --deals deals.csv --out payroll.csv",
)


def _option(name: str, metavar: str, help_text: str, panel: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help_text, rich_help_panel=panel)


Deals = Annotated[
    list[str] | None,
    _option(
        "--deals",
        "deals.csv",
        N_("List of deals: deal, customer, owner, day signed, commission. Repeatable."),
        _options.READING,
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    deals: Deals = None,
    survey: _options.Survey = None,
    lapse_after: _options.LapseAfter = None,
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
    record: _options.Record = None,
    history: _options.History = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import bonus
    from ltvcli.settings import bonus as plans

    inputs = files or []
    settings = config.resolve(ctx.params, os.environ, inputs, today=ctx.obj.today)
    settings = _answer.typed(settings, {"--deals": deals})
    plan = plans.find(inputs)
    _answer.give(
        ctx,
        settings,
        lambda step: bonus.run(
            inputs,
            settings,
            deals or (),
            plan,
            rejects=_answer.file(rejects),
            step=step,
        ),
        table,
        out,
    )
