"""Trials of models on customers that they were not learned from, and which of them wins."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ltvcli.analyses.risk import models
from ltvcli.facts.attributes import Attributes
from ltvcli.results.risk import BASE, BOOSTING, MODELS, SCORES, SINGLE
from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

FOLDS = 5
Step = Callable[[float], None]
"""Called with the share of a long work that is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Chances that models gave customers whom they were not learned from.

    Attributes:
        cutoff: customers who began before it were learned from; None out of fold.
        chances: of each model, shape `(n,)`.
        left: whether each left, shape `(n,)`.
    """

    cutoff: date | None
    chances: Mapping[str, Floats]
    left: Bools


def fold_numbers(left: Bools) -> Ints:
    """Number the folds, each with the same share of leavers, by the order of the customers.

    >>> import numpy as np
    >>> fold_numbers(np.array([True, False, True, False])).tolist()
    [0, 0, 1, 1]
    """
    import numpy as np

    folds = np.zeros(len(left), dtype=np.int64)
    for group in (left, ~left):
        folds[group] = np.arange(int(group.sum())) % FOLDS
    return folds


def out_of_fold(attributes: Attributes, left: Bools, folds: Ints, step: Step) -> Trial:
    """Score every customer by models that were learned from the other folds.

    Trees are calibrated by the chances of the other folds, so that no customer has a part in his
    own correction.

    Args:
        attributes: of customers.
        left: whether each left, shape `(n,)`.
        folds: number of the fold of each, shape `(n,)`.
        step: called after each fold with the share that is done.
    """
    import numpy as np

    chances = {name: np.zeros(len(left)) for name in MODELS}
    numbers = np.unique(folds)
    for done, fold in enumerate(numbers):
        here = folds == fold
        learned_from, asked = attributes.take(~here), attributes.take(here)
        for name in MODELS:
            chances[name][here] = models.fit(name, learned_from, left[~here])(asked)
        step((done + 1) / len(numbers))
    raw = chances[BOOSTING]
    corrected = np.zeros(len(left))
    for fold in numbers:
        here = folds == fold
        corrected[here] = models.recalibrated(raw[~here], left[~here])(raw[here])
    return Trial(cutoff=None, chances={**chances, BOOSTING: corrected}, left=left)


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


def _errors(trials: Sequence[Trial], name: str) -> Floats:
    import numpy as np

    return np.concatenate([(trial.chances[name] - trial.left) ** 2 for trial in trials])


def _is_beyond(errors: Floats, smaller: Floats) -> bool:
    saved = errors - smaller
    spread = float(saved.std(ddof=1))
    return spread > 0 and float(saved.mean()) > Z_95 * spread / math.sqrt(len(saved))
