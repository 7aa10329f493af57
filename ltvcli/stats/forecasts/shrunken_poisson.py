"""Poisson regression of counts on customer attributes, relative to a forecast, with shrinkage.

The count of a customer has the mean `expected * exp(level + numbers @ slopes)`; slopes have a
normal prior about 0. With slopes of 0 the forecast stays what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

DEVIATIONS = (0.03, 0.1, 0.3)
"""Prior standard deviations of a slope that are tried, besides 0."""
_STEPS, _HALVINGS, _CLOSE = 50, 30, 1e-9
_LIMIT = 1.5
"""Log of the largest factor, and of the inverse of the smallest: 4.5 times."""


def slopes(numbers: Floats, expected: Floats, counts: Floats, deviation: float) -> Floats:
    """Return the slopes `(k,)` with the highest posterior density, by Newton's method.

    Args:
        numbers: of customers, with mean 0 and variance 1, shape `(n, k)`.
        expected: mean count of each by the forecast, above 0, shape `(n,)`.
        counts: of each, shape `(n,)`.
        deviation: prior standard deviation of a slope; 0 for slopes of 0.

    Source: McCullagh & Nelder (1989), Generalized Linear Models, sections 2.5 and 6.2.

    Without numbers that differ, there is nothing to learn:

    >>> slopes(np.zeros((3, 1)), np.ones(3), np.array([0.0, 1.0, 5.0]), 0.3).tolist()
    [0.0]
    """
    count = numbers.shape[1]
    total = float(counts.sum())
    if not deviation or not count or not total:
        return np.zeros(count)
    design = np.column_stack([np.ones(len(numbers)), numbers])
    shrinkage = np.full(count + 1, deviation**-2)
    shrinkage[0] = 0.0
    values = np.zeros(count + 1)
    values[0] = np.log(total / expected.sum())

    def loss(at: Floats) -> float:
        line = np.minimum(design @ at, 700.0)
        fit = float((expected * np.exp(line)).sum() - counts @ line)
        return fit + float(shrinkage @ at**2) / 2

    least = loss(values)
    for _ in range(_STEPS):
        mean = expected * np.exp(np.minimum(design @ values, 700.0))
        gradient = design.T @ (mean - counts) + shrinkage * values
        curvature = (design * mean[:, None]).T @ design + np.diag(shrinkage)
        step = np.linalg.solve(curvature, gradient)
        for _ in range(_HALVINGS):
            reached = loss(values - step)
            if reached <= least:
                break
            step = step / 2
        else:
            break
        values, gained, least = values - step, least - reached, reached
        if gained <= _CLOSE * (1 + abs(least)):
            break
    fitted: Floats = values[1:]
    return fitted


def factors(numbers: Floats, slope: Floats, amounts: Floats) -> Floats:
    """Return the factor of each amount; the factors keep their sum.

    Args:
        numbers: of customers, with mean 0 and variance 1, shape `(n, k)`.
        slope: of each number, shape `(k,)`.
        amounts: shape `(n,)`, not below 0.

    >>> factors(np.array([[1.0], [-1.0]]), np.array([np.log(2)]), np.array([1.0, 1.0])).tolist()
    [1.6, 0.4]
    """
    if not slope.any():
        return np.ones(len(numbers))
    raw: Floats = np.exp(np.clip(numbers @ slope, -_LIMIT, _LIMIT))
    moved = float(amounts @ raw)
    return raw * (float(amounts.sum()) / moved) if moved > 0 else np.ones(len(raw))


def deviation(numbers: Floats, expected: Floats, counts: Floats, folds: Ints) -> float:
    """Return the prior standard deviation that forecasts customers of other folds best; 0 for none.

    Args:
        numbers: of customers, with mean 0 and variance 1, shape `(n, k)`.
        expected: mean count of each by the forecast, above 0, shape `(n,)`.
        counts: of each, shape `(n,)`.
        folds: number of the fold of each, shape `(n,)`.
    """
    losses = {0.0: float(expected.sum() - counts @ np.log(expected))}
    for tried in DEVIATIONS:
        loss = 0.0
        for fold in np.unique(folds):
            here = folds == fold
            learnt = slopes(numbers[~here], expected[~here], counts[~here], tried)
            mean = expected[here] * factors(numbers[here], learnt, expected[here])
            loss += float(mean.sum() - counts[here] @ np.log(mean))
        losses[tried] = loss
    return min(losses, key=lambda tried: losses[tried])
