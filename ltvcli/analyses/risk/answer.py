"""Prediction of churn, its evaluation and the columns it uses: `ltv risk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.risk import (
    behaviour_answer,
    column_verdicts,
    likeness,
    models,
    prospects,
    sentences,
    today,
    today_sentences,
    today_tables,
    trials,
)
from ltvcli.analyses.risk import declined as declining
from ltvcli.analyses.risk.asked import Asked, Customers
from ltvcli.analyses.risk.rates import groups_of
from ltvcli.analyses.risk.record import bins as binned
from ltvcli.analyses.risk.record import record
from ltvcli.analyses.risk.tables import tables
from ltvcli.facts.attributes import Attributes
from ltvcli.results import Row, Statement
from ltvcli.results.behaviour import Behaviour
from ltvcli.results.risk import (
    ENOUGH,
    MODELS,
    NOT_OF_PROSPECTS,
    SCORES,
    SINGLE,
    Call,
    Column,
    Declined,
    Prospect,
)
from ltvcli.results.risk_record import Bin, Group, Record, Verdict
from ltvcli.results.today import Today

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.columns import Judged
    from ltvcli.analyses.risk.prospects import Scored
    from ltvcli.analyses.risk.trials import Step, Trial

    Bools = NDArray[np.bool_]
    Days = NDArray[np.datetime64]
    Floats = NDArray[np.float64]


class Answer(Struct, frozen=True, kw_only=True):
    """The parts of the report; see `results.risk`."""

    verdict: Verdict
    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    records: tuple[Record, ...]
    bins: tuple[Bin, ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    prospects: tuple[Prospect, ...] = ()
    declined: Declined | None = None
    calls: tuple[Call, ...] = ()
    customers: int = 0
    left: int = 0
    behaviour: tuple[Behaviour, ...] = ()
    today: Today | None = None


RECORD_SHARE = 0.6
"""Share of the work that is done once models are tested, where customers of today follow."""


def answer(customers: Customers, asked: Asked, step: Step) -> Answer:
    """Find out whether there is a score, and score the prospects with it.

    Where it is known when customers began, models are tested on later customers than those they
    were trained on; else, or where too few left for that, out of fold.

    Args:
        customers: whose outcome is known.
        asked: the question.
        step: called with the share of the work that is done.

    Raises:
        NobodyLeftError: all left, or none.
        NoAttributesError: no column is left.
    """
    left = customers.left
    folds = trials.fold_numbers(left)
    verdicts = column_verdicts.judged(customers, asked, folds)
    used = customers.attributes.only({row.name for row in verdicts if not row.because})
    if min(int(left.sum()), int((~left).sum())) < ENOUGH:
        answered = _too_few(used, left, verdicts)
        return _with_behaviour(_with_today(answered, customers, asked, used), customers, verdicts)
    share = RECORD_SHARE if asked.is_of_today else 1.0
    with models.on_one_thread():
        tried: list[Trial] = []
        if customers.first is not None:
            tried = trials.later(
                used, left, customers.first, customers.within, lambda done: step(share * done)
            )
        if not tried:
            tried = [trials.out_of_fold(used, left, folds, lambda done: step(share * done))]
        answered = _of_trials(customers, used, asked, verdicts, tried)
        answered = _with_today(answered, customers, asked, used)
        answered = _with_behaviour(answered, customers, verdicts)
        step(1.0)
        return answered


def _with_today(answered: Answer, customers: Customers, asked: Asked, used: Attributes) -> Answer:
    """Add today's customers, and the evaluation of the model that scores them.

    Args:
        answered: with the customers of a snapshot where there is a score.
        customers: whose outcome is known.
        asked: the question.
        used: columns that may be used.
    """
    scored = answered.today
    if asked.is_of_today and customers.first is not None:
        names = {column.name for column in used.columns}
        scored = today.of_files(asked.now, names) if asked.now else Today(verdict=None)
    if scored is None:
        return answered
    headline, *details = answered.says
    return replace(
        answered,
        says=(headline, *today_sentences.of_today(scored), *details),
        tables={**answered.tables, **today_tables.of_today(scored)},
        today=scored,
    )


def _with_behaviour(answered: Answer, customers: Customers, verdicts: Sequence[Judged]) -> Answer:
    """Add whether behaviour in the first days improves on the data known at signing."""
    if customers.early is None:
        return answered
    known = {row.name for row in verdicts if row.because in ("", NOT_OF_PROSPECTS)}
    added = behaviour_answer.answer(
        customers.early,
        customers.attributes,
        customers.attributes.only(known),
        customers.left,
        customers.within,
    )
    headline, *details = answered.says
    return replace(
        answered,
        says=(headline, added.first, *details, *added.further),
        tables={**answered.tables, **added.tables},
        behaviour=added.behaviour,
    )


def _of_trials(
    customers: Customers,
    used: Attributes,
    asked: Asked,
    verdicts: Sequence[Judged],
    tried: Sequence[Trial],
) -> Answer:
    """Choose a model, a single column, or nothing, by their evaluation."""
    left = customers.left
    name = trials.winner(tried)
    model = name if name in SCORES else None
    every = trials.pooled(tried) if len(tried) > 1 else tried[0]
    shown = [every, *tried] if len(tried) > 1 else tried
    records = tuple(record(trial, each, chosen=each == model) for trial in shown for each in MODELS)
    chosen = next((row for row in records if row.chosen), None)
    single = next(row for row in records if row.model == SINGLE)
    best = models.best_column(used, left)
    verdict = Verdict.SCORE if model else Verdict.COLUMN if name else Verdict.NOTHING
    column = next(column for column in used.columns if column.name == best)
    groups = groups_of(column, left) if verdict is Verdict.COLUMN else ()
    bins = binned(every.chances[model], every.left) if model else ()
    columns = column_verdicts.ranked(verdicts)
    scored: tuple[Prospect, ...] = ()
    said_no: Declined | None = None
    if model and asked.prospects is not None:
        scored = _scored(customers, used, asked, asked.prospects, every, model).prospects
    if model and asked.declined is not None:
        refused = _scored(customers, used, asked, asked.declined, every, model)
        said_no = declining.declined(refused, declining.owners(asked.declined), len(left))
    of_today = None
    if model and asked.is_of_today and customers.first is None:
        of_today = today.of_snapshot(used, left, every, model)
    headline = sentences.headline(verdict, chosen, best, len(left), int(left.sum()))
    return Answer(
        verdict=verdict,
        says=(
            Statement(says=headline),
            *sentences.of_prospects(scored),
            *sentences.of_declined(said_no),
            *sentences.details(chosen, single, bins, columns, groups),
        ),
        tables=tables(records, bins, columns, groups, scored, said_no),
        records=records,
        bins=bins,
        columns=columns,
        groups=groups,
        prospects=scored,
        declined=said_no,
        today=of_today,
    )


def _scored(
    customers: Customers,
    used: Attributes,
    asked: Asked,
    wanted: Attributes,
    every: Trial,
    model: str,
) -> Scored:
    """Score prospects by a model that is trained on all customers."""
    import numpy as np

    left = customers.left
    value = np.full(len(left), np.nan) if customers.value is None else customers.value
    past = prospects.Past(
        attributes=used,
        left=left,
        value=value,
        weights=likeness.weights(used, left, value),
    )
    predict = models.fit_calibrated(
        model, used, left, trials.fold_numbers(left, trials.CALIBRATION_FOLDS)
    )
    names = [str(name) for name in wanted.customers]
    return prospects.scored(
        names, prospects.aligned(wanted, used), past, predict, every, model, asked.cac
    )


def _too_few(used: Attributes, left: Bools, verdicts: Sequence[Judged]) -> Answer:
    """Return rates by every single column, where a model would be made of chance."""
    groups = tuple(group for column in used.columns for group in groups_of(column, left))
    columns = column_verdicts.ranked(verdicts)
    first = sentences.headline(Verdict.TOO_FEW, None, "", len(left), int(left.sum()))
    return Answer(
        verdict=Verdict.TOO_FEW,
        says=(Statement(says=first), *sentences.details(None, None, (), columns, ())),
        tables=tables((), (), columns, groups),
        records=(),
        bins=(),
        columns=columns,
        groups=groups,
    )
