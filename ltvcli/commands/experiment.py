"""`ltv experiment`: what a measure brought, against customers who were left as they were."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer

from ltvcli.commands import _options, _output, _recording
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.text import progress

HELP = N_("Decide by an experiment what a measure brought: effect per customer, ROI, checks.")
EXAMPLES = (
    "ltv experiment results.csv --arm group --outcome spend",
    "ltv experiment results.csv --arm group --control holdout --outcome spend --margin 50% "
    "--cost-per-customer 0.10",
    "ltv experiment results.csv --arm group --outcome spend --split holdout=10% --split mail=90%",
)
Results = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE...",
        help=N_("Results of an experiment: one row per customer, with arm and outcome."),
        show_default=False,
    ),
]


def _option(name: str, metavar: str, help_text: str, panel: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help_text, rich_help_panel=panel)


Arm = Annotated[
    str | None,
    _option("--arm", "group", N_("Column of the arm (group) of a customer."), _options.READING),
]
Outcome = Annotated[
    str | None,
    _option(
        "--outcome",
        "spend",
        N_("Column of what a customer brought: money, or 0 and 1."),
        _options.READING,
    ),
]
Control = Annotated[
    str | None,
    _option("--control", "holdout", N_("Arm that was left as it was."), _options.READING),
]
Before = Annotated[
    str | None,
    _option(
        "--before",
        "history",
        N_("Column of what a customer brought before; narrows intervals (CUPED)."),
        _options.READING,
    ),
]
CostPerCustomer = Annotated[
    str | None,
    _option(
        "--cost-per-customer",
        "0.10",
        N_("Cost of the measure per customer of an arm; 0 if it costs nothing."),
        _options.NUMBERS,
    ),
]
Split = Annotated[
    list[str] | None,
    _option(
        "--split",
        "holdout=10%",
        N_("Share of customers that an arm was meant to have. One for every arm."),
        _options.READING,
    ),
]
Peek = Annotated[
    str | None,
    _option(
        "--peek",
        "60000",
        N_("Intervals that hold at every look, given the customers planned in all arms."),
        _options.RESULT,
    ),
]


def command(
    ctx: typer.Context,
    files: Results = None,
    arm: Arm = None,
    control: Control = None,
    outcome: Outcome = None,
    before: Before = None,
    split: Split = None,
    margin: _options.Margin = None,
    cost_per_customer: CostPerCustomer = None,
    peek: Peek = None,
    map: _options.Map = None,
    encoding: _options.Encoding = None,
    currency: _options.Currency = None,
    memory: _options.Memory = None,
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
    """Read what was typed, ask the pipeline, hand the answer to a format."""
    from ltvcli.pipeline import experiment
    from ltvcli.settings.parsing import count
    from ltvcli.units import parse_amount

    inputs = files or []
    settings = config.resolve(ctx.params, os.environ, inputs, today=ctx.obj.today)
    asked: dict[str, Sequence[str | None]] = {
        "--arm": [arm],
        "--control": [control],
        "--outcome": [outcome],
        "--before": [before],
        "--split": split or [],
        "--cost-per-customer": [cost_per_customer],
        "--peek": [peek],
    }
    typed = [
        word for flag, texts in asked.items() for text in texts if text for word in (flag, text)
    ]
    settings = replace(settings, typed=(*typed, *settings.typed))
    design = experiment.Design(
        arm=arm,
        outcome=outcome,
        control=control,
        before=before,
        cost_per_customer=(
            parse_amount("--cost-per-customer", cost_per_customer) if cost_per_customer else None
        ),
        split=tuple(split or ()),
        planned=count("--peek", peek) if peek else None,
    )
    speak = settings.lang or ctx.obj.lang
    render = _output.renderer(settings, out, table, quiet=quiet, brief=brief, verbose=verbose)
    with _recording.of(settings, ctx.obj) as remember:
        with progress.watch(speak, quiet=quiet) as step:
            report = experiment.run(inputs, settings, design, step)
        remember(report)
        _output.write(render(report, speak), out)
