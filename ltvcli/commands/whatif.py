"""`ltv whatif`: the effect of changes, sensitivity, and priorities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from ltvcli.commands import _answer, _complete, _options, _source
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.settings.assumptions import STAGES
from ltvcli.settings.origins import override

HELP = N_("Change churn, price, CAC, ...: the effect on LTV, what matters most, what to do first.")
EXAMPLES = (
    "ltv whatif orders.csv --aov +10% --cac '50 -10%' --margin 40%",
    "ltv whatif --arpu 10000 --churn 5%..4% --cac 60000",
    "ltv whatif subscriptions.csv --churn -10% --cac 450 --margin 80%",
)
LEVERS = N_("Current values (5%), and changes: '5%->3%' in quotes or 5%..3%, -10%, +500, +1pt")
PLANS = N_("Growing and planning")


def _lever(name: str, metavar: str) -> Any:
    return typer.Option(
        "--" + name.replace("_", "-"),
        help=config.described()[name].help,
        rich_help_panel=LEVERS,
        metavar=metavar,
    )


def _plan(name: str, metavar: str, known: Sequence[str] = ()) -> Any:
    return typer.Option(
        "--" + name,
        autocompletion=_complete.among(known) if known else None,
        help=config.described()[name].help,
        rich_help_panel=PLANS,
        metavar=metavar,
    )


Initiatives = Annotated[
    str | None,
    typer.Option(
        "--initiatives",
        metavar="FILE",
        help=N_(
            "A CSV of initiatives: name, lever, change, cost, probability or feasibility (1 to "
            "5), months."
        ),
        rich_help_panel=PLANS,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    churn: Annotated[str | None, _lever("churn", "'5%->3%'")] = None,
    aov: Annotated[str | None, _lever("aov", "+500")] = None,
    frequency: Annotated[str | None, _lever("frequency", "+10%")] = None,
    arpu: Annotated[str | None, _lever("arpu", "10000+5%")] = None,
    lifespan: Annotated[str | None, _lever("lifespan", "2y..3y")] = None,
    margin: Annotated[str | None, _lever("margin", "+2pt")] = None,
    cac: Annotated[str | None, _lever("cac", "5000+10%")] = None,
    retention_cost: Annotated[str | None, _lever("retention_cost", "-10%")] = None,
    budget: Annotated[str | None, _lever("budget", "+20%")] = None,
    growth: Annotated[str | None, _plan("growth", "10%")] = None,
    initiatives: Initiatives = None,
    stage: Annotated[str | None, _plan("stage", "|".join(STAGES), STAGES)] = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    discount: _options.Discount = None,
    horizon: _options.Horizon = None,
    lapse_after: _options.LapseAfter = None,
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
    strict: _options.Strict = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import whatif
    from ltvcli.settings import changes, plans

    typed, changed = changes.split_changes(ctx.params, lambda name: "--" + name.replace("_", "-"))
    inputs, settings, table = _source.resolved(typed, table, ctx.obj.today)
    words = [
        word for change in changed for word in (f"--{change.lever.replace('_', '-')}", change.text)
    ]
    words += ["--initiatives", initiatives] if initiatives else []
    settings = override(settings, typed=(*settings.typed, *words))
    planned = plans.find(inputs)
    if initiatives:
        from ltvcli.read import initiatives as listed

        planned = replace(planned, initiatives=planned.initiatives + listed.read(initiatives))
    _answer.give(
        ctx,
        settings,
        lambda step: whatif.run(inputs, settings, changed, planned, _answer.file(rejects), step),
        table,
        out,
    )
