"""Calibration of probabilities: intercept and slope of a recalibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

LEAST = 1e-6
"""Chances are kept this far from 0 and 1."""
_STEPS = 50
_ENOUGH = 1e-10
_LONGEST = 5.0


class Line(Struct, frozen=True, kw_only=True):
    """Actual log-odds as a line of predicted log-odds: perfect is 0 + 1 x.

    Attributes:
        intercept: log-odds that came where they were stated as 0.
        slope: below 1 where stated chances were too extreme.
        slope_error: standard error of the slope.
    """

    intercept: float
    slope: float
    slope_error: float


def log_odds(chance: Floats) -> Floats:
    """Return log-odds of chances, of any shape.

    >>> import numpy as np
    >>> log_odds(np.array([0.5, 0.8])).round(4).tolist()
    [0.0, 1.3863]
    """
    import numpy as np

    kept = np.clip(chance, LEAST, 1 - LEAST)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def chances(log_odds_: Floats) -> Floats:
    """Return chances of log-odds, of any shape.

    >>> import numpy as np
    >>> chances(np.array([0.0])).tolist()
    [0.5]
    """
    import numpy as np

    stated: Floats = 1 / (1 + np.exp(-np.clip(log_odds_, -500, 500)))
    return stated


def line(stated: Floats, came: Bools) -> Line | None:
    """Fit a logistic regression of outcomes on stated log-odds, by Newton's method.

    Args:
        stated: log-odds, shape `(n,)`.
        came: whether it came, shape `(n,)`.

    Returns:
        None where all came, none did, all were stated alike, or the two are apart altogether.

    Source: Cox (1958), Biometrika 45, 562-565; Platt (1999), Advances in Large Margin Classifiers.

    Of chances of 20% and 80% that were stated, 40% and 60% came: too extreme by far.

    >>> import numpy as np
    >>> stated = log_odds(np.repeat([0.2, 0.8], 100))
    >>> came = np.r_[np.arange(100) < 40, np.arange(100) < 60]
    >>> fitted = line(stated, came)
    >>> round(fitted.slope, 3), round(abs(fitted.intercept), 3)
    (0.292, 0.0)
    """
    import numpy as np

    if came.all() or not came.any() or np.ptp(stated) < LEAST:
        return None
    middle = float(stated.mean())
    design = np.column_stack([np.ones_like(stated), stated - middle])
    target = came.astype(np.float64)
    share = target.mean()
    beta = np.array([np.log(share / (1 - share)), 0.0])
    for _ in range(_STEPS):
        p = chances(design @ beta)
        curvature = (design * (p * (1 - p))[:, None]).T @ design
        try:
            step = np.linalg.solve(curvature, design.T @ (target - p))
        except np.linalg.LinAlgError:
            return None
        step *= min(1.0, _LONGEST / max(float(np.abs(step).max()), LEAST))
        beta += step
        if float(np.abs(step).max()) < _ENOUGH:
            error = float(np.sqrt(np.linalg.inv(curvature)[1, 1]))
            slope = float(beta[1])
            return Line(intercept=float(beta[0]) - slope * middle, slope=slope, slope_error=error)
    return None
