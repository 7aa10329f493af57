"""Rows of the tables `backtest` and `deciles` of `ltv predict`, as in results/prediction."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict import ensemble
from ltvcli.analyses.predict.backtest import tested
from ltvcli.analyses.predict.forecasts import PLAIN
from ltvcli.analyses.predict.intervals import Uncertainty, measured_uncertainty
from ltvcli.analyses.predict.selection import AUTO
from ltvcli.stats.forecasts import forecast_score
from ltvcli.stats.numerics.normal import Z_80
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout
    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.selection import Choice
    from ltvcli.results import Row

    Floats = NDArray[np.float64]


def backtest(
    holdouts: Sequence[Holdout], choice: Choice, history_days: int, repeats: float
) -> Iterator[Row]:
    """Return every forecast at each cut-off, with its score.

    The chosen ensemble, and its intervals, are learnt from all other cut-offs; a single model is
    scored as it was fitted.

    Args:
        holdouts: cut-offs, newest first.
        choice: the selected forecast.
        history_days: days in the data.
        repeats: purchases after the first in the data.
    """
    for place, holdout in enumerate(holdouts):
        forecast, uncertainty = _replayed(holdouts, choice, place, history_days, repeats)
        named = {AUTO: forecast} if choice.name == AUTO else {}
        named |= {name: holdout.outlook.orders[name] for name in holdout.outlook.fits}
        named |= {
            name: holdout.outlook.orders[name] for name in PLAIN if name in holdout.outlook.orders
        }
        for name, orders in named.items():
            chosen = name == choice.name
            low, high = _limits(holdout, orders, uncertainty) if chosen else (None, None)
            result = holdout.tested.get(name) or tested(holdout.known, orders, orders)
            score = result.score
            yield {
                "cutoff": holdout.outlook.day.isoformat(),
                "horizon": holdout.known.days / DAYS_PER_MONTH,
                "model": name,
                "customers": int(holdout.known.customers.sum()),
                "actual": score.actual,
                "predicted": score.predicted,
                "predicted_low": low,
                "predicted_high": high,
                "actual_value": holdout.spend,
                "predicted_value": (revenue := _revenue(holdout, orders)),
                "orders_bias": score.bias,
                "value_bias": revenue / holdout.spend - 1 if holdout.spend > 0 else None,
                "rmse": score.rmse,
                "mae": score.mae,
                "spearman": score.spearman,
                "gini": score.gini,
                "coverage80": _coverage(result.deciles, uncertainty if chosen else None),
                "chosen": chosen,
            }


def deciles(
    holdouts: Sequence[Holdout],
    choice: Choice,
    outlook: Outlook,
    orders: Floats,
    history_days: int,
) -> Iterator[Row]:
    """Return deciles of the customers: their forecast, and that of the newest cut-off with actuals.

    Args:
        holdouts: cut-offs, newest first.
        choice: the selected forecast.
        outlook: forecasts of today.
        orders: the selected forecast of today `(c,)`.
        history_days: days in the data.
    """
    weight = outlook.cells.weight
    none = np.zeros(len(weight))
    repeats = dot(weight, outlook.cells.frequency)
    of_newest: list[Row] = []
    if holdouts:
        forecast, uncertainty = _replayed(holdouts, choice, 0, history_days, repeats)
        for decile_sums in tested(holdouts[0].known, forecast, forecast).deciles:
            low, high = uncertainty.limits(
                decile_sums.predicted, uncertainty.of_orders(decile_sums.predicted)
            )
            of_newest.append(
                {
                    "predicted": decile_sums.predicted,
                    "predicted_low": low,
                    "predicted_high": high,
                    "actual": decile_sums.actual,
                }
            )
    for place, tenth in enumerate(forecast_score.tenths(orders, none, weight, none)):
        yield {
            "decile": place + 1,
            "customers": tenth.customers,
            "orders": tenth.predicted,
            **(of_newest[place] if of_newest else {}),
        }


def _replayed(
    holdouts: Sequence[Holdout], choice: Choice, place: int, history_days: int, repeats: float
) -> tuple[Floats, Uncertainty]:
    """Return the chosen forecast at a cut-off and its uncertainty, from all other cut-offs."""
    holdout = holdouts[place]
    rest = [earlier for at, earlier in enumerate(holdouts) if at != place]
    errors = np.delete(choice.errors, place)
    kept = (
        history_days - (holdouts[0].outlook.day - holdout.outlook.day).days - holdouts[0].known.days
    )
    seen = dot(holdout.outlook.cells.weight, holdout.outlook.cells.frequency)
    return (
        ensemble.orders(choice.replayed[place], holdout.outlook),
        measured_uncertainty(rest, errors, kept, holdout.known.days, min(seen, repeats)),
    )


def _limits(holdout: Holdout, orders: Floats, uncertainty: Uncertainty) -> tuple[float, float]:
    total = dot(holdout.outlook.cells.weight, orders)
    return uncertainty.limits(total, uncertainty.of_orders(total))


def _revenue(holdout: Holdout, orders: Floats) -> float:
    """Return the predicted revenue of a forecast."""
    outlook = holdout.outlook
    return dot(outlook.cells.weight * orders, outlook.paid) * outlook.lift


def _coverage(deciles: Sequence[forecast_score.Tenth], uncertainty: Uncertainty | None) -> float:
    """Return the share of deciles whose orders lie in their 80% interval.

    The interval of the chosen forecast is widened by its backtest; that of a single model is its
    own, and that of a naive forecast is Poisson.
    """
    held = 0
    for tenth in deciles:
        if uncertainty:
            low, high = uncertainty.limits(tenth.predicted, uncertainty.of_orders(tenth.predicted))
        else:
            width = Z_80 * math.sqrt(tenth.variance)
            low, high = tenth.predicted - width, tenth.predicted + width
        held += low <= tenth.actual <= high
    return held / len(deciles)
