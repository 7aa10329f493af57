"""Rows of the tables of `ltv predict`; results/prediction says what they hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict import ensemble
from ltvcli.analyses.predict.forecasts import PLAIN
from ltvcli.analyses.predict.intervals import Doubt, doubt
from ltvcli.analyses.predict.new_customers import ALL
from ltvcli.analyses.predict.selection import AUTO
from ltvcli.stats.forecasts import forecast_score
from ltvcli.stats.numerics.normal import Z_80
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Trial
    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.new_customers import Newcomer
    from ltvcli.analyses.predict.selection import Choice
    from ltvcli.facts.purchases import ForecastSums
    from ltvcli.results import Row

    Floats = NDArray[np.float64]


def backtest(
    trials: Sequence[Trial], choice: Choice, history_days: int, repeats: float
) -> Iterator[Row]:
    """Return what every forecast would have said at each cut-off, and what it was worth.

    The chosen mixture is judged by what the other cut-offs teach, and so are its intervals; a model
    alone by its own.
    """
    for place, trial in enumerate(trials):
        own, doubts = _replayed(trials, choice, place, history_days, repeats)
        named = {AUTO: own} if choice.name == AUTO else {}
        named |= {name: trial.outlook.orders[name] for name in trial.outlook.fits}
        named |= {
            name: trial.outlook.orders[name] for name in PLAIN if name in trial.outlook.orders
        }
        for name, orders in named.items():
            chosen = name == choice.name
            low, high = _limits(trial, orders, doubts) if chosen else (None, None)
            score = trial.score(orders)
            paid = math.exp(choice.replayed[place].paid) if chosen else 1.0
            yield {
                "cutoff": trial.outlook.day.isoformat(),
                "horizon": trial.known.days / DAYS_PER_MONTH,
                "model": name,
                "customers": int(trial.known.customers.sum()),
                "actual": score.actual,
                "predicted": score.predicted,
                "predicted_low": low,
                "predicted_high": high,
                "actual_value": trial.spend,
                "predicted_value": (said := _revenue(trial, orders) * paid),
                "orders_bias": score.bias,
                "value_bias": said / trial.spend - 1 if trial.spend > 0 else None,
                "rmse": score.rmse,
                "mae": score.mae,
                "spearman": score.spearman,
                "gini": score.gini,
                "coverage80": _coverage(trial, name, orders, doubts if chosen else None),
                "chosen": chosen,
            }


def deciles(
    trials: Sequence[Trial],
    choice: Choice,
    outlook: Outlook,
    orders: Floats,
    history_days: int,
) -> Iterator[Row]:
    """Tenths of the customers by forecast: what is expected, and what was at the newest cut-off."""
    weight = outlook.cells.weight
    none = np.zeros(len(weight))
    repeats = dot(weight, outlook.cells.frequency)
    tested: list[Row] = []
    if trials:
        own, doubts = _replayed(trials, choice, 0, history_days, repeats)
        for one in trials[0].tenths(own, own):
            low, high = doubts.limits(one.predicted, doubts.of_orders(one.predicted))
            tested.append(
                {
                    "predicted": one.predicted,
                    "predicted_low": low,
                    "predicted_high": high,
                    "actual": one.actual,
                }
            )
    for place, tenth in enumerate(forecast_score.tenths(orders, none, weight, none)):
        yield {
            "decile": place + 1,
            "customers": tenth.customers,
            "orders": tenth.predicted,
            **(tested[place] if tested else {}),
        }


def totals(sums: ForecastSums, found: Doubt, margin: float, worth: float) -> tuple[Row, ...]:
    """Past and future, apart."""
    nobody = np.zeros(len(sums.customers), dtype=np.int64)
    (one,) = _groups(sums, [""], nobody, "part", found, margin, worth)
    ahead = ("orders", "orders_low", "orders_high", "value", "value_low", "value_high")
    return (
        {"part": "past", "orders": one["past_orders"], "value": one["past_value"]},
        {"part": "future", **{key: one[key] for key in ahead}},
    )


def segments(
    sums: ForecastSums, names: Sequence[str], found: Doubt, margin: float, worth: float
) -> Iterator[Row]:
    """By segment, where there are several."""
    if len(names) > 1:
        yield from _groups(sums, names, sums.segment, "segment", found, margin, worth)


def cohorts(sums: ForecastSums, found: Doubt, margin: float, worth: float) -> Iterator[Row]:
    """By month of the first order."""
    months, which = np.unique(sums.cohort, return_inverse=True)
    names = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months.tolist()]
    yield from _groups(sums, names, which, "cohort", found, margin, worth)


def _groups(
    sums: ForecastSums,
    keys: Sequence[str],
    which: NDArray[np.int64],
    name: str,
    found: Doubt,
    margin: float,
    worth: float,
) -> Iterator[Row]:
    """Past and future of the customers of each group `which` `(n,)`, by the order of `keys`."""
    for code, key in enumerate(keys):
        where = which == code
        customers = int(sums.customers[where].sum())
        if not customers:
            continue
        orders, value = float(sums.orders[where].sum()), float(sums.value[where].sum())
        revenue = value / (margin * worth) if margin * worth else 0.0
        low, high = found.limits(orders, found.of_orders(orders))
        least, most = found.limits(value, found.of_value(orders, revenue))
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
    newcomers: Iterable[Newcomer], names: Sequence[str], doubts: Doubt, margin: float, worth: float
) -> Iterator[Row]:
    """Return what a new customer brings to the horizon, the first order included."""
    for newcomer in newcomers:
        first, later = newcomer.first * margin, newcomer.later * margin * worth
        least, most = doubts.limits(newcomer.first, math.sqrt(doubts.money))
        low, high = doubts.limits(later, newcomer.deviation)
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
    """Return what was fitted to all that is known."""
    for name, one in outlook.fits.items():
        for key, value in one.optimum.parameters.items():
            yield {
                "model": name,
                "fitted": one.name,
                "parameter": key,
                "value": value,
                "standard_error": one.optimum.standard_errors.get(key),
                "log_likelihood": one.optimum.log_likelihood,
            }


def _replayed(
    trials: Sequence[Trial], choice: Choice, place: int, history_days: int, repeats: float
) -> tuple[Floats, Doubt]:
    """What the chosen forecast would have said at a cut-off, and the doubt, by all the others."""
    trial = trials[place]
    others = [one for at, one in enumerate(trials) if at != place]
    errors = np.delete(choice.errors, place)
    kept = history_days - (trials[0].outlook.day - trial.outlook.day).days - trials[0].known.days
    seen = dot(trial.outlook.cells.weight, trial.outlook.cells.frequency)
    return (
        ensemble.orders(choice.replayed[place], trial.outlook),
        doubt(others, errors, kept, min(seen, repeats)),
    )


def _limits(trial: Trial, orders: Floats, doubts: Doubt) -> tuple[float, float]:
    total = dot(trial.outlook.cells.weight, orders)
    return doubts.limits(total, doubts.of_orders(total))


def _revenue(trial: Trial, orders: Floats) -> float:
    """Return what the orders of a forecast would have brought."""
    outlook = trial.outlook
    return dot(outlook.cells.weight * orders, outlook.paid) * outlook.lift


def _coverage(trial: Trial, name: str, orders: Floats, doubts: Doubt | None) -> float:
    """Share of the tenths of customers whose orders lay in their 80% interval.

    That of the chosen forecast widens by its record; that of a model is what it says itself, and a
    forecast that is no model has orders fall by chance (Poisson).
    """
    fitted = trial.outlook.fits.get(name)
    variance = (
        fitted.variance(trial.outlook.cells, trial.outlook.weeks)
        if fitted and not doubts
        else orders
    )
    held = 0
    tenths = trial.tenths(orders, variance)
    for tenth in tenths:
        if doubts:
            low, high = doubts.limits(tenth.predicted, doubts.of_orders(tenth.predicted))
        else:
            away = Z_80 * math.sqrt(tenth.variance)
            low, high = tenth.predicted - away, tenth.predicted + away
        held += low <= tenth.actual <= high
    return held / len(tenths)
