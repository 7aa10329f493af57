"""Season and trend: how actual orders compare with a forecast that ignores the calendar.

The log of actual to expected orders, in steps of four weeks, is a level, a trend and one of
thirteen seasons; season and trend are drawn towards zero by what is usual (a ridge, or normal
priors), and the trend is halved when it is extrapolated. Source: Gardner & McKenzie (1985),
Management Science 31(10), 1237-1246, for damping; Hoerl & Kennard (1970), Technometrics 12(1),
55-67.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEEKS = 4
SEASONS = 13
LEAST_STEPS = 15
"""Steps of four weeks, somewhat over a year, below which season and trend are not estimated."""
_SEASON, _TREND, _LEVEL = 0.2, 0.15, 1.0  # usual size of each in logs, of the trend in a year
_CHANCE = 0.15  # standard deviation (log) of a single step around level, trend and season
_COUNTED = 2.0  # variance of orders over their number
_DAMPED = 0.5


class Effect(Struct, frozen=True, kw_only=True):
    """Logs of the factor of each season `(13,)`, the newest step first, and of a year of trend.

    `middle` is how many years ago the trend crosses its mean.
    """

    season: Floats
    trend: float
    middle: float

    def factor(self, share: Floats) -> float:
        """Return future orders as a multiple of a forecast that ignores the calendar.

        Args:
            share: of the orders of that forecast, in each step of four weeks ahead `(m,)`.

        >>> season = np.zeros(13)
        >>> season[-1] = np.log(1.5)  # thirteen steps back, so it comes round next
        >>> effect = Effect(season=season, trend=0.0, middle=1.0)
        >>> round(effect.factor(np.array([1.0])), 9), round(effect.factor(np.array([0.5, 0.5])), 9)
        (1.5, 1.25)
        """
        step = np.arange(len(share))
        years = self.middle + _DAMPED * (step + 0.5) / SEASONS
        logs = self.season[SEASONS - 1 - step % SEASONS] + self.trend * years
        return float(share @ np.exp(logs) / share.sum())


def fit(actual: Floats, expected: Floats) -> Effect | None:
    """Estimate season and trend from weekly orders, the newest week first `(w,)`.

    Args:
        actual: orders in each week `(w,)`.
        expected: orders in each week by a model that ignores the calendar `(w,)`, of the customers
            acquired until then.

    Returns:
        The effect; None with fewer than 60 weeks.
    """
    steps = len(actual) // WEEKS
    if steps < LEAST_STEPS:
        return None
    seen, model = (
        series[: steps * WEEKS].reshape(steps, WEEKS).sum(axis=1) for series in (actual, expected)
    )
    log = np.log((seen + 1) / (model + 1))
    weight = 1 / (_COUNTED / (np.minimum(seen, model) + 1) + _CHANCE**2)
    years = (np.arange(steps) + 0.5) / SEASONS
    middle = float(np.average(years, weights=model + 1e-9))
    design = np.zeros((steps, 2 + SEASONS))
    design[:, 0] = 1
    design[:, 1] = middle - years
    design[np.arange(steps), 2 + np.arange(steps) % SEASONS] = 1
    usual = np.array([_LEVEL, _TREND, *[_SEASON] * SEASONS])
    normal = design.T @ (design * weight[:, None]) + np.diag(usual**-2)
    solution = np.linalg.solve(normal, design.T @ (weight * log))
    return Effect(
        season=solution[2:] - solution[2:].mean(), trend=float(solution[1]), middle=middle
    )
