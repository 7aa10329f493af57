"""The 80% interval of every total, from the errors of the backtest.

The log of a total varies by chance (few orders), by the data to which models were fitted (few
orders observed), and by the error of its period: season, trend, campaigns. The backtest shows the
last only for past periods, so it starts from a stated uncertainty: 20% for a year ahead of one year
of data, half of that with two, more for longer horizons and while no season has come round. Errors
of cut-offs count in proportion to it: from the day a season is known, less than they were.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.forecasts import calendar_effect, credibility
from ltvcli.stats.inference import student_t
from ltvcli.stats.numerics.normal import Z_80

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout

    Floats = NDArray[np.float64]

LEVEL = 0.8
CALENDAR = 0.2
"""Uncertainty about season and trend from 60 weeks on: half the width of its 80% interval."""
UNSEEN = 0.24
"""Standard deviation (log) of the same while 60 weeks are not known: seasons of 30% up and down."""
_SEASON_KNOWN, _LEAST_KNOWN = calendar_effect.LEAST_STEPS * calendar_effect.WEEKS, 26  # weeks
_WIDEST = 10.0
_PRIOR_ERRORS = 2  # number of errors that the stated uncertainty counts as
_PRIOR_DEGREES = 8  # degrees of freedom it counts as from 60 weeks on, when it is known better
_SETTLED = 0.05  # sd (log) of the bias left after correction
_DISPERSION = 2.0  # without a backtest
_MOST_YEARS = 2
_FADES = 0.4  # power of the weeks known by which doubt about an unseen season fades
_DAYS_PER_YEAR, _DAYS_PER_WEEK = 365.2425, 7


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

    def widened(
        self, repeats: float, concentration: float, overstated: float, shift: float
    ) -> Uncertainty:
        """Return this uncertainty with signs that the record alone does not measure.

        Args:
            repeats: purchases after the first to which the models were fitted.
            concentration: of these in few customers, a sum of squared shares; what exceeds the
                variance of the total that is known already is added.
            overstated: share by which too many orders were forecast at every cut-off; an error
                that all cut-offs share is no error of its period and counts in full.
            shift: log of a change of level, of which fitted models have taken in about three
                quarters. With even chances that it lasts (a quarter is missed) and that it passes
                (three quarters are), the mean square of the error is a third of its square.
        """
        lasting = max(math.log1p(-overstated) ** 2, shift**2 / 3)
        few = max(concentration - self.dispersion / max(repeats, 1.0), 0.0)
        return replace(self, shared=self.shared + few + lasting)

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

    In the first 60 weeks no season has come round: the less is known, the more of the error is
    season. A second year of data halves it; further years show no less of what has not happened
    yet. Beyond one year it grows with the root of the horizon, as a trend that changes by chance.

    Eight months known; two years known, with two years ahead:

    >>> round(stated_doubt(244, 365), 3), round(stated_doubt(731, 731), 3)
    (0.298, 0.101)
    """
    horizon = max(horizon_days / _DAYS_PER_YEAR, 1.0)
    weeks = history_days / _DAYS_PER_WEEK
    if weeks < _SEASON_KNOWN:
        unseen = (_SEASON_KNOWN / max(weeks, _LEAST_KNOWN)) ** _FADES
        return UNSEEN * float(unseen) * math.sqrt(horizon)
    known = min(max(1, int(history_days / _DAYS_PER_YEAR)), _MOST_YEARS)
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
    is_season_known = history_days >= _SEASON_KNOWN * _DAYS_PER_WEEK
    several, beyond = 0.0, 0.0
    if len(errors):
        several = credibility.periods(ago)
        chance = np.array([holdout.chance_of_total for holdout in holdouts])
        left = np.ones(len(errors))
        if is_season_known:
            left = np.array([_doubt_left(holdout, history_days) for holdout in holdouts])
        beyond = max(float(np.mean((errors**2 - chance) * left)), 0.0)
    period_variance = (_PRIOR_ERRORS * stated**2 + several * beyond) / (_PRIOR_ERRORS + several)
    noisy = [holdout.squares / holdout.spend for holdout in holdouts if holdout.spend > 0]
    return Uncertainty(
        shared=period_variance + dispersion / max(repeats, 1.0) + _SETTLED**2,
        dispersion=dispersion,
        money=_order_value_variance(holdouts, several),
        noise=float(np.mean(noisy)) if noisy else 0.0,
        stated=stated,
        degrees=round((_PRIOR_DEGREES if is_season_known else _PRIOR_ERRORS) + several),
    )


def _doubt_left(holdout: Holdout, history_days: int) -> float:
    """Return the prior variance of today over that at an earlier cut-off; at most 1.

    What was missed because a season had not come round is not missed again.
    """
    days = holdout.known.days
    known_then = history_days - round(days * (1 + holdout.ago))
    now, then = (stated_doubt(known, days) for known in (history_days, known_then))
    return min(now / then, 1.0) ** 2


def _order_value_variance(holdouts: Sequence[Holdout], several: float) -> float:
    """Return the variance of the log of the value of an order: past errors beyond chance."""
    if not holdouts:
        return _SETTLED**2
    beyond = np.mean([holdout.paid_error**2 - holdout.paid_chance for holdout in holdouts])
    known = several * max(float(beyond), 0.0)
    return (_PRIOR_ERRORS * _SETTLED**2 + known) / (_PRIOR_ERRORS + several)
