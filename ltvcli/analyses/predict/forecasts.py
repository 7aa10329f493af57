"""All forecasts as of one day, from the data known by that day.

Time is in weeks. Arrays `(c,)` are over records: customers with the same purchases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict import models, order_value
from ltvcli.analyses.predict.models import EARNS_ITS_PLACE
from ltvcli.analyses.predict.order_value import Spending
from ltvcli.stats.forecasts import calendar_effect, chain_ladder, naive_forecasts
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.record import (
    TOO_LONG,
    Cells,
    ForecastTooLongError,
    NotFitted,
    Purchases,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.purchases import Spends, Weeks

    Floats = NDArray[np.float64]

DAYS = 7
STEP = 4  # weeks in a step of cohorts and seasons
SILENCE = (30 / DAYS, 365 / DAYS)
"""Shortest and longest time to return that the recency rule uses, in weeks."""
OWN_RATE, HIATUS, LADDER, ZERO = "own-rate", "hiatus", "chain-ladder", "zero"
PLAIN = (HIATUS, OWN_RATE, LADDER, ZERO)
"""Naive forecasts, without a model."""
_BORDERS = (1, 3)
GROUPS = 3
_POINTS = 5  # of time at which expected orders are added up, for their timing


class Outlook(Struct, frozen=True, kw_only=True):
    """All forecasts of one day.

    spend: revenue so far of all customers of a record `(c,)`.
    fits: the models that could be fitted; `failed` has the reasons for all others. `usual` are the
        core models, whose mean represents models in general.
    orders: expected purchases of one customer `(c,)` within the horizon, by forecast; the chain
        ladder predicts only the total, which is distributed as by the first model.
    variances: of one customer's purchases `(c,)`, by fitted model.
    ladder: the chain ladder's total; None if it is unknown.
    arrives: share of the expected orders placed by each of `(m + 1,)` equidistant times.
    calendar: log of expected orders with season and trend over those without; None if unknown.
    tracked: actual repeat orders in each week, the newest first, and those that the mean of the
        models expects, which ignore the calendar; empty without a model.
    paid: value of a purchase of a customer of the record `(c,)`, `flat` + `share` x their mean.
    lift: mean value of repeat purchases so far / modelled mean value of those expected.
    """

    day: date
    weeks: float
    cells: Cells
    spend: Floats
    fits: Mapping[str, Purchases]
    usual: Mapping[str, Purchases]
    failed: Mapping[str, NotFitted]
    orders: Mapping[str, Floats]
    variances: Mapping[str, Floats]
    ladder: float | None
    arrives: Floats
    calendar: float | None
    tracked: tuple[Floats, Floats]
    spending: Spending
    paid: Floats
    flat: Floats
    share: Floats
    lift: float


def outlook(
    day: date,
    weeks: float,
    cells: Cells,
    spend: Floats,
    past: Weeks,
    back: int,
    spends: Spends,
    scale: float = 1.0,
) -> Outlook:
    """Return the forecasts of all models and naive methods.

    Args:
        day: the last day of the data.
        weeks: horizon.
        cells: records of the known customers.
        spend: revenue of all customers of each record `(c,)`.
        past: purchases by week; those of the newest `back` weeks were not known yet.
        back: weeks from `day` to the newest day of `past`.
        spends: values of purchases until then.
        scale: customers in `cells` over customers in `past`.
    """
    fits, failed, orders, variances = _forecasts(models.fitted(cells), cells, weeks)
    usual = {name: model for name, model in fits.items() if name not in EARNS_ITS_PLACE}
    silence = naive_forecasts.typical_gap(cells, *SILENCE)
    orders[HIATUS] = naive_forecasts.hiatus(cells, weeks, silence)
    orders[OWN_RATE] = naive_forecasts.own_rate(cells, weeks)
    ladder = _ladder(past, back, weeks, scale)
    shape = next(iter(orders.values()))
    if ladder is not None and dot(cells.weight, shape) > 0:
        orders[LADDER] = shape * (ladder / dot(cells.weight, shape))
    orders[ZERO] = np.zeros(len(cells.weight))
    arrives = _arrives(usual, orders, cells, weeks)
    spending = order_value.fit(spends)
    purchases = cells.frequency + 1
    flat, share = spending.flat_and_share(purchases)
    mean = np.maximum(spend, 0) / (cells.weight * purchases)
    paid = flat + share * mean
    tracked = _tracked(usual, past, back)
    return Outlook(
        day=day,
        weeks=weeks,
        cells=cells,
        spend=spend,
        fits=fits,
        usual=usual,
        failed=failed,
        orders=orders,
        variances=variances,
        ladder=ladder,
        arrives=arrives,
        calendar=_calendar(tracked, weeks, arrives),
        tracked=tracked,
        spending=spending,
        paid=paid,
        flat=flat,
        share=share,
        lift=_lift(past, back, cells.weight * mean_orders(orders, usual), paid),
    )


def _forecasts(
    fitted: Mapping[str, Purchases | NotFitted], cells: Cells, weeks: float
) -> tuple[dict[str, Purchases], dict[str, NotFitted], dict[str, Floats], dict[str, Floats]]:
    """Return the fitted models, the reasons for all others, forecasts and variances `(c,)`."""
    fits: dict[str, Purchases] = {}
    failed: dict[str, NotFitted] = {}
    orders: dict[str, Floats] = {}
    variances: dict[str, Floats] = {}
    for name, model in fitted.items():
        if isinstance(model, NotFitted):
            failed[name] = model
            continue
        try:
            orders[name], variances[name] = model.moments(cells, weeks)
        except ForecastTooLongError:
            failed[name] = NotFitted(model=model.name, because=TOO_LONG)
        else:
            fits[name] = model
    return fits, failed, orders, variances


def group_of(frequency: Floats | NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the group of customers `(n,)`, within which models have similar errors.

    Groups are customers without (0), with one or two (1), and with more (2) repeat purchases.
    """
    return np.digitize(frequency, _BORDERS).astype(np.int64)


def _ladder(past: Weeks, back: int, weeks: float, scale: float) -> float | None:
    seen = past.week >= back
    first, week = (
        (week_numbers[seen] - back) // STEP for week_numbers in (past.first_week, past.week)
    )
    orders = (past.customers + past.repeats)[seen].astype(np.float64)
    growth = chain_ladder.growth(first, week, orders, weeks / STEP) if seen.any() else None
    return max(growth.future, 0.0) * scale if growth else None


def _arrives(
    fits: Mapping[str, Purchases], orders: Mapping[str, Floats], cells: Cells, weeks: float
) -> Floats:
    """Return the timing of expected orders, by the first fitted model, else evenly.

    Args:
        fits: fitted models.
        orders: expected by each within the horizon `(c,)`.
        cells: records of the customers.
        weeks: horizon.
    """
    times = np.linspace(0, 1, _POINTS)
    for name, fit in fits.items():
        before = [fit.expected(cells, weeks * time) for time in times[1:-1]]
        reached = [dot(cells.weight, expected) for expected in (*before, orders[name])]
        if reached[-1] > 0:
            return np.array([0.0, *reached]) / reached[-1]
    return times


def _tracked(fits: Mapping[str, Purchases], past: Weeks, back: int) -> tuple[Floats, Floats]:
    """Return actual and expected repeat orders by week, the newest first `(w,)`."""
    seen = past.week >= back
    if not fits or not seen.any():
        return np.empty(0), np.empty(0)
    week, first = past.week[seen] - back, past.first_week[seen] - back
    length = int(first.max()) + 1
    actual = np.bincount(week, weights=past.repeats[seen], minlength=length).astype(np.float64)
    won = np.bincount(first, weights=past.customers[seen], minlength=length)
    ages = (np.arange(length) + 0.5).astype(np.float64)
    grown = np.mean([fit.expected_new(ages) for fit in fits.values()], axis=0)
    # Customers acquired `a` weeks before a week order in it as the model grows at that age.
    expected = np.convolve(won[::-1], np.diff(grown, prepend=0.0))[:length][::-1]
    return actual, expected


def _calendar(tracked: tuple[Floats, Floats], weeks: float, arrives: Floats) -> float | None:
    """Return the effect of season and trend on the mean of the models, which ignore them."""
    if not len(tracked[0]):
        return None
    effect = calendar_effect.fit(*tracked)
    if effect is None:
        return None
    steps = max(1, round(weeks / STEP))
    reached = np.interp(np.linspace(0, 1, steps + 1), np.linspace(0, 1, len(arrives)), arrives)
    return float(np.log(effect.factor(np.diff(reached))))


def mean_orders(orders: Mapping[str, Floats], usual: Mapping[str, Purchases]) -> Floats:
    """Return the mean of the core models `(c,)`; ones where none could be fitted."""
    forecasts = [orders[name] for name in usual]
    mean: Floats = np.mean(forecasts, axis=0) if forecasts else np.ones_like(orders[ZERO])
    return mean


def _lift(past: Weeks, back: int, expected: Floats, paid: Floats) -> float:
    """Return the plain mean of repeat purchases so far over the modelled mean of those `expected`.

    It anchors the total: the model of order values only distributes it over customers.

    Args:
        past: purchases by week.
        back: newest weeks of `past` that were not known yet.
        expected: orders expected of all customers of a record `(c,)`.
        paid: modelled value of an order of one of them `(c,)`.
    """
    seen = past.week >= back
    repeats, revenue = past.repeats[seen].sum(), past.repeat_spend[seen].sum()
    modelled = dot(expected, paid)
    if not repeats or revenue <= 0 or modelled <= 0:
        return 1.0
    return float(revenue / repeats / (modelled / expected.sum()))
