"""A change of level: recent orders that a model, season and trend together do not explain.

In steps of four weeks, the log of actual to expected orders is a level, a trend, a season (from 60
weeks on) and a step at an unknown time within the newest half of the data, a year at most. Of all
times the one with the largest t statistic is chosen, so a limit of about 3 is needed where 2 would
be for a known time. Source: Andrews (1993), Tests for Parameter Instability and Structural Change
with Unknown Change Point, Econometrica 61(4), 821-856.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.stats.forecasts.calendar_effect import LEAST_STEPS, SEASONS, WEEKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SURE = 3.25
"""t statistic beyond which a change is not chance: under 5% of steady shops reach it."""
LEAST_CHANGE = math.log(1.25)
_TREND, _SEASON = 0.15, 0.2  # usual size in logs, of the trend in a year
_SPREAD, _COUNTED = 0.05, 1.5  # sd of a step beyond counts; variance of orders over their number
_LEAST_AFTER, _LEAST_BEFORE, _LEAST_ORDERS = 2, 5, 5  # steps after, before; orders in a step


class LevelShift(Struct, frozen=True, kw_only=True):
    """A change of level.

    weeks: since when. change: log of the level after over that before. t: its t statistic.
    """

    weeks: int
    change: float
    t: float


def find(actual: Floats, expected: Floats) -> LevelShift | None:
    """Find the clearest change of level, if it is beyond chance and over 25%.

    Args:
        actual: orders in each week, the newest first `(w,)`.
        expected: orders in each week by a model that ignores the calendar `(w,)`.

    >>> steady = np.full(80, 20.0)
    >>> find(steady, steady) is None
    True
    >>> half = find(np.where(np.arange(80) < 16, 10.0, 20.0), steady)
    >>> half.weeks, round(math.exp(half.change), 2)
    (16, 0.5)
    """
    steps = len(actual) // WEEKS
    if steps < _LEAST_AFTER + _LEAST_BEFORE:
        return None
    seen, model = (
        series[: steps * WEEKS].reshape(steps, WEEKS).sum(axis=1) for series in (actual, expected)
    )
    log = np.log((seen + 0.5) / (model + 0.5))
    counted = np.maximum(np.minimum(seen, model), 1.0)
    weight = np.where(model >= _LEAST_ORDERS, 1 / (_COUNTED / counted + _SPREAD**2), 0.0)
    usual, prior = _without_step(steps, weight)
    shifts: list[LevelShift] = []
    for after in range(_LEAST_AFTER, min(steps // 2, SEASONS) + 1):
        if (weight[after:] > 0).sum() < _LEAST_BEFORE or not weight[:after].all():
            continue
        step = (np.arange(steps) < after).astype(np.float64)
        change, error = _fitted(np.column_stack([usual, step]), np.append(prior, 0), weight, log)
        shifts.append(LevelShift(weeks=after * WEEKS, change=change, t=change / error))
    clearest = max(shifts, key=lambda shift: abs(shift.t), default=None)
    if clearest is None or abs(clearest.t) < SURE or abs(clearest.change) < LEAST_CHANGE:
        return None
    return clearest


def _without_step(steps: int, weight: Floats) -> tuple[Floats, Floats]:
    """Return level, trend and season of each step `(s, c)`, and the precision of their priors."""
    years = (np.arange(steps) + 0.5) / SEASONS
    columns = [np.ones(steps), years - np.average(years, weights=weight + 1e-12)]
    prior = [0.0, _TREND**-2]
    if steps >= LEAST_STEPS:
        season = np.arange(steps) % SEASONS
        columns += [(season == place).astype(np.float64) for place in range(SEASONS)]
        prior += [_SEASON**-2] * SEASONS
    return np.column_stack(columns), np.array(prior)


def _fitted(design: Floats, prior: Floats, weight: Floats, log: Floats) -> tuple[float, float]:
    """Return the last coefficient of a weighted ridge regression, and its standard error."""
    information = design.T @ (design * weight[:, None])
    inverse = np.linalg.inv(information + np.diag(prior))
    solution = inverse @ (design.T @ (weight * log))
    left = log - design @ solution
    used = float((weight > 0).sum()) - float(np.trace(inverse @ information))
    spread = max(float(weight @ left**2) / max(used, 2.0), 1.0)
    return float(solution[-1]), math.sqrt(spread * float(inverse[-1, -1]))
