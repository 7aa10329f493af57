"""Who will leave, and how well that is known: the steps of `ltv risk`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, progress
from ltvcli.errors import (
    NoOutcomeColumnError,
    NothingToScoreError,
)
from ltvcli.language import N_
from ltvcli.pipeline import (
    event_logs,
    report,
    risk_calls,
    risk_customers,
    risk_opportunities,
    risk_options,
)
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import InputFile, Sentence
from ltvcli.results.risk import BELOW_ZERO, RiskReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.risk.answer import Answer, Customers
    from ltvcli.facts.attributes import Attributes
    from ltvcli.read.attributes import AttributesReading

SETTINGS = (
    "as_of", "cac", "currency", "customers", "date_format", "encoding", "exclude", "horizon",
    "margin", "status_paid",
)  # fmt: skip
"""Settings that change the answer."""
WITHIN = 6
"""Months in which a customer leaves or not, if not typed."""
HORIZON = 12.0
"""Months of which contributions are added up, where enough customers were observed so long."""
ENOUGH_WHOLE = 200
_WHOLE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        outcome: `COLUMN` or `COLUMN=VALUE` of customers who left; None where files say it.
        without: columns that are not to be used.
        within: months in which a customer leaves or not.
    """

    outcome: str | None = None
    without: tuple[str, ...] = ()
    within: int = WITHIN

    def given(self) -> dict[str, float | str]:
        """Return what was given, by name, for the record."""
        known = {"outcome": self.outcome or "", "without": ", ".join(self.without)}
        months: dict[str, float | str] = {"within": self.within} if self.within != WITHIN else {}
        return {name: text for name, text in known.items() if text} | months


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read: customers whose outcome is known, and of whom and when."""

    customers: Customers
    inputs: tuple[InputFile, ...]
    reading: AttributesReading
    as_of: date | None = None
    currency: str | None = None
    horizon: float | None = None


def run(
    inputs: Sequence[Any],
    settings: Settings,
    question: Question,
    step: Step = unwatched,
    *,
    customers: Any = None,
    customer_column: str | None = None,
    prospects: Any = None,
    declined: Any = None,
    events: Sequence[Any] = (),
    rejects: Path | None = None,
    last: Any = None,
    opportunities: bool = False,
    plain_ids: bool = False,
) -> RiskReport:
    """Find out who leaves, and how well that is known.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders or subscriptions; none where the
            file of customers says who left.
        settings: what was given, with the file of customers.
        question: what is asked.
        step: called with the name of each step as it begins.
        customers: a path or a pandas data frame; None for that of the settings.
        customer_column: of their ids, where the exports name theirs in another way.
        prospects: a path or a pandas data frame to score; None for none.
        declined: likewise, prospects who were declined.
        events: paths, globs or pandas data frames of logs of events.
        rejects: where to write the rows of orders, subscriptions and events that were excluded.
        last: the last call list, without `customers`.
        opportunities: find the next product of customers and who moves up, instead.
        plain_ids: show ids of customers as they are, not hashes of them.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.risk import answer as risk
    from ltvcli.analyses.risk import models

    options = {
        "--outcome": question.outcome,
        "--without": question.without,
        "--prospects": prospects,
        "--declined": declined,
        "--events": events,
        "--last": last,
    }
    if opportunities:
        risk_options.refuse_for_opportunities(inputs, {"--customers": customers, **options})
        return risk_opportunities.run(inputs, settings, step, plain_ids=plain_ids, rejects=rejects)
    source = settings.customers if customers is None else customers
    risk_options.refuse(inputs, source, options, settings.cac, rejects)
    if source is None and inputs:
        listed = None if last is None else risk_customers.read(last, settings, step)
        return risk_calls.run(inputs, settings, step, listed, plain_ids=plain_ids, rejects=rejects)
    models.require()
    if source is None or (question.outcome is None and not inputs):
        raise NothingToScoreError
    read = (
        _from_files(inputs, source, settings, question, events, rejects, step, customer_column)
        if inputs
        else _from_outcome(source, settings, question, step)
    )
    files = read.inputs
    attributes: dict[str, Attributes] = {}
    for kind, file in {"prospects": prospects, "declined": declined}.items():
        if file is not None:
            scored = risk_customers.read(file, settings, step, kind=kind)
            files = (*files, scored.input)
            attributes[kind] = scored.attributes
    asked = risk.Asked(without=_without(question, read.reading), cac=settings.cac, **attributes)
    step(N_("Learning, and looking back"))
    with _progress() as done:
        answered = risk.answer(read.customers, asked, done)
    return report.with_findings(settings, _report(settings, question, read, files, answered))


def _report(
    settings: Settings,
    question: Question,
    read: _Read,
    files: tuple[InputFile, ...],
    answered: Answer,
) -> RiskReport:
    from ltvcli.analyses.risk import below_zero

    left, is_below = read.customers.left, bool(read.as_of) and question.outcome == BELOW_ZERO
    return RiskReport(
        command="risk",
        version=__version__,
        as_of=read.as_of,
        currency=read.currency or settings.currency,
        inputs=files,
        given={**report.given_settings(settings, SETTINGS), **question.given()},
        horizon=None if read.horizon is None else round(read.horizon),
        basis=None if read.as_of is None else "revenue" if settings.margin is None else "margin",
        says=below_zero.worded(answered.says) if is_below else answered.says,
        terms=_terms(read, question),
        main="prospects" if answered.prospects else "record",
        tables=answered.tables,
        verdict=answered.verdict,
        outcome=BELOW_ZERO if is_below else read.reading.outcome,
        customers=len(left),
        left=int(left.sum()),
        records=answered.records,
        bins=answered.bins,
        columns=answered.columns,
        groups=answered.groups,
        within=question.within if read.as_of else None,
        prospects=answered.prospects,
        declined=answered.declined,
        behaviour=answered.behaviour,
    )


def _terms(read: _Read, question: Question) -> tuple[Sentence, ...]:
    """Return what counts as leaving, and how long contributions are added up."""
    if read.horizon is None:
        return ()
    text = N_("left within {months} months of the first paid day")
    if question.outcome == BELOW_ZERO:
        text = N_("outcome: contribution of the first {months} months below CAC")
    elif read.inputs[0].kind == "orders":
        text = N_("no second order within {months} months of the first")
    horizon = {"months": round(read.horizon)}
    return (
        Sentence(text, {"months": question.within}),
        Sentence(N_("contribution of the first {months} months"), horizon),
    )


def _from_outcome(source: Any, settings: Settings, question: Question, step: Step) -> _Read:
    """Read customers of whom a column says whether they left."""
    from ltvcli.analyses.risk.answer import Customers

    reading = risk_customers.read(source, settings, step, outcome=question.outcome)
    assert reading.left is not None
    return _Read(
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
    events: Sequence[Any],
    rejects: Path | None,
    step: Step,
    column: str | None,
) -> _Read:
    """Read customers, from orders or subscriptions what became of them, and what they did.

    Args:
        inputs: orders or subscriptions.
        source: file of customers.
        settings: what was given.
        question: what is asked.
        events: logs; none for none.
        rejects: where to write the excluded rows.
        step: called with the name of each step as it begins.
        column: of the ids of customers in their file; None for that of the settings.
    """
    from ltvcli.facts import life_records

    with event_logs.loaded_with_events(
        inputs, settings, events, rejects, step, command="risk"
    ) as read:
        loaded = read.loaded
        as_of = loaded.reading.as_of
        horizon = settings.horizon or HORIZON
        records = life_records.gather(loaded.engine, loaded.kind, as_of, question.within, horizon)
        if not settings.horizon and int(records.is_whole.sum()) < ENOUGH_WHOLE:
            horizon = float(question.within)
            records = life_records.gather(
                loaded.engine, loaded.kind, as_of, question.within, horizon
            )
        files, currency, early = read.inputs, loaded.reading.currency, read.early
        if question.outcome == BELOW_ZERO:
            early_records = life_records.gather(
                loaded.engine, loaded.kind, as_of, question.within, question.within
            )
            records = risk_customers.below_cac(records, early_records, settings)
    named = replace(settings, map={**settings.map, "customer": column}) if column else settings
    reading = risk_customers.read(source, named, step)
    customers, account = risk_customers.joined(reading, records, question.within, settings.margin)
    return _Read(
        customers=replace(customers, early=early),
        inputs=(*files, account),
        reading=reading,
        as_of=as_of,
        currency=currency,
        horizon=horizon,
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
    """Yield what is called with the share of the work that is done, for the display."""
    shares = [0.0]
    with progress.source(lambda: _WHOLE * shares[-1]):
        yield shares.append
