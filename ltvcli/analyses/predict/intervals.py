"""The 80% interval of every total, from the errors of the backtest.

The log of a total varies by chance (few orders), by the data to which models were fitted (few
orders observed), and by the error of its period: season, trend, drift, campaigns. What is stated of
the last falls with the time known and grows with the horizon. Every cut-off then shows how many
times its own stated variance it missed by, beyond chance and fit, so early cut-offs, which knew
less, may miss by more. The mean of these, shrunken towards 1, scales what is stated today.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.stats.forecasts import calendar_effect, credibility
from ltvcli.stats.inference import student_t

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout

    Floats = NDArray[np.float64]

LEVEL = 0.8
UNSEEN = 0.3
"""Standard deviation (log) of the error of season and trend when 60 weeks are known.

Chosen so that 80% intervals hold 75 to 88% of shops whose season moves orders 30% up and down.
"""
_SEASON_KNOWN, _LEAST_KNOWN = calendar_effect.LEAST_STEPS * calendar_effect.WEEKS, 26  # weeks
_FADES_UNSEEN, _FADES = 0.4, 1.4  # powers of the weeks known by which it falls, before and after
_LEAST = 0.05  # below which neither the stated nor the measured one falls
_WIDEST = 10.0
_PRIOR_ERRORS, _PRIOR_DEGREES = 2, 8  # cut-offs and degrees of freedom that it counts as
_UNSEEN_ERRORS, _UNSEEN_DEGREES = 4, 4  # before 60 weeks: cut-offs have not seen a season either
_MOST_DEGREES = 60  # from which Student's t is normal within 1%
_MONEY = 0.08  # assumed sd (log) of the error of the value of an order: that of 25 runs of shops
_DISPERSION = 2.0  # without a backtest
_DAYS_PER_YEAR, _DAYS_PER_WEEK = 365.2425, 7


class Uncertainty(Struct, frozen=True, kw_only=True):
    """Variances of the log of a total: `shared` by all totals, and terms that depend on its size.

    period: the part of `shared` that is estimated from few cut-offs, with `degrees` of freedom.
    dispersion: variance of a customer's orders about the forecast, over their mean.
    money: variance of the order value, shared by all totals.
    noise: sum of squared revenue per customer / total revenue, in money.
    stated: standard deviation of the assumed error of season and trend.
    """

    shared: float
    period: float
    dispersion: float
    money: float
    noise: float
    stated: float
    degrees: float

    @property
    def shared_by_new(self) -> float:
        """Variance shared by totals of new customers: half of the error of the period.

        What a customer orders at each age is seen in past cohorts, in several seasons.
        """
        return self.shared - self.period / 2

    def widened(
        self, repeats: float, orders: float, concentration: float, overstated: float, shift: float
    ) -> Uncertainty:
        """Return this uncertainty with signs that the record alone does not measure.

        Args:
            repeats: purchases after the first to which the models were fitted.
            orders: forecast.
            concentration: of these in few customers, a sum of squared shares; what exceeds the
                variance of the total that is known already, by chance and fit, is added.
            overstated: share by which too many orders were forecast at every cut-off; an error
                that all cut-offs share is no error of its period and counts in full.
            shift: log of a change of level, of which fitted models have taken in about three
                quarters. With even chances that it lasts (a quarter is missed) and that it passes
                (three quarters are), the mean square of the error is a third of its square.
        """
        lasting = max(math.log1p(-overstated) ** 2, shift**2 / 3)
        known = self.dispersion * (1 / max(repeats, 1.0) + 1 / max(orders, 0.5))
        few = max(concentration - known, 0.0)
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
        log = student_t.quantile((1 + LEVEL) / 2, self.degrees_of(deviation)) * deviation
        factor = math.exp(min(log, math.log(_WIDEST)))
        return (value / factor, value * factor) if value >= 0 else (value * factor, value / factor)

    def degrees_of(self, deviation: float) -> int:
        """Return the degrees of freedom of a total, the log of which has this standard deviation.

        Only the error of the period is estimated from few cut-offs; chance is known.
        Source: Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114.
        """
        times = max(deviation**2 / self.period, 1.0) if self.period else 1.0
        return round(min(self.degrees * times**2, _MOST_DEGREES))


def stated_doubt(history_days: int, horizon_days: int) -> float:
    """Return the standard deviation (log) of the assumed error of season and trend.

    In the first 60 weeks no season has come round; afterwards its estimate improves with every
    month, until only what has not happened yet is left. Beyond one year it grows with the horizon,
    as a trend that changes by chance.

    Eight months known; two years known, with two years ahead; ten years:

    >>> round(stated_doubt(244, 365), 3), round(stated_doubt(731, 731), 3)
    (0.373, 0.276)
    >>> stated_doubt(3653, 365)
    0.05
    """
    horizon = max(horizon_days / _DAYS_PER_YEAR, 1.0)
    weeks = max(history_days / _DAYS_PER_WEEK, _LEAST_KNOWN)
    fades = _FADES_UNSEEN if weeks < _SEASON_KNOWN else _FADES
    return max(UNSEEN * float((_SEASON_KNOWN / weeks) ** fades), _LEAST) * horizon


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
    dispersion = (
        float(np.mean([holdout.dispersion for holdout in holdouts])) if holdouts else _DISPERSION
    )
    dispersion = max(dispersion, 1.0)
    is_season_known = history_days >= _SEASON_KNOWN * _DAYS_PER_WEEK
    prior, degrees = (
        (_PRIOR_ERRORS, _PRIOR_DEGREES) if is_season_known else (_UNSEEN_ERRORS, _UNSEEN_DEGREES)
    )
    ago = np.array([holdout.ago for holdout in holdouts])
    several = credibility.periods(ago) if holdouts else 0.0
    times = _times_stated(holdouts, errors, history_days, is_season_known=is_season_known)
    period = max(stated**2 * (prior + several * times) / (prior + several), _LEAST**2)
    noisy = [holdout.squares / holdout.spend for holdout in holdouts if holdout.spend > 0]
    return Uncertainty(
        shared=period + dispersion / max(repeats, 1.0),
        period=period,
        dispersion=dispersion,
        money=_order_value_variance(holdouts, several),
        noise=float(np.mean(noisy)) if noisy else 0.0,
        stated=stated,
        degrees=degrees + several,
    )


def _times_stated(
    holdouts: Sequence[Holdout], errors: Floats, history_days: int, *, is_season_known: bool
) -> float:
    """Return the mean squared error of cut-offs over their stated variance; 0 within chance.

    What was missed because a season had not come round is not missed again. While none has, all
    cut-offs are alike: their errors count as they are.
    """
    times: list[float] = []
    for holdout, error in zip(holdouts, errors, strict=True):
        days = holdout.known.days
        known = history_days - round(days * (1 + holdout.ago)) if is_season_known else history_days
        beyond = error**2 - holdout.chance_of_total - holdout.chance_of_fit
        times.append(beyond / stated_doubt(known, days) ** 2)
    return max(float(np.mean(times)), 0.0) if times else 0.0


def _order_value_variance(holdouts: Sequence[Holdout], several: float) -> float:
    """Return the variance of the log of the value of an order: past errors beyond chance."""
    if not holdouts:
        return _MONEY**2
    beyond = np.mean([holdout.paid_error**2 - holdout.paid_chance for holdout in holdouts])
    known = several * max(float(beyond), 0.0)
    return (_PRIOR_ERRORS * _MONEY**2 + known) / (_PRIOR_ERRORS + several)
