"""The 80% interval of every total, from the errors of the backtest.

The log of a total varies by chance (few orders), by the data to which models were fitted (few
orders observed), and by the error of its period: season, trend, campaigns. The backtest shows the
last only for past periods, so it starts from a stated uncertainty: 20% for a year ahead of one year
of data, half of that with two, and more for longer horizons.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.forecasts import credibility
from ltvcli.stats.inference import student_t
from ltvcli.stats.numerics.normal import Z_80

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout

    Floats = NDArray[np.float64]

LEVEL = 0.8
CALENDAR = 0.2
"""Uncertainty about season and trend in the first year: half the width of its 80% interval."""
_WIDEST = 10.0
_PRIOR_ERRORS = 2  # number of errors that the stated uncertainty counts as
_SETTLED = 0.05  # sd (log) of the bias left after correction
_DISPERSION = 2.0  # without a backtest
_MOST_YEARS = 2
_DAYS_PER_YEAR = 365.2425


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """Variances of the log of a total: `shared` by all totals, and terms that depend on its size.

    dispersion: variance of a customer's orders about the forecast, over their mean.
    money: variance of the order value, shared by all totals.
    noise: sum of squared revenue per customer / total revenue, in money.
    stated: standard deviation of the assumed error of season and trend.
    """

    shared: float
    dispersion: float
    money: float
    noise: float
    stated: float
    degrees: int

    def of_orders(self, orders: float) -> float:
        """Return the standard deviation of the log of a number of expected orders."""
        return math.sqrt(self.shared + self.dispersion / max(orders, 0.5))

    def of_value(self, orders: float, revenue: float) -> float:
        """Return the standard deviation of the log of the value of `orders`."""
        counted = self.dispersion / max(orders, 0.5)
        paid = self.noise / revenue if revenue > 0 else 0.0
        return math.sqrt(self.shared + self.money + max(counted, paid))

    def limits(self, value: float, deviation: float) -> tuple[float, float]:
        """Return the 80% interval of a total, at most tenfold either way."""
        log = student_t.quantile((1 + LEVEL) / 2, self.degrees) * deviation
        factor = math.exp(min(log, math.log(_WIDEST)))
        return (value / factor, value * factor) if value >= 0 else (value * factor, value / factor)


def stated_doubt(history_days: int, horizon_days: int) -> float:
    """Return the standard deviation (log) of the assumed error of season and trend.

    A second year of data halves it; further years show no less of what has not happened yet. Beyond
    one year it grows with the root of the horizon, as a trend that changes by chance does.

    One year known, and two years known with two years ahead:

    >>> round(stated_doubt(366, 365), 3), round(stated_doubt(731, 731), 3)
    (0.142, 0.101)
    """
    known = min(max(1, int(history_days / _DAYS_PER_YEAR)), _MOST_YEARS)
    horizon = max(horizon_days / _DAYS_PER_YEAR, 1.0)
    return math.log1p(CALENDAR) / Z_80 * math.sqrt(horizon) / known


def measured_uncertainty(
    holdouts: Sequence[Holdout],
    errors: Floats,
    history_days: int,
    horizon_days: int,
    repeats: float,
) -> Uncertainty:
    """Return the uncertainty of the next forecast, from the errors of the backtest.

    Args:
        holdouts: earlier cut-offs, newest first.
        errors: logs of actual over predicted totals `(k,)`, each predicted without its own error.
        history_days: days in the data.
        horizon_days: days ahead of the forecast.
        repeats: purchases after the first to which the models were fitted.
    """
    stated = stated_doubt(history_days, horizon_days)
    ago = np.array([holdout.ago for holdout in holdouts])
    dispersion = (
        float(np.mean([holdout.dispersion for holdout in holdouts])) if holdouts else _DISPERSION
    )
    dispersion = max(dispersion, 1.0)
    several, beyond = 0.0, 0.0
    if len(errors):
        several = credibility.periods(ago)
        chance = np.array([holdout.chance_of_total for holdout in holdouts])
        beyond = max(float(np.mean(errors**2 - chance)), 0.0)
    period_variance = (_PRIOR_ERRORS * stated**2 + several * beyond) / (_PRIOR_ERRORS + several)
    paid = np.array([holdout.paid_error for holdout in holdouts])
    noisy = [holdout.squares / holdout.spend for holdout in holdouts if holdout.spend > 0]
    return Uncertainty(
        shared=period_variance + dispersion / max(repeats, 1.0) + _SETTLED**2,
        dispersion=dispersion,
        money=float(np.mean(paid**2)) / 2 if len(paid) else _SETTLED**2,
        noise=float(np.mean(noisy)) if noisy else 0.0,
        stated=stated,
        degrees=round(_PRIOR_ERRORS + several),
    )
