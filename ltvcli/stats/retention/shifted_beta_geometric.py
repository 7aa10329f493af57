"""The shifted-beta-geometric model of leaving at renewals (sBG).

Every customer leaves at each renewal with a chance that never changes; these chances are
Beta(alpha, beta) over customers. Those who leave easily leave early, so retention rises with age
although nobody becomes more loyal.

Besides alpha and beta, the model is written here in terms of

    churn   alpha / (alpha + beta)   leavers at the first renewal, 0 to 1
    spread  1 / (alpha + beta)       how far customers differ; 0 is one churn for all

because these stay finite where customers do not differ (alpha and beta then have no bound). Leavers
at renewal t are churn / (1 + spread (t - 1)), and after n renewals the model has the same form with
churn / (1 + spread n) and spread / (1 + spread n).

Source: Fader & Hardie (2007), How to Project Customer Retention, Journal of Interactive Marketing
21(1), 76-90.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import FitFailedError
from ltvcli.language import N_
from ltvcli.stats.numerics.bisection import last_true
from ltvcli.stats.numerics.newton import NOT_CONVERGED, WIDEST, maximise
from ltvcli.stats.numerics.once import once
from ltvcli.stats.retention.renewals import Renewals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

NAME = "shifted-beta-geometric"
_GAIN = 1e-12  # log-likelihood per customer and renewal above constant churn that counts as more


class ShiftedBetaGeometric(Struct, frozen=True, kw_only=True, eq=False):
    """The model that makes the data most likely; only a fit that converged becomes one.

    Where the data shows no difference between customers (retention does not rise with age) the
    best fit is the limit of a constant churn: spread is 0, alpha, beta and covariance are None.
    `covariance` `(2, 2)` is that of log alpha and log beta.
    """

    churn: float
    spread: float
    alpha: float | None
    beta: float | None
    covariance: Floats | None
    log_likelihood: float
    renewals: Renewals


def survival(churn: ArrayLike, spread: ArrayLike, periods: int) -> Floats:
    """Return the share still active after 0, 1, ... `periods` renewals.

    Args:
        churn: share who leave at the first renewal, 0 to 1, any shape.
        spread: how far customers differ, 1 / (alpha + beta), any shape.
        periods: number of renewals.

    Returns:
        Shares of the shape of churn and spread + (periods + 1,).

    Half leave at the first renewal and, at a spread of 1, a quarter at the second:

    >>> survival(churn=0.5, spread=1.0, periods=2).tolist()
    [1.0, 0.5, 0.375]
    """
    import numpy as np

    renewal = np.arange(periods)
    kept = 1 - np.asarray(churn)[..., None] / (1 + np.asarray(spread)[..., None] * renewal)
    return np.concatenate([np.ones((*kept.shape[:-1], 1)), kept.cumprod(axis=-1)], axis=-1)


def posterior_after(churn: ArrayLike, spread: ArrayLike, renewals: int) -> tuple[Floats, Floats]:
    """Return the churn and spread of customers who are still active after `renewals`.

    Args:
        churn: of new customers, any shape.
        spread: of new customers, any shape.
        renewals: number of renewals made.

    Of the survivors above a quarter leave next:

    >>> [float(value) for value in posterior_after(churn=0.5, spread=1.0, renewals=1)]
    [0.25, 0.5]
    """
    import numpy as np

    scale = 1 + np.asarray(spread) * renewals
    return np.asarray(churn) / scale, np.asarray(spread) / scale


def log_likelihood(data: Renewals, churn: ArrayLike, spread: ArrayLike) -> Floats:
    """Return the log-likelihood of churn and spread, elementwise.

    Args:
        data: customers at each renewal.
        churn: share who leave at the first renewal, strictly between 0 and 1, any shape.
        spread: how far customers differ, any shape.

    One of two customers leaves at the first renewal, the other is active after it:

    >>> import numpy as np
    >>> data = Renewals(at_risk=np.array([2.0]), left=np.array([1.0]))
    >>> float(np.exp(log_likelihood(data, churn=0.5, spread=1.0)))
    0.25
    """
    import numpy as np

    hazard = np.asarray(churn)[..., None] / (
        1 + np.asarray(spread)[..., None] * np.arange(len(data.left))
    )
    stayed = data.at_risk - data.left
    total: Floats = (data.left * np.log(hazard) + stayed * np.log1p(-hazard)).sum(axis=-1)
    return total


@once
def fit(data: Renewals) -> ShiftedBetaGeometric:
    """Fit the churn and spread that make the data most likely.

    At a given spread the log-likelihood has one peak over churn, so all spreads are searched, from
    0 to one so large that customers leave only at the first renewal, and the best is refined by
    Newton's method. The result is then compared with constant churn.

    Of 8 customers the first two renewals lose 4 and then 1, as in `survival`:

    >>> import numpy as np
    >>> model = fit(Renewals(at_risk=np.array([8.0, 4.0]), left=np.array([4.0, 1.0])))
    >>> round(model.churn, 6), round(model.alpha, 6), round(model.beta, 6)
    (0.5, 0.5, 0.5)

    Raises:
        FitFailedError: the data does not determine the model, or the search did not converge.
    """
    import numpy as np

    refuse_undetermined(data, NAME, parameters=2)
    size = data.at_risk.sum()
    unit = Renewals(at_risk=data.at_risk / size, left=data.left / size)

    constant = float(unit.left.sum())
    flat = float(log_likelihood(unit, constant, 0.0))
    spreads = np.exp(np.linspace(-WIDEST, WIDEST, 121))
    churns = best_churn(unit, spreads)
    best = int(log_likelihood(unit, churns, spreads).argmax())
    optimum, curvature = maximise(
        lambda x: float(log_likelihood(unit, expit(x[0]), np.exp(x[1]))),
        lambda x: _derivatives(unit, float(expit(x[0])), float(np.exp(x[1]))),
        np.array([logit(churns[best]), np.log(spreads[best])]),
    )
    churn, spread = float(expit(optimum[0])), float(np.exp(optimum[1]))
    peak = float(log_likelihood(unit, churn, spread))
    if peak <= flat + _GAIN:
        return ShiftedBetaGeometric(
            churn=constant,
            spread=0.0,
            alpha=None,
            beta=None,
            covariance=None,
            log_likelihood=flat * size,
            renewals=data,
        )
    if curvature is None:
        raise FitFailedError(model=NAME, because=NOT_CONVERGED)
    # From log-odds of churn and log of spread to log alpha and log beta.
    jacobian = np.array([[1 - churn, -1.0], [-churn, -1.0]])
    return ShiftedBetaGeometric(
        churn=churn,
        spread=spread,
        alpha=churn / spread,
        beta=(1 - churn) / spread,
        covariance=jacobian @ np.linalg.inv(-curvature * size) @ jacobian.T,
        log_likelihood=peak * size,
        renewals=data,
    )


def refuse_undetermined(data: Renewals, model: str, parameters: int) -> None:
    """Refuse data whose best fit lies at an extreme of churn or spread.

    Args:
        data: customers at each renewal.
        model: its name, for the error.
        parameters: of the model, each of which needs a renewal.

    Raises:
        FitFailedError: with the reason.
    """
    stayed = data.at_risk - data.left
    reasons = (
        (not data.left.sum() > 0, N_("no customer churned")),
        (not stayed.sum() > 0, N_("all customers churned at the first observed renewal")),
        ((data.at_risk > 0).sum() < parameters, N_("customers were observed at too few renewals")),
        (not data.left[1:].sum() > 0, N_("no customer churned after the first renewal")),
    )
    for applies, because in reasons:
        if applies:
            raise FitFailedError(model=model, because=because)


def best_churn(data: Renewals, spread: Floats) -> Floats:
    """Return the churn of the highest likelihood at each spread `(n,)`, where its slope is 0.

    Without spread it is leavers over customers at risk:

    >>> import numpy as np
    >>> data = Renewals(at_risk=np.array([8.0, 4.0]), left=np.array([2.0, 1.0]))
    >>> best_churn(data, np.zeros(1)).round(6).tolist()
    [0.25]
    """
    import numpy as np

    stayed = data.at_risk - data.left
    worn = spread[:, None] * np.arange(len(data.left))

    def rising(log_odds: Floats) -> NDArray[np.bool_]:
        churn = expit(log_odds)
        slope = data.left.sum() - churn * (stayed / (1 - churn[:, None] + worn)).sum(axis=-1)
        return np.asarray(slope > 0)

    widest = np.full_like(spread, WIDEST)
    return expit(last_true(rising, -widest, widest))


def expit(log_odds: Floats) -> Floats:
    """Turn log-odds into a probability.

    >>> import numpy as np
    >>> float(expit(np.zeros(())))
    0.5
    """
    import numpy as np

    probability: Floats = 1 / (1 + np.exp(-log_odds))
    return probability


def logit(probability: ArrayLike) -> Floats:
    """Turn a probability into log-odds.

    >>> float(logit(0.5))
    0.0
    """
    import numpy as np

    chance = np.asarray(probability, dtype=np.float64)
    return np.asarray(np.log(chance / (1 - chance)))


def _derivatives(data: Renewals, churn: float, spread: float) -> tuple[Floats, Floats]:
    """Return slope `(2,)` and curvature `(2, 2)` over log-odds of churn and log of spread."""
    import numpy as np

    renewal = np.arange(len(data.left))
    stayed, kept, worn = (
        data.at_risk - data.left,
        1 - churn + spread * renewal,
        1 + spread * renewal,
    )
    by_churn = data.left.sum() / churn - (stayed / kept).sum()
    by_spread = (renewal * (stayed / kept - data.at_risk / worn)).sum()
    cross = (stayed * renewal / kept**2).sum()
    of_churn = -data.left.sum() / churn**2 - (stayed / kept**2).sum()
    of_spread = (renewal**2 * (data.at_risk / worn**2 - stayed / kept**2)).sum()
    scale = np.array([churn * (1 - churn), spread])
    slope = scale * np.array([by_churn, by_spread])
    curvature = np.outer(scale, scale) * np.array([[of_churn, cross], [cross, of_spread]])
    return slope, curvature + np.diag(slope * [1 - 2 * churn, 1.0])
