"""`ltv experiment`: the effect of a measure, compared with a control group."""

from __future__ import annotations

import os

import typer

from ltvcli.commands import _answer, _options
from ltvcli.commands import _experiment_options as asked
from ltvcli.language import N_
from ltvcli.settings import settings as config

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
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.errors import WithoutPlanError
    from ltvcli.pipeline import experiment, experiment_plan
    from ltvcli.read import initiatives as listed
    from ltvcli.settings.currency_signs import signs
    from ltvcli.settings.origins import override
    from ltvcli.settings.parsing import count, days
    from ltvcli.units import parse_amount, parse_date, parse_rate

    inputs = files or []
    settings = config.resolve(
        {**ctx.params, "by": None},
        os.environ,
        [*inputs, *(assignments or [])],
        today=ctx.obj.today,
    )
    if plan:
        settings = _answer.typed(settings, {"--plan": True, "--effect": effect, "--age": age})
        to_show = parse_rate("--effect", effect) if effect else None
        common_age = days("--age", age) if age else None
        _answer.give(
            ctx,
            settings,
            lambda step: experiment_plan.run(
                inputs, settings, to_show, common_age, step, _answer.file(rejects)
            ),
            table,
            out,
        )
        return
    if effect:
        raise WithoutPlanError(option="--effect")
    flags = {
        "--assignments": assignments,
        "--arm": arm,
        "--control": control,
        "--outcome": outcome,
        "--before": before,
        "--split": split,
        "--start": start,
        "--age": age,
        "--cost": cost,
        "--cost-per-customer": cost_per_customer,
        "--peek": peek,
        "--cap": cap,
        "--by": by,
        "--planned": planned,
    }
    settings = _answer.typed(settings, flags)
    costs = {
        "cost": ("--cost", cost or ""),
        "cost_per_customer": ("--cost-per-customer", cost_per_customer or ""),
    }
    settings = override(settings, signs={**settings.signs, **signs(costs)})
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
    _answer.give(
        ctx,
        settings,
        lambda step: experiment.run(inputs, settings, design, step, _answer.file(rejects)),
        table,
        out,
    )
