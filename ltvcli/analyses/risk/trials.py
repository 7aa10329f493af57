"""Trials of models on customers that they were not learned from, and which of them wins."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.risk import models
from ltvcli.facts.attributes import Attributes
from ltvcli.results.risk import BASE, BOOSTING, ENOUGH, MODELS, SCORES, SINGLE
from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Days = NDArray[np.datetime64]
    Ints = NDArray[np.int64]

FOLDS = 5
CALIBRATION_FOLDS = 3
"""Folds within the customers learned from, by which trees are calibrated."""
CUTOFFS = (0.6, 0.7, 0.8, 0.9)
"""Shares of the customers who had begun by each cut-off."""
Step = Callable[[float], None]
"""Called with the share of a long work that is done."""


class Trial(Struct, frozen=True, kw_only=True):
    """Chances that models gave customers whom they were not learned from.

    Attributes:
        cutoff: customers who began before it are the training data; None out of fold.
        chances: of each model, shape `(n,)`.
        left: whether each left, shape `(n,)`.
        rows: places of the customers among all, shape `(n,)`.
    """

    cutoff: date | None
    chances: Mapping[str, Floats]
    left: Bools
    rows: Ints


def fold_numbers(left: Bools, count: int = FOLDS) -> Ints:
    """Assign customers to `count` folds with equal churn rates, by their order.

    >>> import numpy as np
    >>> fold_numbers(np.array([True, False, True, False])).tolist()
    [0, 0, 1, 1]
    """
    import numpy as np

    folds = np.zeros(len(left), dtype=np.int64)
    for group in (left, ~left):
        folds[group] = np.arange(int(group.sum())) % count
    return folds


def out_of_fold(attributes: Attributes, left: Bools, folds: Ints, step: Step) -> Trial:
    """Score every customer by models trained on the other folds.

    Trees are calibrated by the chances of the other folds, so that no customer has a part in his
    own correction.

    Args:
        attributes: of customers.
        left: whether each left, shape `(n,)`.
        folds: number of the fold of each, shape `(n,)`.
        step: called after each model of each fold with the share that is done.
    """
    import numpy as np

    chances = {name: np.zeros(len(left)) for name in MODELS}
    numbers = np.unique(folds)
    for done, fold in enumerate(numbers):
        here = folds == fold
        learned_from, asked = attributes.take(~here), attributes.take(here)
        for place, name in enumerate(MODELS, 1):
            chances[name][here] = models.fit(name, learned_from, left[~here])(asked)
            step((done + place / len(MODELS)) / len(numbers))
    raw = chances[BOOSTING]
    corrected = np.zeros(len(left))
    for fold in numbers:
        here = folds == fold
        corrected[here] = models.recalibrated(raw[~here], left[~here])(raw[here])
    return Trial(
        cutoff=None,
        chances={**chances, BOOSTING: corrected},
        left=left,
        rows=np.arange(len(left)),
    )


def later(attributes: Attributes, left: Bools, first: Days, within: int, step: Step) -> list[Trial]:
    """Score customers by models trained on data known before they began.

    At a cut-off, customers are learned from whose outcome was known by then; those who began from
    then to the next cut-off are scored. Cut-offs come where 60%, 70%, 80% and 90% of the customers
    had begun.

    Args:
        attributes: of customers whose outcome is known.
        left: whether each left, shape `(n,)`.
        first: day on which each began, shape `(n,)`.
        within: days after which the outcome of a customer is known.
        step: called after each cut-off with the share that is done.

    Returns:
        A trial for each cut-off at which enough was known; none if there is none.
    """
    import numpy as np

    trials = []
    splits = list(time_splits(left, first, within))
    for done, (cutoff, known, asked) in enumerate(splits):
        if known is not None:
            folds = fold_numbers(left[known], CALIBRATION_FOLDS)
            learned_from, scored = attributes.take(known), attributes.take(asked)
            trials.append(
                Trial(
                    cutoff=cutoff,
                    chances={
                        name: models.fit_calibrated(name, learned_from, left[known], folds)(scored)
                        for name in MODELS
                    },
                    left=left[asked],
                    rows=np.flatnonzero(asked),
                )
            )
        step((done + 1) / len(splits))
    return trials


def time_splits(
    left: Bools, first: Days, within: int
) -> Iterator[tuple[date, Bools | None, Bools]]:
    """Yield each cut-off, the customers to learn from, and those to score.

    There is nobody to learn from (None) where too little was known by then, or nobody is scored.

    Args:
        left: whether each left, shape `(n,)`.
        first: day on which each began, shape `(n,)`.
        within: days after which the outcome of a customer is known.
    """
    import numpy as np

    days = np.sort(first)
    cutoffs = sorted({days[int(share * len(days))] for share in CUTOFFS})
    for place, cutoff in enumerate(cutoffs):
        end = cutoffs[place + 1] if place + 1 < len(cutoffs) else days[-1] + 1
        known = first + within <= cutoff
        asked = (first >= cutoff) & (first < end)
        enough = min(int(left[known].sum()), int((~left[known]).sum())) >= ENOUGH and asked.any()
        yield cutoff.astype(object), known if enough else None, asked


def pooled(trials: Sequence[Trial]) -> Trial:
    """Return the customers of several trials as those of one."""
    import numpy as np

    return Trial(
        cutoff=None,
        chances={name: np.concatenate([t.chances[name] for t in trials]) for name in MODELS},
        left=np.concatenate([trial.left for trial in trials]),
        rows=np.concatenate([trial.rows for trial in trials]),
    )


def winner(trials: Sequence[Trial]) -> str | None:
    """Return the model with the smallest error of those beyond both baselines, or a baseline.

    A model is beyond another if the mean difference of squared errors, customer by customer, is
    above 0 with more than 97.5% confidence: with two models, one of noise alone is chosen in fewer
    than one of twenty cases.

    Args:
        trials: of all models.

    Returns:
        A model of `SCORES`; else "single-column" if that is beyond the base rate; else None.

    Source: Diebold & Mariano (1995), J. Business & Economic Statistics 13, 253-263.
    """
    errors = {name: _errors(trials, name) for name in MODELS}
    beyond = [
        name
        for name in SCORES
        if _is_beyond(errors[BASE], errors[name]) and _is_beyond(errors[SINGLE], errors[name])
    ]
    if beyond:
        return min(beyond, key=lambda name: float(errors[name].mean()))
    return SINGLE if _is_beyond(errors[BASE], errors[SINGLE]) else None


def is_beyond(trial: Trial, base: str, model: str) -> bool:
    """Return whether a model has a smaller error than another one, beyond chance.

    Args:
        trial: of both.
        base: name of the other model.
        model: name of the model.
    """
    return _is_beyond(_errors([trial], base), _errors([trial], model))


def _errors(trials: Sequence[Trial], name: str) -> Floats:
    import numpy as np

    return np.concatenate([(trial.chances[name] - trial.left) ** 2 for trial in trials])


def _is_beyond(errors: Floats, smaller: Floats) -> bool:
    saved = errors - smaller
    spread = float(saved.std(ddof=1))
    return spread > 0 and float(saved.mean()) > Z_95 * spread / math.sqrt(len(saved))
