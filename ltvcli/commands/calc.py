"""`ltv calc`: the value of a customer, from orders, subscriptions or given numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from ltvcli.commands import _answer, _options, _output, _source
from ltvcli.errors import (
    LowEndBelowError,
    LtvError,
    NoRatioError,
    RatioBelowError,
    UpperBoundOnlyError,
)
from ltvcli.language import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltvcli.pipeline.steps import Step
    from ltvcli.results import Report
    from ltvcli.results.combined import CombinedReport
    from ltvcli.results.compiled import CompiledReport
    from ltvcli.settings.settings import Settings

HELP = N_("Compute LTV, CAC and payback from exports of orders or subscriptions, or from numbers.")
EXAMPLES = (
    "ltv calc orders.csv",
    "ltv calc orders.csv --margin 40% --cac 50",
    "ltv calc orders.csv --margin 40% --spend spend.csv",
    "ltv calc subscriptions.csv --margin 80% --cac 450",
    "ltv calc --arpu 10000 --churn 5% --cac 60000",
    "ltv calc orders.csv -f md -o ltv.md",
    "ltv calc --source duckdb:///shop.duckdb --table orders --cac 50",
)


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    retention_cost: _options.RetentionCost = None,
    discount: _options.Discount = None,
    horizon: _options.Horizon = None,
    lapse_after: _options.LapseAfter = None,
    aov: _options.Aov = None,
    frequency: _options.Frequency = None,
    lifespan: _options.Lifespan = None,
    arpu: _options.Arpu = None,
    churn: _options.Churn = None,
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
    fail_under: _options.FailUnder = None,
    strict: _options.Strict = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.pipeline import calc, sharing

    inputs, settings, table = _source.resolved(ctx.params, table, ctx.obj.today)
    has_cohorts = inputs and _output.format_of(settings, out) == "xlsx"
    with sharing.sharing():
        report = _answer.give(
            ctx,
            settings,
            lambda step: calc.run(inputs, settings, _answer.file(rejects), step),
            table,
            out,
            expand=partial(_with_cohorts, inputs, settings) if has_cohorts else None,
        )
    if settings.fail_under is not None:
        both = (report.orders, report.subscriptions) if report.kind == "combined" else (report,)
        for single in both:
            _hold(single, settings.fail_under, settings.strict)


def _with_cohorts(
    inputs: Sequence[Any], settings: Settings, report: Report | CombinedReport, step: Step
) -> CompiledReport:
    """Return the report with the cohorts, segments and MRR that its workbook holds."""
    from ltvcli.pipeline import compiled

    return compiled.of_workbook(report, inputs, settings, step)


def _hold(report: Report, least: float, strict: bool) -> None:
    """Raise an error if LTV/CAC, or its low end if `strict`, is below `least`.

    Raises:
        NoRatioError: no CAC is known.
        RatioBelowError: LTV/CAC is below `least`.
        LowEndBelowError: the low end of its interval is below `least`.
        UpperBoundOnlyError: LTV/CAC is in revenue, an upper bound that proves nothing.
    """
    from ltvcli.results import Quantity
    from ltvcli.units import Unit

    verdict = report.verdict
    low = verdict.low if strict else None
    ratio = verdict.ltv_to_cac if low is None else low
    if ratio is None:
        raise NoRatioError(because=N_("no CAC is known"))
    if ratio < least:
        error: type[LtvError] = RatioBelowError if low is None else LowEndBelowError
    elif verdict.upper_bound:
        error = UpperBoundOnlyError
    else:
        return
    raise error(ratio=Quantity(ratio, Unit.RATIO), least=Quantity(least, Unit.RATIO))
