"""`ltv risk`: who is likely to leave, with an evaluation of the prediction."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ltvcli.commands import _answer, _options
from ltvcli.language import N_
from ltvcli.settings import settings as config

HELP = N_("Find out who will leave, and how well that is known.")
EXAMPLES = (
    "ltv risk --customers customers.csv --outcome churned",
    "ltv risk subscriptions.csv --customers customers.csv --without age",
    "ltv risk orders.csv --out call-list.csv --plain-ids",
    "ltv risk orders.csv --opportunities",
    "ltv risk --customers customers.csv --outcome status=closed --without age",
    "ltv risk subscriptions.csv --customers customers.csv --prospects pipeline.csv --cac 500",
    "ltv risk orders.csv --customers customers.csv --outcome below-zero --cac 40",
    "ltv risk subscriptions.csv --customers customers.csv --declined declined.csv --cac 500",
    "ltv risk subscriptions.csv --customers customers.csv --events events.csv",
)
Outcome = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="churned",
        help=N_(
            "Column that says whether a customer left (0 and 1), or COLUMN=VALUE; below-zero is a "
            "contribution below CAC."
        ),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="COLUMN",
        help=N_("Column that may not be used, such as age. Repeatable."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Prospects = Annotated[
    str | None,
    typer.Option(
        "--prospects",
        metavar="pipeline.csv",
        help=N_("File with one row per prospect, to score: with columns of the customers."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Last = Annotated[
    str | None,
    typer.Option(
        "--last",
        metavar="call-list.csv",
        help=N_("Last call list: who came back, of those called and those left out."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Opportunities = Annotated[
    bool,
    typer.Option(
        "--opportunities",
        help=N_("Find the next product of customers, and who is likely to spend more."),
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
Within = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar="6mo",
        help=N_("Time in which a customer leaves or not."),
        rich_help_panel=_options.NUMBERS,
        show_default="6mo",
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    customers: _options.Customers = None,
    outcome: Outcome = None,
    without: Without = None,
    prospects: Prospects = None,
    declined: _options.Declined = None,
    events: _options.Events = None,
    last: Last = None,
    opportunities: Opportunities = False,
    plain_ids: PlainIds = False,
    within: Within = None,
    cac: _options.Cac = None,
    margin: _options.Margin = None,
    horizon: _options.Horizon = None,
    as_of: _options.AsOf = None,
    map: _options.Map = None,
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
    from ltvcli.pipeline import risk, risk_report
    from ltvcli.units import parse_months

    inputs = files or ([customers] if customers else [])
    settings = config.resolve(ctx.params, os.environ, inputs, today=ctx.obj.today)
    flags = {
        "--outcome": outcome,
        "--without": without,
        "--prospects": prospects,
        "--declined": declined,
        "--events": events,
        "--last": last,
        "--opportunities": opportunities,
        "--plain-ids": plain_ids,
        "--within": within,
    }
    settings = _answer.typed(settings, flags)
    question = risk_report.Question(
        outcome=outcome,
        without=tuple(without or ()),
        within=round(parse_months("--within", within)) if within else risk_report.WITHIN,
    )
    further_files = risk_report.Files(
        prospects=prospects,
        declined=declined,
        events=events or (),
        last=last,
        rejects=_answer.file(rejects),
    )
    _answer.give(
        ctx,
        settings,
        lambda step: risk.run(
            files or [],
            settings,
            question,
            further_files,
            step,
            opportunities=opportunities,
            plain_ids=plain_ids,
        ),
        table,
        out,
    )
