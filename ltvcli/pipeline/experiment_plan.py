"""Size and duration of an experiment: the steps of `ltv experiment --plan`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__
from ltvcli.errors import AgeBeyondDataError, NoEffectError, NoFileError
from ltvcli.language import N_
from ltvcli.pipeline import report
from ltvcli.pipeline.kind_settings import without_spend
from ltvcli.pipeline.read_files import open_sheets, stored
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.experiment import ExperimentReport
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading

AGE = 90
"""Days for which customers are observed if no age is typed."""
USED = ("currency", "encoding", "as_of", "date_format", "exclude", "status_paid")
"""Settings that change the answer."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    effect: float | None,
    age: int | None = None,
    step: Step = unwatched,
    rejects: Path | None = None,
) -> ExperimentReport:
    """Find out from orders how many customers and months it takes to see an effect.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders.
        settings: what was given.
        effect: relative to the mean outcome; None for the smallest detectable one.
        age: days for which customers are to be observed; None for 90.
        step: called with the name of each step as it begins.
        rejects: where to write the rows that were excluded.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.experiment import plan
    from ltvcli.facts import traffic

    if effect == 0:
        raise NoEffectError
    if not inputs:
        raise NoFileError(command="experiment --plan", example="orders.csv --effect 5%")
    of_orders = override(without_spend(settings), from_=None, new_since=None)
    days = age or AGE
    with (
        open_sheets(inputs, of_orders, step) as (sheets, temp),
        stored(sheets, temp, of_orders, rejects, step, _read) as (reading, engine),
    ):
        step(N_("Computing sums"))
        first = min(file.first for file in reading.inputs if file.first)
        span = (reading.as_of - first).days + 1
        if days >= span:
            raise AgeBeyondDataError(span=span, age=days, shorter=max(span // 2, 1))
        sums = traffic.gather(engine, reading.as_of, first, days)
    planned = plan.plans(sums, effect, days)
    given = {"age": days, **({"effect": effect} if effect else {})}
    plan_report = ExperimentReport(
        command="experiment",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given={**report.given_settings(settings, USED), **given},
        basis="revenue",
        says=tuple(plan.statements(sums, planned, days)),
        main="plan",
        tables={"plan": plan.rows(planned)},
        age=days,
        plan=planned,
    )
    return report.with_findings(settings, plan_report)


def _read(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
    """Read orders into the engine."""
    from ltvcli.read.orders import load

    return load.load(sheets, settings, engine)
