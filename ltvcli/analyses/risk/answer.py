"""Who leaves, how well that is known, and by what: `ltv risk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ltvcli.analyses.risk import behaviour_answer, likeness, models, prospects, sentences, trials
from ltvcli.analyses.risk import columns as judging
from ltvcli.analyses.risk import declined as declining
from ltvcli.analyses.risk.rates import groups_of
from ltvcli.analyses.risk.record import bins as binned
from ltvcli.analyses.risk.record import record
from ltvcli.analyses.risk.tables import tables
from ltvcli.errors import NoAttributesError, NobodyLeftError
from ltvcli.facts.attributes import Attributes
from ltvcli.results import Row, Statement
from ltvcli.results.behaviour import Behaviour
from ltvcli.results.experiment import Range
from ltvcli.results.risk import (
    ENOUGH,
    MODELS,
    NOT_OF_PROSPECTS,
    SCORES,
    SINGLE,
    Bin,
    Call,
    Column,
    Declined,
    Group,
    Prospect,
    Record,
    Verdict,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.columns import Judged
    from ltvcli.analyses.risk.prospects import Scored
    from ltvcli.analyses.risk.trials import Step, Trial
    from ltvcli.facts.early_behaviour import EarlyBehaviour

    Bools = NDArray[np.bool_]
    Days = NDArray[np.datetime64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers:
    """Customers whose outcome is known, in an order that has nothing to do with it.

    Attributes:
        attributes: of each.
        left: whether each left, shape `(n,)`.
        file: name of the file, for errors.
        first: day on which each began, shape `(n,)`; None of a snapshot.
        within: days after which an outcome is known; 0 of a snapshot.
        value: what each brought within the horizon, NaN where that is not known, shape `(n,)`.
        early: what they did in their first days; None without a log of events.
    """

    attributes: Attributes
    left: Bools
    file: str
    first: Days | None = None
    within: int = 0
    value: Floats | None = None
    early: EarlyBehaviour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked.

    Attributes:
        without: names of columns that are not to be used.
        prospects: to be scored; None if there are none.
        declined: prospects who were declined; None if there are none.
        cac: that is still to be spent on a prospect; None if it is not known.
    """

    without: Sequence[str] = ()
    prospects: Attributes | None = None
    declined: Attributes | None = None
    cac: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
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


def answer(customers: Customers, asked: Asked, step: Step) -> Answer:
    """Find out whether there is a score, and score the prospects with it.

    Where it is known when customers began, models are tested on later customers than those they
    were learned from; else, or where too few left for that, out of fold.

    Args:
        customers: whose outcome is known.
        asked: what is asked.
        step: called with the share of the work that is done.

    Raises:
        NobodyLeftError: all left, or none.
        NoAttributesError: no column is left.
    """
    left = customers.left
    folds = trials.fold_numbers(left)
    verdicts = _judged(customers, asked, folds)
    used = customers.attributes.only({row.name for row in verdicts if not row.because})
    if min(int(left.sum()), int((~left).sum())) < ENOUGH:
        return _with_behaviour(_too_few(used, left, verdicts), customers, verdicts)
    with models.on_one_thread():
        tried: list[Trial] = []
        if customers.first is not None:
            tried = trials.later(used, left, customers.first, customers.within, step)
        if not tried:
            tried = [trials.out_of_fold(used, left, folds, step)]
        answered = _of_trials(customers, used, asked, verdicts, tried)
        return _with_behaviour(answered, customers, verdicts)


def _with_behaviour(answered: Answer, customers: Customers, verdicts: Sequence[Judged]) -> Answer:
    """Add whether what customers did in their first days adds to what was known at signing."""
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


def _judged(customers: Customers, asked: Asked, folds: NDArray[np.int64]) -> tuple[Judged, ...]:
    """Judge the columns; those that prospects do not have are not used for them."""
    left = customers.left
    if left.all() or not left.any():
        raise NobodyLeftError(left=int(left.sum()), customers=len(left))
    verdicts = judging.judged(customers.attributes, left, folds, asked.without)
    for scored in (asked.prospects, asked.declined):
        if scored is None:
            continue
        known = {prospects.key(column.name) for column in scored.columns}
        verdicts = tuple(
            row
            if row.because or prospects.key(row.name) in known
            else replace(row, because=NOT_OF_PROSPECTS)
            for row in verdicts
        )
    if all(row.because for row in verdicts):
        reasons = ", ".join(f"{row.name} ({row.because})" for row in verdicts) or "-"
        raise NoAttributesError(file=customers.file, reasons=reasons)
    return verdicts


def _of_trials(
    customers: Customers,
    used: Attributes,
    asked: Asked,
    verdicts: Sequence[Judged],
    tried: Sequence[Trial],
) -> Answer:
    """Choose a model by its record, or a single column, or nothing."""
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
    columns = _columns(verdicts)
    scored: tuple[Prospect, ...] = ()
    said_no: Declined | None = None
    if model and asked.prospects is not None:
        scored = _scored(customers, used, asked, asked.prospects, every, model).prospects
    if model and asked.declined is not None:
        refused = _scored(customers, used, asked, asked.declined, every, model)
        said_no = declining.declined(refused, declining.owners(asked.declined), len(left))
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
    )


def _scored(
    customers: Customers,
    used: Attributes,
    asked: Asked,
    wanted: Attributes,
    every: Trial,
    model: str,
) -> Scored:
    """Score prospects by a model that is learned from all customers."""
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
    columns = _columns(verdicts)
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


def _columns(verdicts: Sequence[Judged]) -> tuple[Column, ...]:
    """Return the columns, those that tell most first, then those that are left out."""
    made = [
        Column(
            name=column.name,
            because=column.because,
            auc=(
                Range(value=column.alone.value, low=column.alone.low, high=column.alone.high)
                if column.alone
                else None
            ),
            protected=column.protected,
        )
        for column in verdicts
    ]
    return tuple(
        sorted(
            made,
            key=lambda column: (bool(column.because), -(column.auc.value if column.auc else 0)),
        )
    )
