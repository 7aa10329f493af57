"""Models of who leaves, by scikit-learn: the only place that knows it.

Everything runs on one thread, so that sums are added in the same order on every machine. No
resampling and no class weights, which would ruin the chances.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ltvcli.analyses.risk import groups
from ltvcli.errors import RiskExtraError
from ltvcli.facts.attributes import Attribute, Attributes, Kind
from ltvcli.results.risk import BASE, BOOSTING, LOGISTIC, SINGLE
from ltvcli.stats.inference import calibration

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.groups import Groups

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

Predict = Callable[[Attributes], "Floats"]
"""Returns the chance of leaving of each customer, shape `(n,)`."""
KNOTS = 5
SHRINKAGE = 1.0
"""Inverse of the L2 penalty of the logistic regression."""
SCALES = (0.0, 0.03, 0.1, 0.3, 1.0)
"""How much further numbers may count: the smaller the scale, the more they are shrunk."""
MOST_ROWS = 50_000
"""Customers that the logistic regression is learned from at most, the first by hash."""
TREES = {
    "learning_rate": 0.05,
    "max_iter": 200,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 30,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
"""Small trees, slowly: fixed beforehand, never tuned on the customers whose record is shown."""


def require(asked: str = "ltv risk") -> None:
    """Fail unless scikit-learn is installed, which `asked` needs.

    Raises:
        RiskExtraError: it is not.
    """
    from importlib.util import find_spec

    if find_spec("sklearn") is None:
        raise RiskExtraError(asked=asked)


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Run OpenMP and BLAS on one thread within this context."""
    import sklearn.ensemble  # limits hold only for libraries that are loaded by then
    import sklearn.linear_model
    import sklearn.preprocessing  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield


def fit(name: str, attributes: Attributes, left: Bools) -> Predict:
    """Fit a model to customers.

    Args:
        name: of the model.
        attributes: of customers.
        left: whether each left, shape `(n,)`; some did and some did not.
    """
    return {
        BASE: _base_rate,
        SINGLE: _single_column,
        LOGISTIC: _logistic,
        BOOSTING: _boosting,
    }[name](attributes, left)


def fit_calibrated(name: str, attributes: Attributes, left: Bools, folds: Ints) -> Predict:
    """Fit a model to customers; trees are calibrated by chances that are out of fold.

    Args:
        name: of the model.
        attributes: of customers.
        left: whether each left, shape `(n,)`.
        folds: number of the fold of each, shape `(n,)`.
    """
    import numpy as np

    predict = fit(name, attributes, left)
    if name != BOOSTING:
        return predict
    stated = np.zeros(len(left))
    for fold in np.unique(folds):
        here = folds == fold
        learned = fit(name, attributes.take(~here), left[~here])
        stated[here] = learned(attributes.take(here))
    correct = recalibrated(stated, left)
    return lambda asked: correct(predict(asked))


def _base_rate(_: Attributes, left: Bools) -> Predict:
    import numpy as np

    rate = float(left.mean())
    return lambda asked: np.full(len(asked), rate)


def best_column(attributes: Attributes, left: Bools) -> str:
    """Return the column whose groups predict churn best, leaving out each customer in turn."""

    def loss(column: Attribute) -> float:
        learned = groups.learn(column)
        return groups.rates(learned.codes(column), learned.count, left).loss

    return min(attributes.columns, key=loss).name


def _single_column(attributes: Attributes, left: Bools) -> Predict:
    name = best_column(attributes, left)
    column = _of(attributes, name)
    learned = groups.learn(column)
    chance = groups.rates(learned.codes(column), learned.count, left).chance
    return lambda asked: chance[learned.codes(_of(asked, name))]


def _of(attributes: Attributes, name: str) -> Attribute:
    return next(column for column in attributes.columns if column.name == name)


def _logistic(attributes: Attributes, left: Bools) -> Predict:
    """Fit a logistic regression on splines of numbers, and on levels with the rare ones pooled."""
    import numpy as np

    few = attributes.take(np.arange(min(len(left), MOST_ROWS)))
    design = _design(attributes)
    model = _fitted(design(few), left)
    return lambda asked: _of_leaving(model, design(asked))


def _design(attributes: Attributes) -> Callable[[Attributes], Floats]:
    """Return a transformer of customers into rows of numbers, fitted to customers."""
    import numpy as np

    encoders = [_encoder(column) for column in attributes.columns]

    def design(asked: Attributes) -> Floats:
        return np.hstack(
            [encode(column) for encode, column in zip(encoders, asked.columns, strict=True)]
        )

    return design


def fit_with(
    attributes: Attributes, further: Floats, left: Bools, folds: Ints
) -> Callable[[Attributes, Floats], Floats]:
    """Fit a logistic regression to customers, and to further numbers as far as these help.

    How much the numbers count is chosen by the log loss out of fold, from nothing to as much as
    everything else: numbers of chance alone then change little.

    Args:
        attributes: of customers.
        further: numbers, shape `(n, k)`.
        left: whether each left, shape `(n,)`; some did and some did not.
        folds: number of the fold of each, shape `(n,)`.

    Returns:
        What gives the chances of other customers `(m,)` from their attributes and their numbers.
    """
    import numpy as np

    design = _design(attributes)
    middle, spread = further.mean(axis=0), further.std(axis=0)
    spread[spread == 0] = 1.0
    known, numbers = design(attributes), (further - middle) / spread

    def learned(scale: float, rows: Bools) -> Any:
        return _fitted(np.hstack([known, scale * numbers])[rows], left[rows])

    losses = []
    for scale in SCALES:
        chances = np.zeros(len(left))
        for fold in np.unique(folds):
            here = folds == fold
            rows = np.hstack([known, scale * numbers])[here]
            chances[here] = _of_leaving(learned(scale, ~here), rows)
        losses.append(float(np.where(left, -np.log(chances), -np.log1p(-chances)).mean()))
    chosen = SCALES[int(np.argmin(losses))]
    model = learned(chosen, np.ones(len(left), dtype=np.bool_))
    return lambda asked, added: _of_leaving(
        model, np.hstack([design(asked), chosen * (added - middle) / spread])
    )


def _fitted(design: Floats, left: Bools) -> Any:
    """Fit a logistic regression to the first customers."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=SHRINKAGE, solver="newton-cholesky", max_iter=100)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # customers whom a level separates: shrinkage holds
        model.fit(design[:MOST_ROWS], left[: len(design)][:MOST_ROWS])
    return model


def _encoder(column: Attribute) -> Callable[[Attribute], Floats]:
    import numpy as np
    from sklearn.preprocessing import SplineTransformer

    known = column.values[~np.isnan(column.values)]
    if column.kind is Kind.LEVEL or len(np.unique(known)) <= groups.FEW:
        return _indicators(groups.learn(column))
    middle = float(np.median(known))
    splines = SplineTransformer(
        n_knots=KNOTS, knots="quantile", extrapolation="linear", include_bias=False
    ).fit(known[:, None])

    def encode(asked: Attribute) -> Floats:
        blank = np.isnan(asked.values)
        filled = np.where(blank, middle, asked.values)
        return np.hstack([splines.transform(filled[:, None]), blank[:, None].astype(np.float64)])

    return encode


def _indicators(learned: Groups) -> Callable[[Attribute], Floats]:
    import numpy as np

    def encode(asked: Attribute) -> Floats:
        return np.eye(learned.count)[learned.codes(asked)]

    return encode


def _boosting(attributes: Attributes, left: Bools) -> Predict:
    """Fit gradient-boosted trees, not yet calibrated."""
    import numpy as np

    learned = [
        groups.learn(column) if column.kind is Kind.LEVEL else None for column in attributes.columns
    ]

    def design(asked: Attributes) -> Floats:
        cells = [
            column.values if level is None else level.codes(column).astype(np.float64)
            for level, column in zip(learned, asked.columns, strict=True)
        ]
        return np.column_stack(cells)

    is_level = tuple(level is not None for level in learned)
    model = _grown(design(attributes), left, is_level)
    return lambda asked: _of_leaving(model, design(asked))


def _grown(design: Floats, left: Bools, is_level: tuple[bool, ...]) -> Any:
    """Fit gradient-boosted trees to rows of numbers, of which some are codes of levels."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**TREES, categorical_features=list(is_level))
    return model.fit(design, left)


def _of_leaving(model: Any, design: Floats) -> Floats:
    chances: Floats = model.predict_proba(design)[:, 1]
    return chances


def recalibrated(stated: Floats, came: Bools) -> Callable[[Floats], Floats]:
    """Learn from chances of customers who were not learned from how to correct chances.

    Args:
        stated: chances, shape `(n,)`.
        came: whether each left, shape `(n,)`.

    Source: Platt (1999), Advances in Large Margin Classifiers, 61-74.
    """
    line = calibration.line(calibration.log_odds(stated), came)
    if line is None or line.slope <= 0:
        return lambda chance: chance
    return lambda chance: calibration.chances(
        line.intercept + line.slope * calibration.log_odds(chance)
    )
