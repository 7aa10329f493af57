"""Customers by the period of their first order or payment: the steps of `ltv cohorts`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ltvcli import __version__
from ltvcli.choices import METRICS, PERIODS
from ltvcli.errors import NoFileError, NotAChoiceError
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.cohorts import CohortsReport
from ltvcli.settings.settings import Settings

SETTINGS = (
    "as_of", "cac", "cac_lag", "currency", "date_format", "discount", "encoding", "exclude",
    "from_", "margin", "new_since", "retention_cost", "spend", "to", "status_paid",
)  # fmt: skip
"""Settings that change the answer."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    by: str = PERIODS[0],
    metric: str = METRICS[0],
    rejects: Path | None = None,
    step: Step = unwatched,
) -> CohortsReport:
    """Follow customers by the month or quarter of their first order or first paid day.

    The metric is `ltv` unless another is asked for: whether a cohort returns what it cost is read
    off its value to date, and newer cohorts are compared with older ones in money. Retention can
    rise while every order shrinks.

    Args:
        inputs: paths, globs, "-" or pandas data frames, of orders or of subscriptions.
        settings: what was given.
        by: "month" or "quarter".
        metric: what to show at each age: one of METRICS.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.cohorts import answer as cohorts

    if not inputs:
        raise NoFileError(command="cohorts", example="orders.csv")
    period = next((period for period in PERIODS if period == by), None)
    shown = next((known for known in METRICS if known == metric), None)
    if period is None:
        raise NotAChoiceError(name="--by", text=by, known=PERIODS, example="--by quarter")
    if shown is None:
        example = "--metric retention"
        raise NotAChoiceError(name="--metric", text=metric, known=METRICS, example=example)
    with load.load(inputs, settings, rejects, step, command="cohorts") as loaded:
        step(N_("Grouping customers"))
        facts, costs = loaded.facts, loaded.acquisition
        answer = cohorts.answer(loaded.engine, facts, settings, period, shown, costs)
        reading, kind = loaded.reading, loaded.kind
    cohorts_report = CohortsReport(
        command="cohorts",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given=report.settings_of_kind(settings, SETTINGS, kind),
        acquisition=costs,
        horizon=answer.horizon,
        basis=answer.basis,
        says=answer.says,
        terms=answer.terms,
        main="triangle",
        tables=answer.tables,
        by=period,
        metric=shown,
        figures=answer.figures,
        evidence=answer.evidence,
        left_truncation=answer.left_truncation,
    )
    return report.with_findings(settings, cohorts_report)
