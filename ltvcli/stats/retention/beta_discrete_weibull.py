"""The beta-discrete-Weibull model of leaving at renewals (BdW): sBG with duration dependence.

A customer's chance to leave may fall (shape below 1: they grow loyal) or rise (shape above 1: they
tire) with every renewal, and customers differ as in the shifted-beta-geometric model. The share
active after t renewals is B(alpha, beta + t^shape) / B(alpha, beta); shape 1 is sBG. `churn` and
`spread` are as there; where customers do not differ it is the discrete Weibull model,
(1 - churn)^(t^shape).

Source: Fader, Hardie, Liu, Davin & Steenburgh (2018), "How to Project Customer Retention"
Revisited: The Role of Duration Dependence, Journal of Interactive Marketing 43, 1-16.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import FitFailedError
from ltvcli.stats.numerics.gamma_ratio import digamma_difference, log_gamma_ratio
from ltvcli.stats.numerics.newton import NOT_CONVERGED, maximise
from ltvcli.stats.numerics.once import once
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.renewals import Renewals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NAME = "beta-discrete-Weibull"

_PARAMETERS = 3
_GAIN = 1e-12  # as for sBG
_ALIKE = 1e-15  # a spread below it makes no difference, and is not searched
_SHAPES = 2.0  # the log of shape is sought within this distance of 0: 0.14 to 7.4
_STEP = 1e-4  # between the slopes whose difference is the curvature
MOST_WORK = 4_000_000
"""Evaluations of the likelihood, times renewals, that a fit may take; usual: below 200,000."""


class BetaDiscreteWeibull(Struct, frozen=True, kw_only=True):
    """The model that makes the data most likely; only a fit that converged becomes one.

    `covariance` `(3, 3)` is that of the log-odds of churn, the log of spread and the log of shape.
    In the limit of customers who do not differ spread is 0, alpha and beta are None, and the
    covariance `(2, 2)` is without spread.
    """

    churn: float
    spread: float
    shape: float
    alpha: float | None
    beta: float | None
    covariance: Floats
    log_likelihood: float
    renewals: Renewals


def survival(churn: float, spread: float, shape: float, periods: int) -> Floats:
    """Return the share still active after 0, 1, ... `periods` renewals, `(periods + 1,)`.

    Args:
        churn: share who leave at the first renewal, 0 to 1.
        spread: how far customers differ, 1 / (alpha + beta); 0 where they do not.
        shape: of the duration dependence, above 0.
        periods: number of renewals.

    Half stay once; at shape 2 the second renewal counts as three at shape 1:

    >>> survival(churn=0.5, spread=0.0, shape=2.0, periods=2).tolist()
    [1.0, 0.5, 0.0625]
    """
    import numpy as np

    log_survival, _ = _log_survival(churn, spread, shape, periods)
    share: Floats = np.exp(log_survival)
    return share


@once
def fit(data: Renewals) -> BetaDiscreteWeibull:
    """Fit the churn, spread and shape that make the data most likely.

    Newton's method runs from several starts, the best fit of sBG among them; the best result is
    then compared with customers who do not differ.

    Customers who do not differ and tire of it, leaving by 1 - 0.9, 1 - 0.9^3, then 1 - 0.9^5:

    >>> import numpy as np
    >>> data = Renewals(
    ...     at_risk=np.array([1e4, 9e3, 6561.0]), left=np.array([1e3, 2439.0, 2686.82511])
    ... )
    >>> model = fit(data)
    >>> round(model.churn, 4), model.spread, round(model.shape, 4)
    (0.1, 0.0, 2.0)

    Raises:
        FitFailedError: the data does not determine the model, or the search did not converge
            within MOST_WORK.
    """
    import numpy as np

    sbg.refuse_undetermined(data, NAME, parameters=_PARAMETERS)
    size = float(data.at_risk.sum())
    unit = Renewals(at_risk=data.at_risk / size, left=data.left / size)

    left = MOST_WORK

    def at(x: Floats) -> tuple[float, Floats]:
        nonlocal left
        left -= len(unit.left)
        if left < 0:
            raise FitFailedError(model=NAME, because=NOT_CONVERGED)
        return _log_likelihood(unit, x)

    def height(x: Floats) -> float:
        return at(x)[0]

    def derivatives(x: Floats) -> tuple[Floats, Floats]:
        around = np.eye(len(x)) * _STEP
        bends = [at(x + step)[1] - at(x - step)[1] for step in around]
        curvature = np.array(bends) / (2 * _STEP)
        return at(x)[1], (curvature + curvature.T) / 2

    near = sbg.fit(data)
    churn = float(sbg.logit(near.churn))
    shapes = (-0.7, 0.0, 0.7)
    spreads = {float(np.log(near.spread))} if near.spread else set()
    starts = [[churn, a, b] for a, b in product(sorted(spreads | {-2.0, 0.5}), shapes)]
    alike = [maximise(height, derivatives, np.array([churn, b])) for b in shapes]
    mixed = [maximise(height, derivatives, np.array(start)) for start in starts]
    x, curvature = max(mixed, key=lambda climbed: height(climbed[0]))
    level, level_curvature = max(alike, key=lambda climbed: height(climbed[0]))
    if height(x) <= height(level) + _GAIN:
        x, curvature = level, level_curvature
    if curvature is None or abs(x[-1]) >= _SHAPES:
        raise FitFailedError(model=NAME, because=NOT_CONVERGED)
    odds, spread, shape = _parameters(x)
    return BetaDiscreteWeibull(
        churn=odds,
        spread=spread,
        shape=shape,
        alpha=odds / spread if spread else None,
        beta=(1 - odds) / spread if spread else None,
        covariance=np.asarray(np.linalg.inv(-curvature * size), dtype=np.float64),
        log_likelihood=height(x) * size,
        renewals=data,
    )


def duration_independence(simple: sbg.ShiftedBetaGeometric, full: BetaDiscreteWeibull) -> float:
    """Return the p-value of a shape other than 1.

    This is the likelihood-ratio test of sBG against BdW on the same data, with 1 degree of freedom.
    Below 0.05 there is duration dependence; above it the simpler model is sufficient.

    Source: Wilks (1938), Annals of Mathematical Statistics 9(1), 60-62.
    """
    return math.erfc(math.sqrt(max(full.log_likelihood - simple.log_likelihood, 0.0)))


def _parameters(x: Floats) -> tuple[float, float, float]:
    import numpy as np

    spread = float(np.exp(x[1])) if len(x) == _PARAMETERS else 0.0
    return float(sbg.expit(x[0])), spread, float(np.exp(np.clip(x[-1], -_SHAPES, _SHAPES)))


def _log_likelihood(data: Renewals, x: Floats) -> tuple[float, Floats]:
    """Return the log-likelihood and its slope `(k,)` at x."""
    import numpy as np

    survived, slopes = _log_survival(*_parameters(x), len(data.left))
    kept, changes = np.diff(survived), np.diff(slopes, axis=1)
    # A chance to leave that rounds to 0 is replaced by the smallest usable share.
    left = np.maximum(-np.expm1(kept), 1e-200)
    value = data.left * np.log(left) + (data.at_risk - data.left) * kept
    weight = data.at_risk - data.left / left
    use = slice(None) if len(x) == _PARAMETERS else [0, 2]
    return float(value.sum()), (changes * weight).sum(axis=1)[use]


def _log_survival(churn: float, spread: float, shape: float, periods: int) -> tuple[Floats, Floats]:
    """Return the log of survival `(n + 1,)` and its slopes `(3, n + 1)`.

    The slopes are over the log-odds of churn, the log of spread and the log of shape.
    """
    import numpy as np

    time = np.arange(periods + 1.0)
    worn = time**shape
    growth = worn * np.log(np.maximum(time, 1))  # slope of t^shape in the log of shape, per shape
    if spread < _ALIKE:
        kept = math.log1p(-churn)
        zero = np.zeros_like(worn)
        return worn * kept, np.stack([-churn * worn, zero, shape * growth * kept])
    alpha, beta = churn / spread, (1 - churn) / spread
    both, many = alpha + beta, np.full_like(worn, alpha)
    of_beta, of_both = digamma_difference(beta, worn), digamma_difference(both, worn)
    wear = -digamma_difference(beta + worn, many)  # slope in t^shape
    slopes = np.stack(
        [-churn * beta * of_beta, both * of_both - beta * of_beta, shape * growth * wear]
    )
    # Two equal forms: the first keeps its digits for small t^shape, the second for small alpha.
    log_survival = np.where(
        worn < alpha,
        log_gamma_ratio(beta, worn) - log_gamma_ratio(both, worn),
        log_gamma_ratio(beta, many) - log_gamma_ratio(beta + worn, many),
    )
    return np.minimum.accumulate(log_survival), slopes
