"""Season and trend: how orders went against what a model without a calendar would expect.

The log of actual to expected orders, in steps of four weeks, is a level, a trend and one of
thirteen seasons; season and trend are drawn towards zero by what is usual (a ridge, or normal
priors), and the trend is halved as it is carried on. Source: Gardner & McKenzie (1985), Management
Science 31(10), 1237-1246, for damping; Hoerl & Kennard (1970), Technometrics 12(1), 55-67.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEEKS = 4
SEASONS = 13
LEAST_STEPS = 15
"""Steps of four weeks, somewhat over a year, without which there is no telling."""
_SEASON, _TREND, _LEVEL = 0.2, 0.15, 1.0  # usual size of each in logs, of the trend in a year
_CHANCE = 0.15  # what a single step may be off for reasons of its own
_COUNTED = 2.0  # variance of orders over their number
_DAMPED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Logs: of each season `(13,)`, that of the newest step first, and of the trend in a year.

    `middle` is how many years back the trend turns from less to more than usual.
    """

    season: Floats
    trend: float
    middle: float

    def factor(self, share: Floats) -> float:
        """Orders ahead over those without a calendar; `share` `(m,)` of them fall into each step.

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
    """Tell season and trend from orders in each week back from today, the newest first `(w,)`.

    Args:
        actual: orders.
        expected: by a model that knows no calendar, of the customers won until then.

    Returns:
        None with less than 60 weeks.
    """
    steps = len(actual) // WEEKS
    if steps < LEAST_STEPS:
        return None
    seen, model = (
        one[: steps * WEEKS].reshape(steps, WEEKS).sum(axis=1) for one in (actual, expected)
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
    found = np.linalg.solve(normal, design.T @ (weight * log))
    return Effect(season=found[2:] - found[2:].mean(), trend=float(found[1]), middle=middle)
