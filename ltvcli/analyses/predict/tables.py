"""Rows of the tables of `ltv predict`, as documented in results/prediction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict import ensemble
from ltvcli.analyses.predict.forecasts import PLAIN
from ltvcli.analyses.predict.intervals import Uncertainty, measured_uncertainty
from ltvcli.analyses.predict.new_customers import ALL
from ltvcli.analyses.predict.selection import AUTO
from ltvcli.stats.forecasts import forecast_score
from ltvcli.stats.numerics.normal import Z_80
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout
    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.new_customers import Newcomer
    from ltvcli.analyses.predict.selection import Choice
    from ltvcli.facts.purchases import ForecastSums
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
            score = holdout.score(orders)
            paid = math.exp(choice.replayed[place].paid) if chosen else 1.0
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
                "predicted_value": (revenue := _revenue(holdout, orders) * paid),
                "orders_bias": score.bias,
                "value_bias": revenue / holdout.spend - 1 if holdout.spend > 0 else None,
                "rmse": score.rmse,
                "mae": score.mae,
                "spearman": score.spearman,
                "gini": score.gini,
                "coverage80": _coverage(holdout, name, orders, uncertainty if chosen else None),
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
    tested: list[Row] = []
    if holdouts:
        forecast, uncertainty = _replayed(holdouts, choice, 0, history_days, repeats)
        for decile_sums in holdouts[0].tenths(forecast, forecast):
            low, high = uncertainty.limits(
                decile_sums.predicted, uncertainty.of_orders(decile_sums.predicted)
            )
            tested.append(
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
            **(tested[place] if tested else {}),
        }


def totals(
    sums: ForecastSums, uncertainty: Uncertainty, margin: float, discount_factor: float
) -> tuple[Row, ...]:
    """Return past and future separately.

    Args:
        sums: of all customers.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    nobody = np.zeros(len(sums.customers), dtype=np.int64)
    (both,) = _groups(sums, [""], nobody, "part", uncertainty, margin, discount_factor)
    future = ("orders", "orders_low", "orders_high", "value", "value_low", "value_high")
    return (
        {"part": "past", "orders": both["past_orders"], "value": both["past_value"]},
        {"part": "future", **{key: both[key] for key in future}},
    )


def segments(
    sums: ForecastSums,
    names: Sequence[str],
    uncertainty: Uncertainty,
    margin: float,
    discount_factor: float,
) -> Iterator[Row]:
    """Return past and future by segment, if there are several.

    Args:
        sums: of all customers.
        names: of the segments, by code.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    if len(names) > 1:
        yield from _groups(
            sums, names, sums.segment, "segment", uncertainty, margin, discount_factor
        )


def cohorts(
    sums: ForecastSums, uncertainty: Uncertainty, margin: float, discount_factor: float
) -> Iterator[Row]:
    """Return past and future by month of the first order.

    Args:
        sums: of all customers.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    months, which = np.unique(sums.cohort, return_inverse=True)
    names = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months.tolist()]
    yield from _groups(sums, names, which, "cohort", uncertainty, margin, discount_factor)


def _groups(
    sums: ForecastSums,
    keys: Sequence[str],
    which: NDArray[np.int64],
    name: str,
    uncertainty: Uncertainty,
    margin: float,
    discount_factor: float,
) -> Iterator[Row]:
    """Return past and future of each group `which` `(n,)`, in the order of `keys`."""
    for code, key in enumerate(keys):
        where = which == code
        customers = int(sums.customers[where].sum())
        if not customers:
            continue
        orders, value = float(sums.orders[where].sum()), float(sums.value[where].sum())
        revenue = value / (margin * discount_factor) if margin * discount_factor else 0.0
        low, high = uncertainty.limits(orders, uncertainty.of_orders(orders))
        least, most = uncertainty.limits(value, uncertainty.of_value(orders, revenue))
        past = float(sums.past_spend[where].sum()) * margin
        yield {
            name: key,
            "customers": customers,
            "past_orders": int(sums.past_orders[where].sum()),
            "past_value": past,
            "orders": orders,
            "orders_low": low,
            "orders_high": high,
            "value": value,
            "value_low": least,
            "value_high": most,
            "pltv": (past + value) / customers,
            "pltv_low": (past + least) / customers,
            "pltv_high": (past + most) / customers,
        }


def new(
    newcomers: Iterable[Newcomer],
    names: Sequence[str],
    uncertainty: Uncertainty,
    margin: float,
    discount_factor: float,
) -> Iterator[Row]:
    """Return the value of new customers up to the horizon, the first order included.

    Args:
        newcomers: new customers of each kind.
        names: of the segments, by code.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    for newcomer in newcomers:
        first, later = newcomer.first * margin, newcomer.later * margin * discount_factor
        least, most = uncertainty.limits(newcomer.first, math.sqrt(uncertainty.money))
        low, high = uncertainty.limits(later, newcomer.deviation)
        yield {
            "segment": None if newcomer.segment == ALL else names[newcomer.segment],
            "size": None if newcomer.size == ALL else newcomer.size + 1,
            "up_to": newcomer.up_to,
            "customers": newcomer.customers,
            "first_order": newcomer.first,
            "first_order_low": least,
            "first_order_high": most,
            "orders": 1 + newcomer.repeats,
            "value": first + later,
            "value_low": first + later - math.hypot(first - least * margin, later - low),
            "value_high": first + later + math.hypot(most * margin - first, high - later),
        }


def models(outlook: Outlook) -> Iterator[Row]:
    """Return the parameters of the models fitted to all data."""
    for name, model in outlook.fits.items():
        for key, value in model.optimum.parameters.items():
            yield {
                "model": name,
                "fitted": model.name,
                "parameter": key,
                "value": value,
                "standard_error": model.optimum.standard_errors.get(key),
                "log_likelihood": model.optimum.log_likelihood,
            }


def _replayed(
    holdouts: Sequence[Holdout], choice: Choice, place: int, history_days: int, repeats: float
) -> tuple[Floats, Uncertainty]:
    """Return the chosen forecast at a cut-off and its uncertainty, from all other cut-offs."""
    holdout = holdouts[place]
    rest = [tested for at, tested in enumerate(holdouts) if at != place]
    errors = np.delete(choice.errors, place)
    kept = (
        history_days - (holdouts[0].outlook.day - holdout.outlook.day).days - holdouts[0].known.days
    )
    seen = dot(holdout.outlook.cells.weight, holdout.outlook.cells.frequency)
    return (
        ensemble.orders(choice.replayed[place], holdout.outlook),
        measured_uncertainty(rest, errors, kept, min(seen, repeats)),
    )


def _limits(holdout: Holdout, orders: Floats, uncertainty: Uncertainty) -> tuple[float, float]:
    total = dot(holdout.outlook.cells.weight, orders)
    return uncertainty.limits(total, uncertainty.of_orders(total))


def _revenue(holdout: Holdout, orders: Floats) -> float:
    """Return the predicted revenue of a forecast."""
    outlook = holdout.outlook
    return dot(outlook.cells.weight * orders, outlook.paid) * outlook.lift


def _coverage(
    holdout: Holdout, name: str, orders: Floats, uncertainty: Uncertainty | None
) -> float:
    """Return the share of deciles whose orders lie in their 80% interval.

    The interval of the chosen forecast is widened by its backtest; that of a single model is its
    own, and that of a naive forecast is Poisson.
    """
    fitted = holdout.outlook.fits.get(name)
    variance = (
        fitted.variance(holdout.outlook.cells, holdout.outlook.weeks)
        if fitted and not uncertainty
        else orders
    )
    held = 0
    tenths = holdout.tenths(orders, variance)
    for tenth in tenths:
        if uncertainty:
            low, high = uncertainty.limits(tenth.predicted, uncertainty.of_orders(tenth.predicted))
        else:
            width = Z_80 * math.sqrt(tenth.variance)
            low, high = tenth.predicted - width, tenth.predicted + width
        held += low <= tenth.actual <= high
    return held / len(tenths)
