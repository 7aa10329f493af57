"""The backtest: forecasts made at earlier cut-offs, compared with actual results."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict.forecasts import (
    DAYS,
    GROUPS,
    Outlook,
    group_of,
    mean_orders,
    outlook,
)
from ltvcli.facts import purchases as facts_cells
from ltvcli.stats.forecasts import forecast_score
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.record import Cells

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.purchases import Known, Spends, Weeks

    Floats = NDArray[np.float64]

# At a cut-off at least 40% of the history are known, and at most 40% are held out; the scored
# period is the requested horizon, or as much of it as that leaves.
KNOWN_SHARE, KEPT_SHARE = 0.4, 0.4
LEAST_WEEKS = 4


class Tested(Struct, frozen=True):
    """A forecast compared with actual results: of single customers, and of their deciles."""

    score: forecast_score.Score
    deciles: tuple[forecast_score.Tenth, ...]


class Holdout(Struct, frozen=True, kw_only=True):
    """One cut-off: the forecasts made there, and the actual results.

    ago: how long before the newest cut-off, in lengths of the scored period.
    by_group: purchases of each group of customers `(g,)`.
    spend: their value. `squares`: sum of its squares by customer.
    dispersion: variance of a customer's purchases about the forecasts, over their mean.
    tested: every forecast of the outlook.
    """

    outlook: Outlook
    known: Known
    ago: float
    by_group: Floats
    spend: float
    squares: float
    dispersion: float
    tested: Mapping[str, Tested]

    @property
    def total(self) -> float:
        """Purchases that followed."""
        return float(self.by_group.sum())

    def sums(self, orders: Floats) -> Floats:
        """Sum a forecast by record `(c,)` over groups `(g,)`."""
        cells = self.outlook.cells
        return _by_group(cells.frequency, cells.weight * orders)

    @property
    def chance(self) -> Floats:
        """Variance by chance of the log of each group's total `(g,)`."""
        return self.dispersion / np.maximum(self.by_group, 1.0)

    @property
    def chance_of_total(self) -> float:
        """Variance by chance of the log of the total."""
        return self.dispersion / max(self.total, 1.0)

    @property
    def chance_of_fit(self) -> float:
        """Variance of the log of the total that is due to few purchases known at the cut-off."""
        cells = self.outlook.cells
        return self.dispersion / max(dot(cells.weight, cells.frequency), 1.0)

    @property
    def paid_error(self) -> float:
        """Log of the actual over the predicted value of a purchase; 0 where it is not defined."""
        cells = self.outlook.cells
        orders = mean_orders(self.outlook.orders, self.outlook.usual)
        number = dot(cells.weight, orders)
        modelled = dot(cells.weight * orders, self.outlook.paid) * self.outlook.lift
        if self.spend <= 0 or modelled <= 0 or not self.total:
            return 0.0
        return math.log(self.spend / self.total / (modelled / number))

    @property
    def paid_chance(self) -> float:
        """Variance by chance of that log: of a ratio, revenue over purchases, of customers.

        Source: Cochran (1977), Sampling Techniques, equation 6.13.
        """
        rows = self.known
        if self.spend <= 0 or not self.total:
            return 1.0
        usual = self.spend / self.total * rows.later  # of a customer with these purchases
        squares = rows.later_squares - 2 * usual * rows.later_spend + rows.customers * usual**2
        return float(squares.sum()) / self.spend**2

    def rmse(self, orders: Floats) -> float:
        """Return the root mean square error of a forecast by record `(c,)` over customers."""
        errors = orders[self.known.cell] - self.known.later
        return math.sqrt(dot(self.known.customers, errors**2) / float(self.known.customers.sum()))


def tested(rows: Known, orders: Floats, variance: Floats) -> Tested:
    """Compare a forecast with the actual results of single customers, and of deciles of them.

    Args:
        rows: what customers ordered.
        orders: expected of a customer of each record `(c,)`.
        variance: of these orders `(c,)`.
    """
    predicted, later = orders[rows.cell], rows.later.astype(np.float64)
    weight = rows.customers.astype(np.float64)
    return Tested(
        forecast_score.score(predicted, later, weight),
        forecast_score.tenths(predicted, later, weight, variance[rows.cell]),
    )


def periods(first: date, as_of: date, days: int) -> list[tuple[date, int]]:
    """Choose the cut-offs, newest first, and the number of days scored after each, in full weeks.

    Args:
        first: first day of the data.
        as_of: last day of the data.
        days: requested horizon.

    >>> periods(date(2025, 1, 1), date(2025, 12, 31), 365)[0]
    (datetime.date(2025, 8, 13), 140)
    """
    history = (as_of - first).days // DAYS
    weeks = min(round(days / DAYS), int(KEPT_SHARE * history))
    spare = history - weeks - math.ceil(KNOWN_SHARE * history)
    if weeks < LEAST_WEEKS or spare < 0:
        return []
    step = max(1, spare // (facts_cells.SLOTS - 1))
    back = [weeks + step * slot for slot in range(facts_cells.SLOTS) if step * slot <= spare]
    return [(as_of - timedelta(weeks=weeks_back), weeks * DAYS) for weeks_back in back]


def begin(
    engine: Engine, facts: Facts, past: Weeks, days: int, threads: Executor
) -> Future[tuple[Holdout, ...]]:
    """Begin to forecast at every cut-off, newest first, and to compare with the actual results.

    It leaves the table `histories` in the engine; see `facts.purchases`. Cut-offs at which no model
    could be fitted are excluded if there are others.

    Args:
        engine: holds the sampled `purchases`.
        facts: of all orders.
        past: purchases by week.
        days: requested horizon.
        threads: one of them forecasts.
    """
    chosen = periods(facts.first, facts.as_of, days)
    known = facts_cells.known(engine, facts, chosen)
    spends = [facts_cells.spends(engine, slot) for slot in range(1, len(known) + 1)]

    def held_out() -> tuple[Holdout, ...]:
        every = [
            _holdout(facts, past, rows, paid, chosen[0][0])
            for rows, paid in zip(known, spends, strict=True)
        ]
        return tuple([holdout for holdout in every if holdout.outlook.fits] or every)

    return threads.submit(held_out)


def _holdout(facts: Facts, past: Weeks, rows: Known, spends: Spends, newest: date) -> Holdout:
    cells, spend = collapsed(rows)
    back = (facts.as_of - rows.day).days // DAYS
    seen = outlook(rows.day, rows.days / DAYS, cells, spend, past, back, spends)
    later = (rows.customers * rows.later).astype(np.float64)
    return Holdout(
        outlook=seen,
        known=rows,
        ago=(newest - rows.day).days / rows.days,
        by_group=_by_group(rows.frequency, later),
        spend=float(rows.later_spend.sum()),
        squares=float(rows.later_squares.sum()),
        dispersion=_dispersion(seen, rows),
        tested={
            name: tested(rows, orders, seen.variances.get(name, orders))
            for name, orders in seen.orders.items()
        },
    )


def _dispersion(seen: Outlook, rows: Known) -> float:
    total = max(dot(rows.customers, rows.later), 1.0)
    errors = [seen.orders[name][rows.cell] - rows.later for name in seen.usual]
    dispersions = [dot(rows.customers, model_errors**2) / total for model_errors in errors]
    return float(np.mean(dispersions or [1.0]))


def collapsed(rows: Known) -> tuple[Cells, Floats]:
    """Combine the rows of each record, in weeks, with their revenue `(c,)`."""
    return records(
        rows.cell, rows.frequency, rows.span_days, rows.age_days, rows.customers, rows.spend
    )


def records(
    cell: NDArray[np.int64],
    frequency: NDArray[np.int64],
    span_days: Floats,
    age_days: Floats,
    customers: NDArray[np.int64],
    spend: Floats,
) -> tuple[Cells, Floats]:
    """Combine the rows of each record: means of their times, in weeks.

    Args:
        cell: number of the record of each row `(n,)`.
        frequency: repeat purchases `(n,)`.
        span_days: days from the first to the last purchase `(n,)`.
        age_days: days from the first purchase to the end `(n,)`.
        customers: in the row `(n,)`.
        spend: revenue of the row `(n,)`.

    Returns:
        Records and their revenue `(c,)`.
    """
    weight = np.bincount(cell, weights=customers).astype(np.float64)
    mean = [
        np.bincount(cell, weights=customers * values) / weight
        for values in (frequency, span_days / DAYS, age_days / DAYS)
    ]
    return (
        Cells(frequency=mean[0].round(), recency=mean[1], age=mean[2], weight=weight),
        np.bincount(cell, weights=spend).astype(np.float64),
    )


def _by_group(frequency: Floats | NDArray[np.int64], amount: Floats) -> Floats:
    group = group_of(frequency)
    return np.bincount(group, weights=amount, minlength=GROUPS).astype(np.float64)
