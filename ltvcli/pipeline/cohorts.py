"""What customers bring by when they first ordered: the steps of `ltv cohorts`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ltvcli import __version__
from ltvcli.choices import METRICS, PERIODS
from ltvcli.errors import NoFileError, NotAChoiceError, SubscriptionsError
from ltvcli.language import N_
from ltvcli.pipeline import load, spending
from ltvcli.pipeline import report as reported
from ltvcli.pipeline.load import Step, unwatched
from ltvcli.results.cohorts import CohortsReport
from ltvcli.settings.settings import Settings

SETTINGS = (
    "as_of", "cac", "cac_lag", "currency", "date_format", "discount", "encoding", "exclude",
    "from_", "margin", "new_since", "retention_cost", "spend", "to", "status_paid",
)  # fmt: skip
"""Settings that change what is said."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    by: str = PERIODS[0],
    metric: str = METRICS[0],
    rejects: Path | None = None,
    step: Step = unwatched,
) -> CohortsReport:
    """Follow customers by the month or quarter of their first order, from exports of orders.

    The metric is `ltv` unless another is asked for: whether a cohort returns what it cost is read
    off its value to date, and newer cohorts are compared with older ones in money. Retention can
    rise while every order shrinks.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given.
        by: "month" or "quarter".
        metric: what to show at each age: one of METRICS.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.cohorts import answer as cohorts
    from ltvcli.facts import orders
    from ltvcli.read import recognise

    if not inputs:
        raise NoFileError(command="cohorts", example="orders.csv")
    period = next((one for one in PERIODS if one == by), None)
    shown = next((one for one in METRICS if one == metric), None)
    if period is None:
        raise NotAChoiceError(name="--by", text=by, known=PERIODS, example="--by quarter")
    if shown is None:
        example = "--metric retention"
        raise NotAChoiceError(name="--metric", text=metric, known=METRICS, example=example)
    with load.opened(inputs, spending.left_out(settings), step) as (sheets, temp):
        if "subscriptions" in recognise.split(sheets, spending.left_out(settings).map):
            raise SubscriptionsError(command="cohorts")
        spent = spending.opened(settings, temp)
        stored = spending.stored("orders", sheets, spent, temp, settings, rejects, step)
        with stored as (found, engine):
            step(N_("Adding up"))
            sums = orders.gather(engine, found.as_of, settings.lapse_after)
            costs = spending.acquisition(engine, sums, settings)
            step(N_("Following customers"))
            answer = cohorts.answer(engine, sums, settings, period, shown, costs)
    report = CohortsReport(
        command="cohorts",
        version=__version__,
        as_of=found.as_of,
        currency=found.currency,
        inputs=found.inputs,
        given=reported.said(settings, SETTINGS),
        acquisition=costs,
        horizon=answer.horizon,
        basis=answer.basis,
        says=answer.says,
        terms=answer.terms,
        main="triangle",
        tables=answer.tables,
        by=period,
        metric=shown,
        evidence=answer.evidence,
        crowd=answer.crowd,
    )
    return reported.judged(settings, report)
