"""Early behaviour in the forecast of single customers, if it was shown to reduce their errors.

Each customer's expected orders are multiplied by a factor that a shrunken Poisson regression gives
for what the customer did in the first 30 days. The longer a customer is known, the more orders
tell, and the less first days do: they count as much as the prior does in the posterior rate of
orders, alpha / (alpha + age), with alpha of the fitted model (Fader, Hardie & Lee 2005, Marketing
Science 24, 275-284, equation 10). Orders and value in total stay what they are.

Whether that helps is judged at the newest cut-off, for customers whom the regression was not
learned from: each fifth of the customers is judged by what was learned from the other four fifths
at the older cut-offs (or at the same one, where the log holds too few older customers). Factors are
used only if the squared error of a customer's value is smaller, with its whole 95% interval. Each
error is divided by the value that was expected, as the variance of a sum of orders grows with it:
otherwise a few large customers would decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict import ensemble
from ltvcli.analyses.predict.backtest import periods
from ltvcli.analyses.predict.forecasts import DAYS as DAYS_OF_WEEK
from ltvcli.facts import early_behaviour, purchases
from ltvcli.results.behaviour import ForecastBehaviour
from ltvcli.results.experiment import Range
from ltvcli.stats.forecasts import shrunken_poisson
from ltvcli.stats.inference.saved_error import saved
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout
    from ltvcli.analyses.predict.ensemble import Combination
    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.selection import Choice
    from ltvcli.facts.early_behaviour import EarlyBehaviour
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.purchases import Standing

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

DAYS = 30
"""First days that are looked at."""
LEAST_CUSTOMERS, LEAST_ORDERS = 200, 100
"""Customers, and their later orders, below which nothing is learned or judged."""
MOST_ROWS = 50_000
"""Customers that the regression is learned from at most."""
FOLDS = 5
NEGLIGIBLE = 1e-6
"""Share of the error below which nothing but rounding was saved."""
HALVES = 2
"""Folds within the customers learned from, by which the shrinkage is chosen."""
LEAST_SHARE = 0.1
"""Share of the mean value that is added to what errors are divided by, lest that is near 0."""


class _Moment(Struct, frozen=True, kw_only=True):
    """Customers at a cut-off `(n,)` whose first days are logged and who may order again.

    `prior` is how much first days count; `expected` and `value` are by the forecast, `later` and
    `later_value` the actual value.
    """

    place: Ints
    prior: Floats
    expected: Floats
    value: Floats
    later: Floats
    later_value: Floats

    def take(self, rows: Bools | slice) -> _Moment:
        return _Moment(
            place=self.place[rows],
            prior=self.prior[rows],
            expected=self.expected[rows],
            value=self.value[rows],
            later=self.later[rows],
            later_value=self.later_value[rows],
        )

    @property
    def is_enough(self) -> bool:
        return len(self.place) >= LEAST_CUSTOMERS and float(self.later.sum()) >= LEAST_ORDERS


def judged(
    engine: Engine,
    facts: Facts,
    early: EarlyBehaviour,
    holdouts: Sequence[Holdout],
    choice: Choice,
    days: int,
) -> tuple[ForecastBehaviour, Sequence[_Moment]]:
    """Judge early behaviour by the errors of customers at the newest cut-off.

    Args:
        engine: holds `histories` and `early_starts`.
        facts: of all orders.
        early: what customers did.
        holdouts: earlier cut-offs, newest first.
        choice: the forecast.
        days: requested horizon.

    Returns:
        The judgement, and the customers of every cut-off, to learn from.
    """
    slots = periods(facts.first, facts.as_of, days)
    moments = [
        _moment(engine, facts, early, holdout, replayed, slots)
        for holdout, replayed in zip(holdouts, choice.replayed, strict=True)
    ]
    cutoff = holdouts[0].outlook.day if holdouts else None
    untested = ForecastBehaviour(days=DAYS, cutoff=cutoff, customers=0, saved=None, used=False)
    if not moments or not moments[0].is_enough:
        return untested, moments
    newest, older = moments[0], _pooled(moments[1:])
    teachers = older if older.is_enough else newest
    numbers = early_behaviour.numbers(early.windows[DAYS])
    base, errors = [], []
    for fold in range(FOLDS):
        asked = newest.take(newest.place % FOLDS == fold)
        learned = _learned(teachers.take(teachers.place % FOLDS != fold), numbers)
        moved = asked.value * learned.factors(asked.place, asked.prior, asked.value)
        scale = asked.value + LEAST_SHARE * float(asked.value.mean())
        base.append((asked.value - asked.later_value) ** 2 / scale)
        errors.append((moved - asked.later_value) ** 2 / scale)
    share = saved(np.concatenate(base), np.concatenate(errors))
    record = ForecastBehaviour(
        days=DAYS,
        cutoff=cutoff,
        customers=len(newest.place),
        saved=Range(value=share.value, low=share.low, high=share.high),
        used=share.low > NEGLIGIBLE,
    )
    return record, moments


def adjust(
    engine: Engine,
    early: EarlyBehaviour,
    moments: Sequence[_Moment],
    stand: Standing,
    columns: Mapping[str, Floats],
    seen: Outlook,
) -> None:
    """Multiply the forecast of every customer whose first days are logged.

    Args:
        engine: holds `standing` and `early_starts`.
        early: what customers did.
        moments: the customers of every cut-off, to learn from.
        stand: all customers today, by record.
        columns: orders, flat and rate of each record `(c,)`.
        seen: forecasts of today.
    """
    today = purchases.standing_customers(engine, stand)
    orders = columns["orders"][today.cell]
    value = columns["flat"][today.cell] + columns["rate"][today.cell] * today.spend
    rows = _in_log(early, today.place, None) & (orders > 0)
    prior = _prior(early, today.place, seen)[rows]
    learned = _learned(_pooled(moments), early_behaviour.numbers(early.windows[DAYS]))
    place = today.place[rows]
    purchases.set_factors(
        engine,
        place,
        learned.factors(place, prior, orders[rows]),
        learned.factors(place, prior, np.maximum(value[rows], 0.0)),
    )


class _Learned(Struct, frozen=True, kw_only=True):
    """Slopes `(k,)` of standardised numbers `(customers, k)` of all customers."""

    numbers: Floats
    slopes: Floats

    def factors(self, place: Ints, prior: Floats, amounts: Floats) -> Floats:
        rows = self.numbers[place] * prior[:, None]
        return shrunken_poisson.factors(rows, self.slopes, amounts)


def _learned(teachers: _Moment, numbers: Floats) -> _Learned:
    """Fit how early behaviour changes orders, from customers and their later orders."""
    sample = teachers.take(slice(MOST_ROWS))
    middle, spread = numbers[sample.place].mean(axis=0), numbers[sample.place].std(axis=0)
    standard = (numbers - middle) / np.where(spread > 0, spread, 1.0)
    rows = standard[sample.place] * sample.prior[:, None]
    folds = sample.place // FOLDS % HALVES
    deviation = shrunken_poisson.deviation(rows, sample.expected, sample.later, folds)
    slopes = shrunken_poisson.slopes(rows, sample.expected, sample.later, deviation)
    return _Learned(numbers=standard, slopes=slopes)


def _pooled(moments: Sequence[_Moment]) -> _Moment:
    """Return the customers of several cut-offs, one under another."""

    def joined(name: str) -> Floats:
        values = [np.empty(0), *(getattr(moment, name) for moment in moments)]
        return np.concatenate(values).astype(np.float64)

    return _Moment(
        place=joined("place").astype(np.int64),
        prior=joined("prior"),
        expected=joined("expected"),
        value=joined("value"),
        later=joined("later"),
        later_value=joined("later_value"),
    )


def _prior(early: EarlyBehaviour, place: Ints, seen: Outlook) -> Floats:
    """Return how much the first days of each customer count on a day, `(n,)`.

    Args:
        early: what customers did.
        place: of customers, shape `(n,)`.
        seen: forecasts of that day.
    """
    weeks = (np.datetime64(seen.day) - early.first[place]).astype(np.float64) / DAYS_OF_WEEK
    fitted = [fit.optimum.parameters.get("alpha") for fit in seen.usual.values()]
    prior = next((weeks_of_prior for weeks_of_prior in fitted if weeks_of_prior), None)
    if prior is None:  # one purchase by a customer with the usual rate
        cells = seen.cells
        prior = dot(cells.weight, cells.age) / max(dot(cells.weight, cells.frequency), 1.0)
    weight: Floats = prior / (prior + weeks)
    return weight


def _moment(
    engine: Engine,
    facts: Facts,
    early: EarlyBehaviour,
    holdout: Holdout,
    combination: Combination,
    slots: Sequence[tuple[date, int]],
) -> _Moment:
    """Return the customers of a cut-off, with forecast and actual orders."""
    seen = holdout.outlook
    known = purchases.known_customers(engine, facts, slots, seen.day)
    assert known.later is not None
    assert known.later_spend is not None
    expected = ensemble.orders(combination, seen)[known.cell]
    mean_spend = np.maximum(known.spend, 0) / (known.frequency + 1)
    paid = (seen.flat[known.cell] + seen.share[known.cell] * mean_spend) * seen.lift
    value = np.maximum(expected * paid, 0.0)
    rows = _in_log(early, known.place, seen.day) & (value > 0)
    return _Moment(
        place=known.place,
        prior=_prior(early, known.place, seen),
        expected=expected,
        value=value,
        later=known.later.astype(np.float64),
        later_value=known.later_spend,
    ).take(rows)


def _in_log(early: EarlyBehaviour, place: Ints, day: date | None) -> Bools:
    """Return whose first days had passed by a day and are completely logged, `(n,)`.

    Args:
        early: what customers did.
        place: of customers, shape `(n,)`.
        day: None for the last one of the log.
    """
    last = early.log_last if day is None else min(early.log_last, day)
    first = early.first[place]
    return (first >= np.datetime64(early.log_first)) & (first + DAYS - 1 <= np.datetime64(last))
