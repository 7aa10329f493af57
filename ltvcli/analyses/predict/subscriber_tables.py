"""Rows of the tables of `ltv predict` for subscriptions, described in results/prediction."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict import retention_backtest as backtest
from ltvcli.analyses.predict.retention_forecasts import (
    SBG,
    Leaving,
    by_month,
    future_payments,
    spread,
)
from ltvcli.stats.numerics.normal import Z_80

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.retention_backtest import Outlook, Record
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results import Row

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

NOBODY = np.zeros(1, dtype=np.int64)
"""Whole months that a new customer has paid."""


class Basis(Struct, frozen=True, kw_only=True):
    """Inputs that turn future revenue into value: a margin, and a monthly discount."""

    margin: float
    name: str
    discount: float


class Asked(Struct, frozen=True, kw_only=True):
    """Inputs of a forecast: the known data, the selected forecast, its backtest, and money."""

    now: Outlook
    facts: Subscriptions
    model: str
    record: Record
    basis: Basis


def totals(asked: Asked) -> tuple[Row, ...]:
    """Past and future, apart; in the future row `customers` are those who still pay at its end."""
    cells = asked.now.standing
    everyone = np.ones(len(cells.mrr), dtype=np.bool_)
    stay = cells.customers * asked.now.future_payments(asked.model).stay
    return (
        {
            "part": "past",
            "customers": int(cells.customers.sum()),
            "value": float(asked.facts.net_revenue) * asked.basis.margin,
        },
        {
            "part": "future",
            "customers": round(float(stay.sum())),
            **_value(asked, everyone, with_fit=True),
        },
    )


def segments(asked: Asked) -> Iterator[Row]:
    """By segment, where there are several."""
    names, facts = asked.now.moment.facts.segments, asked.facts
    if len(names) <= 1:
        return
    for code, label in enumerate(names):
        place = facts.segments.index(label)
        past = float(facts.totals[place].net_revenue)
        mask = asked.now.standing.segment == code
        yield {"segment": label, **_group(asked, mask, past, facts.totals[place].customers)}


def cohorts(asked: Asked) -> Iterator[Row]:
    """By month of the first paid day."""
    triangle, observed = asked.facts.triangle, asked.facts.observed
    for month in np.unique(observed.cohort).tolist():
        past = float(triangle.revenue[triangle.cohort == month].sum())
        customers = int(observed.customers[observed.cohort == month].sum())
        mask = asked.now.standing.cohort == month
        row = _group(asked, mask, past, customers, with_fit=False)
        yield {"cohort": f"{month // 12:04d}-{month % 12 + 1:02d}", **row}


def _group(asked: Asked, mask: Bools, past: float, customers: int, *, with_fit: bool = True) -> Row:
    """Return past and future of a group; `pltv` is that of all customers it ever had."""
    cells = asked.now.standing
    paying = int(cells.customers[mask].sum())
    months = (cells.customers * asked.now.future_payments(asked.model).months)[mask].sum()
    ahead_of = _value(asked, mask, with_fit=with_fit)
    so_far = past * asked.basis.margin
    return {
        "customers": customers,
        "customers_closing": paying,
        "mrr": float(cells.mrr[mask].sum()),
        "past_value": so_far,
        "expected_months": float(months) / paying if paying else None,
        **ahead_of,
        **{
            f"pltv{end}": (so_far + float(ahead_of[f"value{end}"] or 0)) / customers
            for end in ("", "_low", "_high")
        },
    }


def _value(asked: Asked, mask: Bools, *, with_fit: bool) -> Row:
    cells = asked.now.standing
    worth = asked.now.future_payments(asked.model, asked.basis.discount).worth
    value = float((cells.mrr * worth)[mask].sum()) * asked.basis.margin
    half = backtest.limits(asked.now, asked.model, asked.record, mask, with_fit=with_fit)
    return {
        "value": value,
        "value_low": value * math.exp(-half),
        "value_high": value * math.exp(half),
    }


class _Newcomer(Struct, frozen=True, kw_only=True):
    """A new customer of a segment: MRR at first and its error, months, and what they are worth."""

    customers: int
    mrr: float
    error: float
    months: float
    worth: float
    fit: float
    paid: Floats


def new(asked: Asked) -> tuple[list[Row], list[Floats]]:
    """Return rows of new subscribers, and the margin by the end of month 1, 2, ... of each.

    They pay what customers of the last 12 months paid at first, and leave like all others. The
    first row is of everyone, in the shares in which segments came.
    """
    first, names = asked.now.moment.first_mrr, asked.now.moment.facts.segments
    kinds = {
        int(code): _newcomer(asked, asked.now.leaving[int(code)], int(n), float(mrr), float(square))
        for code, n, mrr, square in zip(
            first.segment, first.customers, first.mrr, first.mrr_squared, strict=True
        )
    }
    if not kinds:
        return [], []
    combined = _mixed(list(kinds.values()))
    shown: list[tuple[str | None, _Newcomer]] = [(None, combined)]
    if len(names) > 1:
        shown += [(names[code], kind) for code, kind in kinds.items()]
    rows = [_new_row(asked, label, kind) for label, kind in shown]
    return rows, [kind.paid * asked.basis.margin for _, kind in shown]


def _newcomer(asked: Asked, kind: Leaving, customers: int, mrr: float, square: float) -> _Newcomer:
    mean = mrr / customers
    variance = max(square / customers - mean**2, 0.0) / max(customers - 1, 1)
    horizon, model = asked.now.horizon, asked.model
    forecast = future_payments(kind, model, NOBODY, horizon, asked.basis.discount, new=True)
    return _Newcomer(
        customers=customers,
        mrr=mean,
        error=math.sqrt(variance),
        months=float(forecast.months[0]),
        worth=mean * float(forecast.worth[0]),
        fit=spread(kind, model, NOBODY, np.ones(1), horizon, new=True),
        paid=mean * by_month(kind, model, horizon),
    )


def _mixed(kinds: list[_Newcomer]) -> _Newcomer:
    """Return the average new customer of all kinds, each in its share."""
    count = sum(kind.customers for kind in kinds)
    shares = [kind.customers / count for kind in kinds]

    def mean(key: str) -> float:
        return float(sum(s * getattr(kind, key) for s, kind in zip(shares, kinds, strict=True)))

    worth = mean("worth")
    of_worth = [share * kind.worth for share, kind in zip(shares, kinds, strict=True)]
    fits = [weight * kind.fit for weight, kind in zip(of_worth, kinds, strict=True)]
    errors = [share * kind.error for share, kind in zip(shares, kinds, strict=True)]
    between = sum(s * (kind.mrr - mean("mrr")) ** 2 for s, kind in zip(shares, kinds, strict=True))
    return _Newcomer(
        customers=count,
        mrr=mean("mrr"),
        error=math.hypot(*errors, math.sqrt(between / count)),
        months=mean("months"),
        worth=worth,
        fit=math.hypot(*fits) / worth if worth > 0 else 0.0,
        paid=np.sum([s * kind.paid for s, kind in zip(shares, kinds, strict=True)], axis=0),
    )


def _new_row(asked: Asked, label: str | None, kind: _Newcomer) -> Row:
    value = kind.worth * asked.basis.margin
    noise = kind.error / kind.mrr if kind.mrr > 0 else 0.0
    half = math.hypot(asked.record.half, Z_80 * noise, Z_80 * kind.fit)
    return {
        "segment": label,
        "size": None,
        "customers": kind.customers,
        "first_mrr": kind.mrr,
        "first_mrr_low": kind.mrr - Z_80 * kind.error,
        "first_mrr_high": kind.mrr + Z_80 * kind.error,
        "expected_months": kind.months,
        "value": value,
        "value_low": value * math.exp(-half),
        "value_high": value * math.exp(half),
    }


def models(now: Outlook) -> Iterator[Row]:
    """Return the models fitted to all data, by segment."""
    for label, kind in zip(now.moment.facts.segments, now.leaving, strict=True):
        yield {
            "segment": label,
            "model": "mean-churn",
            "parameter": "churn",
            "value": kind.monthly,
            "value_low": kind.churn.low,
            "value_high": kind.churn.high,
            "every": 1,
        }
        if kind.fitted:
            for parameter in ("churn", "spread"):
                yield {
                    "segment": label,
                    "model": SBG,
                    "parameter": parameter,
                    "value": float(getattr(kind.fitted, parameter)),
                    "log_likelihood": kind.fitted.log_likelihood,
                    "every": kind.every,
                }
