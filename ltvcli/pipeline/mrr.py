"""Monthly recurring revenue: the steps of `ltv mrr`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ltvcli import __version__
from ltvcli.choices import BREAKDOWN
from ltvcli.errors import ContradictionError, NoFileError, NoMonthShownError, NotAChoiceError
from ltvcli.language import N_
from ltvcli.pipeline import read_files, report
from ltvcli.pipeline.kind_settings import without_roles_of_other_kind
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.mrr import MrrReport
from ltvcli.settings.settings import Settings

SETTINGS = (
    "as_", "as_of", "currency", "date_format", "encoding", "exclude", "from_", "new_since",
    "status_paid", "to",
)  # fmt: skip
"""Settings that change the answer."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    by: str | None = None,
    reconcile: bool = False,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> MrrReport:
    """Follow monthly recurring revenue from exports of subscriptions.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given; `from_` and `to` say which months to show.
        by: "plan" for MRR by plan; not together with `reconcile`.
        reconcile: compare `standard` with every convention, or with the chosen one: over the
            chosen months, or else the newest that is over.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.mrr import answer, conventions
    from ltvcli.analyses.mrr import reconcile as comparison
    from ltvcli.analyses.subscriptions import retention
    from ltvcli.facts import subscriptions as subscriptions_facts
    from ltvcli.read.subscriptions import billing
    from ltvcli.read.subscriptions import load as subscriptions

    settings = without_roles_of_other_kind("subscriptions", settings)
    convention = conventions.convention(settings.as_ or conventions.STANDARD.name)
    if not inputs:
        raise NoFileError(command="mrr", example="subscriptions.csv")
    if by not in (None, BREAKDOWN):
        raise NotAChoiceError(name="--by", text=by, known=(BREAKDOWN,), example=f"--by {BREAKDOWN}")
    if by and reconcile:
        because = N_("each requests a different table")
        raise ContradictionError(first="--reconcile", second="--by", because=because)
    period = (settings.from_, settings.to)
    # One count of customers by key and one by name prove the same in less time.
    proves_keys = bool(by or reconcile or convention != conventions.STANDARD)
    read = partial(subscriptions.load, has_plans=by is not None, proves_keys=proves_keys)
    with (
        read_files.open_sheets(inputs, settings, step) as (sheets, temp),
        read_files.stored(sheets, temp, settings, rejects, step, read) as (
            reading,
            engine,
        ),
    ):
        as_of = reading.as_of
        step(N_("Grouping customers"))
        stays = subscriptions_facts.stays(engine, as_of)
        step(N_("Computing MRR"))
        months = answer.answer(engine, as_of, convention, *period)
        if not months:
            began = [file.first for file in reading.inputs if file.first]
            raise NoMonthShownError(first=min(began, default=as_of), last=as_of)
        if not proves_keys and answer.payers(engine) != stays.customers:
            read(sheets, settings, engine, proves_keys=True)
            months = answer.answer(engine, as_of, convention, *period)
        plans = answer.by_plan(engine, as_of, convention, *period) if by else ()
        over = [month.month for month in months if month.complete] or [months[-1].month]
        compared = (over[0] if any(period) else over[-1], over[-1]) if reconcile else ()
        names = dict.fromkeys((conventions.STANDARD.name, convention.name))
        asked = names if settings.as_ else conventions.CONVENTIONS
        comparisons = comparison.answer(engine, as_of, *compared, asked) if compared else ()
        counts_until_end = convention.churn_date == "ended" and settings.to is None
        leaving = answer.leaving(engine, as_of) if counts_until_end else None
        billed = billing.shared_by(engine, stays.customers, retention.NEARLY_ALL)
    mrr_report = MrrReport(
        command="mrr",
        version=__version__,
        as_of=as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given=report.given_settings(settings, SETTINGS),
        convention=convention.name,
        months=months,
        plans=plans,
        comparisons=comparisons,
        compared=compared,
        leaving=leaving,
        survival=retention.survival(stays, billed),
    )
    return report.with_findings(settings, mrr_report)
