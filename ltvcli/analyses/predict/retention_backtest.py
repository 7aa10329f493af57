"""The backtest of retention forecasts: forecasts made at earlier cut-offs, and actual payments."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict.retention_forecasts import (
    MEAN_CHURN,
    MODELS,
    NO_CHURN,
    SBG,
    Ahead,
    Leaving,
    future_payments,
    leaving,
    spread,
)
from ltvcli.facts import standing
from ltvcli.stats.inference import student_t
from ltvcli.stats.numerics.normal import Z_80
from ltvcli.units import DAYS_PER_MONTH, MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine
    from ltvcli.facts.standing import Moment, Standing
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results import Row
    from ltvcli.units import Months

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

LEVEL = 0.8
ASSUMED_ERROR = 0.2
"""Assumed error of a year ahead: half the width of its 80% interval, before any test."""
PRIOR_ERRORS = 2
"""Tests that the assumed error counts as much as."""
MOST_TRIALS = 4
LEAST_CUSTOMERS = 30
LEAST_MONTHS_BEFORE = 3
"""A cut-off has so much data before it."""
LEAST_OF_COHORT = 5
QUARTER = 3


class Outlook(Struct, frozen=True, kw_only=True):
    """The data known at a cut-off, and the churn fitted to it; `horizon` in months."""

    moment: Moment
    leaving: Sequence[Leaving]
    horizon: Months

    @property
    def standing(self) -> Standing:
        """Return who pays on that day."""
        return self.moment.standing

    def future_payments(self, model: str, discount: float = 0.0) -> Ahead:
        """Return the expected payments of each cell of customers, `(n,)`."""
        cells = self.standing
        totals = {
            key: np.zeros(len(cells.renewals)) for key in ("months", "variance", "worth", "stay")
        }
        for code, segment_fit in enumerate(self.leaving):
            mask = cells.segment == code
            amount = future_payments(
                segment_fit, model, cells.renewals[mask], self.horizon, discount
            )
            for key, values in totals.items():
                values[mask] = getattr(amount, key)
        return Ahead(**totals)

    def revenue(self, model: str) -> float:
        """Return the expected revenue of the customers of a cut-off."""
        return float((self.standing.mrr * self.future_payments(model).months).sum())

    def fit_spread(self, model: str, mask: Bools) -> float:
        """Return the standard deviation that the fits leave open, as a share of revenue."""
        cells, squares, total = self.standing, 0.0, 0.0
        months = self.future_payments(model).months
        by_fit: dict[int, list[int]] = {}
        for code, segment_fit in enumerate(self.leaving):
            by_fit.setdefault(id(segment_fit), []).append(code)
        for codes in by_fit.values():
            chosen = mask & np.isin(cells.segment, codes)
            if not chosen.any():
                continue
            amount = float((cells.mrr * months)[chosen].sum())
            segment_fit = self.leaving[codes[0]]
            share = spread(
                segment_fit, model, cells.renewals[chosen], cells.mrr[chosen], self.horizon
            )
            squares += (amount * share) ** 2
            total += amount
        return math.sqrt(squares) / total if total > 0 else 0.0


class Record(Struct, frozen=True, kw_only=True):
    """Half the width of the 80% interval of the log of a total, by errors at other cut-offs."""

    half: float
    degrees: int


def holdouts(
    engine: Engine, facts: Subscriptions, horizon: Months, every: Mapping[str, int]
) -> tuple[Outlook, ...]:
    """Forecast at earlier cut-offs, newest first; () with too little data.

    The horizon of a test is the one asked for, or half of the history, in whole months.

    Args:
        engine: holds `periods`; its table `customers` is left as of an earlier day.
        facts: sums over subscriptions, as of the last day.
        horizon: months.
        every: months from one renewal to the next, by the name of a segment.
    """
    first = facts.first or facts.as_of
    history = (facts.as_of - first).days / DAYS_PER_MONTH
    months = min(math.ceil(horizon), int(history / 2))
    outlooks: list[Outlook] = []
    step = max(1, months // MOST_TRIALS)
    while months >= 1 and len(outlooks) < MOST_TRIALS:
        back = months + step * len(outlooks)
        day = _before(facts.as_of, back)
        if history - back < LEAST_MONTHS_BEFORE:
            break
        until = day + timedelta(days=round(months * DAYS_PER_MONTH))
        moment = standing.at(engine, day, until, facts.billed, facts.dated)
        if moment.standing.customers.sum() < LEAST_CUSTOMERS:
            break
        outlooks.append(
            Outlook(moment=moment, leaving=leaving(moment, every), horizon=float(months))
        )
    return tuple(outlooks)


def _before(day: date, months: int) -> date:
    return day - timedelta(days=round(months * DAYS_PER_MONTH))


def errors(holdouts: Sequence[Outlook], model: str) -> Floats:
    """Return the log of actual over forecast revenue of each cut-off."""
    return np.array(
        [
            math.log(max(float(outlook.standing.paid_ahead.sum()), 1e-9) / outlook.revenue(model))
            for outlook in holdouts
        ]
    )


def choose(holdouts: Sequence[Outlook], now: Outlook, asked: str) -> str:
    """Return the forecast to use: the one asked for, or the one with the smaller errors.

    The model of renewals has to beat one churn for all; untested, the lower of both is used.

    Args:
        holdouts: outlooks of earlier cut-offs.
        now: outlook of today.
        asked: name of a forecast, or "auto".
    """
    if asked in MODELS:
        return asked
    if not any(segment_fit.fitted for segment_fit in now.leaving):
        return MEAN_CHURN
    if not holdouts:
        return min(MODELS, key=now.revenue)
    squares = {model: float((errors(holdouts, model) ** 2).sum()) for model in MODELS}
    return SBG if squares[SBG] < squares[MEAN_CHURN] else MEAN_CHURN


def record(missed: Floats, tested: Months, horizon: Months) -> Record:
    """Return how far a total may be off, from errors of `tested` months and a stated doubt.

    Errors grow with the square root of time.

    Args:
        missed: log errors of totals `(k,)`.
        tested: months ahead of the backtest.
        horizon: months ahead of the forecast.
    """
    years = max(tested, 1.0) / MONTHS_PER_YEAR
    stated = math.log1p(ASSUMED_ERROR * math.sqrt(years)) / Z_80
    degrees = len(missed) + PRIOR_ERRORS
    deviation = math.sqrt((float((missed**2).sum()) + PRIOR_ERRORS * stated**2) / degrees)
    longer = math.sqrt(max(horizon / max(tested, 1.0), 1.0))
    return Record(
        half=student_t.quantile((1 + LEVEL) / 2, degrees) * deviation * longer, degrees=degrees
    )


def limits(
    outlook: Outlook, model: str, kept: Record, mask: Bools, *, with_fit: bool = True
) -> float:
    """Return half the width of the 80% interval of the log of revenue of a group.

    Three parts: the record of totals, chance (few customers), and what the fit leaves open.

    Args:
        outlook: of a day.
        model: the forecast.
        kept: its record.
        mask: which cells `(n,)`.
        with_fit: whether the fit counts; that of all is in the record.
    """
    cells, forecast = outlook.standing, outlook.future_payments(model)
    total = float((cells.mrr * forecast.months)[mask].sum())
    if total <= 0:
        return kept.half
    chance = math.sqrt(float((cells.mrr_squared * forecast.variance)[mask].sum())) / total
    fit = outlook.fit_spread(model, mask) if with_fit else 0.0
    return math.hypot(kept.half, Z_80 * chance, Z_80 * fit)


def rows(holdouts: Sequence[Outlook], chosen: str) -> Iterator[Row]:
    """List every forecast and the actual result at each cut-off.

    The intervals, and how often they held, are those that the other cut-offs teach.
    """
    for place, outlook in enumerate(holdouts):
        cells = outlook.standing
        paid, stay = float(cells.paid_ahead.sum()), int(cells.stay.sum())
        everyone = np.ones(len(cells.mrr), dtype=np.bool_)
        for model in (*MODELS, NO_CHURN):
            if model == SBG and not any(each.fitted for each in outlook.leaving):
                continue
            predicted, forecast = outlook.revenue(model), outlook.future_payments(model)
            kept = record(
                np.delete(errors(holdouts, model), place), outlook.horizon, outlook.horizon
            )
            half = limits(outlook, model, kept, everyone) if model == chosen else None
            staying = float((cells.customers * forecast.stay).sum())
            yield {
                "cutoff": outlook.moment.as_of.isoformat(),
                "horizon": outlook.horizon,
                "model": model,
                "customers": int(cells.customers.sum()),
                "actual": stay,
                "predicted": staying,
                "customers_bias": staying / stay - 1 if stay else None,
                "actual_value": paid,
                "predicted_value": predicted,
                "predicted_value_low": None if half is None else predicted * math.exp(-half),
                "predicted_value_high": None if half is None else predicted * math.exp(half),
                "value_bias": predicted / paid - 1 if paid > 0 else None,
                "coverage80": _coverage(outlook, model, kept) if model != NO_CHURN else None,
                "chosen": model == chosen,
            }


def _coverage(outlook: Outlook, model: str, kept: Record) -> float | None:
    """Share of quarterly cohorts whose revenue lay in its interval; None if all are tiny."""
    cells = outlook.standing
    quarter = cells.cohort // QUARTER
    revenue = cells.mrr * outlook.future_payments(model).months
    held: list[bool] = []
    for name in np.unique(quarter):
        mask = quarter == name
        if cells.customers[mask].sum() < LEAST_OF_COHORT:
            continue
        half = limits(outlook, model, kept, mask, with_fit=False)
        predicted, came = float(revenue[mask].sum()), float(cells.paid_ahead[mask].sum())
        held.append(predicted * math.exp(-half) <= came <= predicted * math.exp(half))
    return sum(held) / len(held) if held else None
