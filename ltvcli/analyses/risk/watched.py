"""Customers on several days: models trained on earlier days and tested on the newest one.

On each day it is known of customers what they had done by then, and of all days but the last what
they did in the days after. Models learn from the older days, are tested on the newest day of which
the outcome is known, and score the customers of the last day.

| day     | outcome known | use                              |
| 270, 180 days ago | yes | learned from                     |
| 90 days ago       | yes | tested on, then learned from too |
| today             | no  | scored                           |
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.risk import models, prospects, trials
from ltvcli.analyses.risk.rates import groups_of
from ltvcli.analyses.risk.record import bins as binned
from ltvcli.analyses.risk.record import record
from ltvcli.analyses.risk.trials import CALIBRATION_FOLDS, Trial
from ltvcli.facts.attributes import Attribute, Attributes, Kind
from ltvcli.results.experiment import Range
from ltvcli.results.risk import ENOUGH, MODELS, SCORES, SINGLE
from ltvcli.results.risk_record import Bin, Group, Record, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Watched(Struct, frozen=True, kw_only=True):
    """Customers on several days.

    Attributes:
        days: ascending; the outcome of the last one is not known.
        attributes: a row per customer and day.
        day_of: place of the day of each row in `days`, shape `(n,)`.
        came: whether the outcome occurred in the days after, shape `(n,)`; False on the last day.
        with_reasons: how many customers, the first of those to be shown, are shown with what speaks
            for it and against it; None for all.
    """

    days: tuple[date, ...]
    attributes: Attributes
    day_of: Ints
    came: Bools
    with_reasons: int | None = None


class Scored(Struct, frozen=True, kw_only=True):
    """Scores of the customers of the last day, by models trained on earlier days.

    Attributes:
        verdict: what the record allows.
        customers: of the newest day of which the outcome is known.
        came: of these.
        records: of each model on that day.
        bins: of the chosen model.
        column: the best single one; "" with too few customers.
        groups: of the best single column, where no model beats it.
        chances: of the customers of the last day; none without a score.
        listed: places of those who are to be shown, in that order.
        because: columns that speak for it (▲) and against it (▼), of each of those; none beyond the
            first that this is said of.
    """

    verdict: Verdict
    customers: int
    came: int
    records: tuple[Record, ...] = ()
    bins: tuple[Bin, ...] = ()
    column: str = ""
    groups: tuple[Group, ...] = ()
    chances: tuple[Range, ...] = ()
    listed: tuple[int, ...] = ()
    because: tuple[tuple[str, ...], ...] = ()


List = Callable[[Sequence[Range], float], Sequence[int]]
"""Returns the places of the customers to show, by their chances and the rate of all."""


def levels(name: str, texts: NDArray[np.object_]) -> Attribute:
    """Return texts as a column; "" is blank."""
    import numpy as np

    known = sorted({str(text) for text in texts if text})
    place = {text: number for number, text in enumerate(known)}
    values = np.array([place.get(str(text), np.nan) for text in texts], dtype=np.float64)
    return Attribute(name=name, kind=Kind.LEVEL, values=values, levels=tuple(known))


def score(watched: Watched, wanted: List) -> Scored:
    """Learn from older days, test on the newest, and score the last day where that may be done.

    Args:
        watched: with at least two days of which the outcome is known.
        wanted: chooses the customers to show.
    """
    import numpy as np

    watched = _mixed(watched)
    newest = len(watched.days) - 2
    older, asked = watched.day_of < newest, watched.day_of == newest
    came = watched.came
    attributes = _telling(watched.attributes, older)
    for outcome in (came[asked], came[older]):
        hits = int(outcome.sum())
        if min(hits, len(outcome) - hits) < ENOUGH:
            return Scored(verdict=Verdict.TOO_FEW, customers=len(outcome), came=hits)
    folds = _folds(attributes.customers)
    with models.on_one_thread():
        learned_from = attributes.take(older)
        trial = Trial(
            cutoff=watched.days[newest],
            chances={
                name: models.fit_calibrated(name, learned_from, came[older], folds[older])(
                    attributes.take(asked)
                )
                for name in MODELS
            },
            left=came[asked],
            rows=np.flatnonzero(asked),
        )
        name = trials.winner([trial])
        model = name if name in SCORES else None
        records = tuple(record(trial, each, chosen=each == model) for each in MODELS)
        column = models.best_column(learned_from, came[older])
        verdict = Verdict.SCORE if model else Verdict.COLUMN if name else Verdict.NOTHING
        scored = Scored(
            verdict=verdict,
            customers=int(asked.sum()),
            came=int(came[asked].sum()),
            records=records,
            column=column,
            groups=_groups(attributes, column, came, older | asked) if name == SINGLE else (),
        )
        if model is None:
            return scored
        of_last = replace(watched, attributes=attributes)
        return _of_last_day(of_last, folds, trial, model, scored, wanted)


def _of_last_day(
    watched: Watched, folds: Ints, trial: Trial, model: str, scored: Scored, wanted: List
) -> Scored:
    """Score the customers of the last day by a model that is trained on all days before it.

    Args:
        watched: with the columns that are used.
        folds: number of the fold of each row, shape `(n,)`.
        trial: on the newest day of which the outcome is known.
        model: that was chosen by it.
        scored: what is known so far.
        wanted: chooses the customers to show.
    """
    import numpy as np

    now = watched.day_of == len(watched.days) - 1
    past, asked = watched.attributes.take(~now), watched.attributes.take(now)
    came = watched.came[~now]
    predict = models.fit_calibrated(model, past, came, folds[~now])
    stated = trial.chances[model]
    order = np.argsort(stated, kind="stable")
    chances = tuple(
        prospects.held(float(chance), stated[order], trial.left[order]) for chance in predict(asked)
    )
    listed = tuple(wanted(chances, float(trial.left.mean())))
    first = asked.take(np.array(listed[: watched.with_reasons], dtype=np.int64))
    because = prospects.because(first, past, predict)
    return replace(
        scored,
        bins=binned(stated, trial.left),
        chances=chances,
        listed=listed,
        because=(*because, *[()] * (len(listed) - len(because))),
    )


def _groups(attributes: Attributes, name: str, came: Bools, rows: Bools) -> tuple[Group, ...]:
    column = next(column for column in attributes.columns if column.name == name)
    return groups_of(column.take(rows), came[rows])


def _telling(attributes: Attributes, rows: Bools) -> Attributes:
    """Return the columns that are not the same for all of these rows."""
    import numpy as np

    return attributes.only(
        {
            column.name
            for column in attributes.columns
            if len(np.unique(column.values[rows], equal_nan=True)) > 1
        }
    )


def _mixed(watched: Watched) -> Watched:
    """Order customers by a hash, but for those of the last day, who keep their places.

    What is learned from the first customers only is then learned from those of all days.
    """
    import numpy as np

    now = watched.day_of == len(watched.days) - 1
    past = np.flatnonzero(~now)
    hashes = _hashes(watched.attributes.customers[past])
    order = np.concatenate([past[np.argsort(hashes, kind="stable")], np.flatnonzero(now)])
    return replace(
        watched,
        attributes=watched.attributes.take(order),
        day_of=watched.day_of[order],
        came=watched.came[order],
    )


def _folds(customers: NDArray[np.object_]) -> Ints:
    """Number folds by customer, so that one who is there on several days is in one fold."""
    return _hashes(customers) % CALIBRATION_FOLDS


def _hashes(customers: NDArray[np.object_]) -> Ints:
    """Return a number of each customer that is independent of all other data."""
    import numpy as np

    def number(customer: object) -> int:
        digest = hashlib.blake2b(str(customer).encode(), digest_size=4, person=b"ltv folds")
        return int.from_bytes(digest.digest())

    return np.array([number(customer) for customer in customers.tolist()], dtype=np.int64)
