"""Prediction of churn and its evaluation: the steps of `ltv risk`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli import progress
from ltvcli.errors import NoOutcomeColumnError, NothingToScoreError
from ltvcli.language import N_
from ltvcli.pipeline import (
    event_logs,
    report,
    risk_calls,
    risk_customers,
    risk_opportunities,
    risk_options,
    risk_report,
    risk_today,
)
from ltvcli.pipeline.risk_report import Files, Question, Read
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.risk import BELOW_ZERO, RiskReport
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.facts.attributes import Attributes
    from ltvcli.read.attributes import AttributesReading

HORIZON = 12.0
"""Months of which contributions are added up, where enough customers were observed so long."""
ENOUGH_WHOLE = 200
_WHOLE = 100.0


def run(
    inputs: Sequence[Any],
    settings: Settings,
    question: Question,
    files: Files,
    step: Step = unwatched,
    *,
    opportunities: bool = False,
    plain_ids: bool = False,
) -> RiskReport:
    """Predict who leaves, and evaluate the prediction.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders or subscriptions; none where the
            file of customers says who left.
        settings: what was given, with the file of customers.
        question: the outcome, the columns to leave out and the time.
        files: beside the exports.
        step: called with the name of each step as it begins.
        opportunities: find the next product of customers and who moves up, instead.
        plain_ids: show IDs of customers as they are, not hashes of them.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.risk import answer as risk
    from ltvcli.analyses.risk import models
    from ltvcli.analyses.risk.asked import Asked

    options = {
        "--outcome": question.outcome,
        "--without": question.without,
        "--prospects": files.prospects,
        "--declined": files.declined,
        "--events": files.events,
        "--last": files.last,
    }
    if opportunities:
        risk_options.refuse_for_opportunities(inputs, {"--customers": files.customers, **options})
        return risk_opportunities.run(
            inputs, settings, step, plain_ids=plain_ids, rejects=files.rejects
        )
    source = settings.customers if files.customers is None else files.customers
    risk_options.refuse(inputs, source, options, settings.cac, files.rejects)
    if source is None and inputs:
        listed = None if files.last is None else risk_customers.read(files.last, settings, step)
        return risk_calls.run(
            inputs, settings, step, listed, plain_ids=plain_ids, rejects=files.rejects
        )
    models.require()
    if source is None or (question.outcome is None and not inputs):
        raise NothingToScoreError
    read = (
        _from_files(inputs, source, settings, question, files, step)
        if inputs
        else _from_outcome(source, settings, question, step)
    )
    every = read.inputs
    attributes: dict[str, Attributes] = {}
    for kind, file in {"prospects": files.prospects, "declined": files.declined}.items():
        if file is not None:
            scored = risk_customers.read(file, settings, step, kind=kind)
            every = (*every, scored.input)
            attributes[kind] = scored.attributes
    asked = Asked(
        without=_without(question, read.reading),
        cac=settings.cac,
        now=read.now.joined(read.reading.attributes) if read.now else None,
        is_of_today=files.score_today and not (inputs and question.outcome == BELOW_ZERO),
        **attributes,
    )
    step(N_("Learning, and looking back"))
    with _progress() as done:
        answered = risk.answer(read.customers, asked, done)
    key = None if plain_ids else risk_report.ids_key(read, settings)
    made = risk_report.made(settings, question, read, every, answered, key)
    if files.score_today and question.outcome != BELOW_ZERO:
        made = replace(made, given={key: made.given[key] for key in made.given if key != "cac"})
    return report.with_findings(settings, made)


def _from_outcome(source: Any, settings: Settings, question: Question, step: Step) -> Read:
    """Read customers with a column that says whether they left."""
    from ltvcli.analyses.risk.asked import Customers

    reading = risk_customers.read(source, settings, step, outcome=question.outcome)
    assert reading.left is not None
    return Read(
        customers=Customers(
            attributes=reading.attributes, left=reading.left, file=reading.input.path
        ),
        inputs=(reading.input,),
        reading=reading,
    )


def _from_files(
    inputs: Sequence[Any],
    source: Any,
    settings: Settings,
    question: Question,
    files: Files,
    step: Step,
) -> Read:
    """Read customers, their outcome from orders or subscriptions, and their behaviour.

    Args:
        inputs: orders or subscriptions.
        source: file of customers.
        settings: what was given.
        question: the outcome, the columns to leave out and the time.
        files: beside the exports.
        step: called with the name of each step as it begins.
    """
    from ltvcli.facts import life_records

    with event_logs.loaded_with_events(
        inputs, settings, files.events, files.rejects, step, command="risk"
    ) as read:
        loaded = read.loaded
        now = risk_today.gather(loaded, settings) if files.score_today else None
        as_of = loaded.reading.as_of
        horizon = settings.horizon or HORIZON
        records = life_records.gather(loaded.engine, loaded.kind, as_of, question.within, horizon)
        if not settings.horizon and int(records.is_whole.sum()) < ENOUGH_WHOLE:
            horizon = float(question.within)
            records = life_records.gather(
                loaded.engine, loaded.kind, as_of, question.within, horizon
            )
        exports, currency, early = read.inputs, loaded.reading.currency, read.early
        if question.outcome == BELOW_ZERO:
            early_records = life_records.gather(
                loaded.engine, loaded.kind, as_of, question.within, question.within
            )
            records = risk_customers.below_cac(records, early_records, settings)
    column = files.customer_column
    named = override(settings, map={**settings.map, "customer": column}) if column else settings
    reading = risk_customers.read(source, named, step)
    customers, account = risk_customers.joined(reading, records, question.within, settings.margin)
    return Read(
        customers=replace(customers, early=early),
        inputs=(*exports, account),
        reading=reading,
        as_of=as_of,
        currency=currency,
        horizon=horizon,
        now=now,
    )


def _without(question: Question, reading: AttributesReading) -> tuple[str, ...]:
    """Return the names of the columns that are not to be used.

    Raises:
        NoOutcomeColumnError: there is no such column.
    """
    names = [column.name for column in reading.attributes.columns]
    for name in question.without:
        if name not in (*names, reading.named, reading.outcome):
            raise NoOutcomeColumnError(file=reading.input.path, name=name, near=", ".join(names))
    return question.without


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """Yield a function that takes the completed share of the work, for the display."""
    shares = [0.0]
    with progress.source(lambda: _WHOLE * shares[-1]):
        yield shares.append
