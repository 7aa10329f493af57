"""`ltv experiment`: what a measure brought, against customers who were left as they were."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from ltvcli.commands import _experiment_options as asked
from ltvcli.commands import _options, _output, _recording
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.text import progress

HELP = N_("Analyse an experiment: effect per customer, ROI, decision, checks.")
EXAMPLES = (
    "ltv experiment results.csv --arm group --outcome spend",
    "ltv experiment results.csv --arm group --control holdout --outcome spend --margin 50% "
    "--cost-per-customer 0.10",
    "ltv experiment results.csv --arm group --outcome spend --split holdout=10% --split mail=90%",
    "ltv experiment orders.csv --assignments arms.csv --control holdout --age 90d --margin 40% "
    "--cost 5000",
    "ltv experiment --plan orders.csv --effect 5%",
)


def command(
    ctx: typer.Context,
    files: asked.Results = None,
    assignments: asked.Assignments = None,
    plan: asked.Plan = False,
    effect: asked.EffectToShow = None,
    arm: asked.Arm = None,
    control: asked.Control = None,
    outcome: asked.Outcome = None,
    before: asked.Before = None,
    split: asked.Split = None,
    start: asked.Start = None,
    age: asked.Age = None,
    margin: _options.Margin = None,
    cost: asked.Cost = None,
    cost_per_customer: asked.CostPerCustomer = None,
    peek: asked.Peek = None,
    cap: asked.Cap = None,
    by: asked.By = None,
    planned: asked.Planned = None,
    map: _options.Map = None,
    exclude: _options.Exclude = None,
    status_paid: _options.StatusPaid = None,
    words: _options.Words = None,
    date_format: _options.DateFormat = None,
    encoding: _options.Encoding = None,
    currency: _options.Currency = None,
    as_of: _options.AsOf = None,
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
    """Read what was typed, ask the pipeline, hand the answer to a format."""
    from ltvcli.errors import WithoutPlanError
    from ltvcli.pipeline import experiment, experiment_plan
    from ltvcli.read import initiatives as listed
    from ltvcli.settings.parsing import count, days
    from ltvcli.units import parse_amount, parse_date, parse_rate

    inputs = files or []
    settings = config.resolve(
        {**ctx.params, "by": None},
        os.environ,
        [*inputs, *(assignments or [])],
        today=ctx.obj.today,
    )
    speak = settings.lang or ctx.obj.lang
    render = _output.renderer(settings, out, table, quiet=quiet, brief=brief, verbose=verbose)
    if plan:
        flags = {"--effect": effect, "--age": age}
        words = [word for flag, text in flags.items() if text for word in (flag, text)]
        settings = replace(settings, typed=("--plan", *words, *settings.typed))
        to_show = parse_rate("--effect", effect) if effect else None
        common_age = days("--age", age) if age else None
        with _recording.of(settings, ctx.obj) as remember:
            with progress.watch(speak, quiet=quiet) as step:
                future = experiment_plan.run(
                    inputs, settings, to_show, common_age, step, Path(rejects) if rejects else None
                )
            remember(future)
            _output.write(render(future, speak), out)
        return
    if effect:
        raise WithoutPlanError(option="--effect")
    typed: dict[str, Sequence[str | None]] = {
        "--assignments": assignments or [],
        "--arm": [arm],
        "--control": [control],
        "--outcome": outcome or [],
        "--before": [before],
        "--split": split or [],
        "--start": [start],
        "--age": [age],
        "--cost": [cost],
        "--cost-per-customer": [cost_per_customer],
        "--peek": [peek],
        "--cap": [cap],
        "--by": by or [],
        "--planned": [planned],
    }
    words = [
        word for flag, texts in typed.items() for text in texts if text for word in (flag, text)
    ]
    settings = replace(settings, typed=(*words, *settings.typed))
    design = experiment.Design(
        assignments=tuple(assignments or ()),
        arm=arm,
        outcomes=tuple(dict.fromkeys(outcome or ())),
        control=control,
        before=before,
        start=parse_date("--start", start) if start else None,
        age=days("--age", age) if age else None,
        cost=parse_amount("--cost", cost) if cost else None,
        cost_per_customer=(
            parse_amount("--cost-per-customer", cost_per_customer) if cost_per_customer else None
        ),
        split=tuple(split or ()),
        cap=cap,
        by=tuple(dict.fromkeys(by or ())),
        planned=count("--peek", peek) if peek else None,
        initiatives=listed.read(planned) if planned else (),
        initiatives_file=planned or "",
    )
    with _recording.of(settings, ctx.obj) as remember:
        with progress.watch(speak, quiet=quiet) as step:
            report = experiment.run(
                inputs, settings, design, step, Path(rejects) if rejects else None
            )
        remember(report)
        _output.write(render(report, speak), out)
