"""Retention past the data: how many of those still there will be there later, and how sure that is.

The 95% interval holds the uncertainty of the fit, not of the model: that nothing changes which made
customers leave. For sBG it is the profile-likelihood interval; for BdW the delta method on
log(-log survival), where survival is closest to normal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltvcli.stats.retention import beta_discrete_weibull as bdw
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.profile_likelihood import interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_Z = 1.959963984540054  # 97.5% quantile of the normal distribution
_STEP = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Of those there after `renewals[0]` renewals, the share there after each; `(m,)` each."""

    renewals: NDArray[np.int64]
    survival: Floats
    low: Floats
    high: Floats


def project(
    fitted: sbg.ShiftedBetaGeometric | bdw.BetaDiscreteWeibull, survived: int, horizon: int
) -> Projection:
    """Project those who made `survived` renewals, 0 for new customers, to `horizon` renewals.

    Of 100 customers 20 leave at the first and 8 of 80 at the second renewal; so of the 72 left 93%
    will make the third:

    >>> import numpy as np
    >>> from ltvcli.stats.retention.renewals import Renewals
    >>> seen = Renewals(at_risk=np.array([100.0, 80.0]), left=np.array([20.0, 8.0]))
    >>> ahead = project(sbg.fit(seen), survived=2, horizon=3)
    >>> ahead.renewals.tolist(), ahead.survival.round(3).tolist()
    ([2, 3], [1.0, 0.933])

    Raises:
        ValueError: `survived` is below 0 or not below `horizon`.

    Source: Fader & Hardie (2007) and others (2018) for the models; Kalbfleisch & Prentice (2002),
    The Statistical Analysis of Failure Time Data, section 1.4, for log(-log survival).
    """
    import numpy as np

    if not 0 <= survived < horizon:
        raise ValueError("a projection runs from 0 or more renewals to a later one")
    if isinstance(fitted, sbg.ShiftedBetaGeometric):
        ahead = sbg.aged(fitted.churn, fitted.spread, survived)
        survival = sbg.survival(*ahead, horizon - survived)
        low, high = interval(
            fitted, lambda p, s: sbg.survival(*sbg.aged(p, s, survived), horizon - survived)
        )
    else:
        survival, low, high = _delta(fitted, survived, horizon)
    renewals = np.arange(survived, horizon + 1)
    return Projection(renewals=renewals, survival=survival, low=low, high=high)


def _delta(
    fitted: bdw.BetaDiscreteWeibull, survived: int, horizon: int
) -> tuple[Floats, Floats, Floats]:
    import numpy as np

    here = bdw.coordinates(fitted)

    def logs(x: Floats) -> Floats:
        """Cumulative hazard of each later renewal, as a log."""
        log_survival = bdw.log_survival_at(x, horizon)[survived:]
        return np.asarray(np.log(np.maximum(log_survival[0] - log_survival[1:], 1e-300)))

    around = np.eye(len(here)) * _STEP
    slopes = np.array([(logs(here + d) - logs(here - d)) / (2 * _STEP) for d in around])
    error = np.sqrt(np.einsum("it,ij,jt->t", slopes, fitted.covariance, slopes))
    centre = logs(here)
    low, middle, high = (
        np.append(1.0, np.exp(-np.exp(np.minimum(centre + side * _Z * error, 700.0))))
        for side in (1, 0, -1)
    )
    return middle, low, high
