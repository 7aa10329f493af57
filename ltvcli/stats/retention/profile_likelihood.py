"""95% intervals of figures that follow from a fitted shifted-beta-geometric model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ltvcli.stats.numerics.bisection import last_true
from ltvcli.stats.numerics.newton import WIDEST
from ltvcli.stats.numerics.once import once
from ltvcli.stats.retention.shifted_beta_geometric import (
    ShiftedBetaGeometric,
    best_churn,
    expit,
    log_likelihood,
    logit,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DROP = 1.920729410347062  # half the 95% quantile of chi-squared with 1 degree of freedom
_POINTS = 200


def interval(
    fitted: ShiftedBetaGeometric, quantity: Callable[[Floats, Floats], Floats]
) -> tuple[Floats, Floats]:
    """Return low and high of the 95% profile-likelihood interval of a function of the model.

    Low and high are the extremes of `quantity` over every churn and spread whose log-likelihood is
    within 1.92 of the best. No symmetry is assumed, constant churn is no special case, and the
    interval is as wide as the data leaves open.

    Args:
        fitted: the model and its data. Customers must be counts: sums of money do not show how much
            data there is.
        quantity: function of churn and spread `(m,)` that returns `(m, ...)`. At any given spread
            it must be monotone in churn, as survival and lifetimes are.

    Twenty of a hundred leave at the first renewal; from the second only 5 of 80 leave:

    >>> import numpy as np
    >>> from ltvcli.stats.retention.renewals import Renewals
    >>> from ltvcli.stats.retention.shifted_beta_geometric import fit
    >>> model = fit(Renewals(at_risk=np.array([100.0, 80.0]), left=np.array([20.0, 5.0])))
    >>> low, high = interval(model, lambda churn, spread: churn)
    >>> round(float(low), 2), round(float(high), 2)
    (0.13, 0.29)

    Source: Venzon & Moolgavkar (1988), A Method for Computing Profile-Likelihood-Based Confidence
    Intervals, Applied Statistics 37(1), 87-94.
    """
    import numpy as np

    churn, spread = _region(fitted)
    values = quantity(np.append(churn, fitted.churn), np.append(spread, fitted.spread))
    return values.min(axis=0), values.max(axis=0)


@once  # each of the many figures of a model has an interval
def _region(fitted: ShiftedBetaGeometric) -> tuple[Floats, Floats]:
    """Return points around the edge of the 95% region of churn and spread, `(m,)` each."""
    import numpy as np

    data = fitted.renewals
    lowest = fitted.log_likelihood - _DROP

    def allowed(log_spread: Floats) -> NDArray[np.bool_]:
        spread = np.exp(log_spread)
        return log_likelihood(data, best_churn(data, spread), spread) >= lowest

    start = np.full(2, np.log(fitted.spread) if fitted.spread else -WIDEST)
    least, most = last_true(allowed, start, np.array([-WIDEST, WIDEST]))
    spread = np.linspace(least, most, _POINTS)
    # Even steps in the spread as well as its log: most of the change may be near its high end.
    spread = np.concatenate([np.exp(spread), np.linspace(np.exp(least), np.exp(most), _POINTS)])
    best = best_churn(data, spread)
    peak = logit(best)

    def near(log_odds: Floats) -> NDArray[np.bool_]:
        return log_likelihood(data, expit(log_odds), spread) >= lowest

    widest = np.full_like(spread, WIDEST)
    edges = [last_true(near, peak, outer) for outer in (-widest, widest)]
    return expit(np.concatenate(edges)), np.concatenate([spread, spread])
