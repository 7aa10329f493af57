"""Rows of the tables of `ltv predict` of subscriptions; results/prediction says what they hold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict import retention_backtest as backtest
from ltvcli.analyses.predict.retention_forecasts import SBG, Leaving, ahead, by_month, spread
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What turns revenue ahead into value: a margin, and a discount a month."""

    margin: float
    name: str
    discount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a forecast is made of: what is known now, the forecast chosen, its record, and money."""

    now: Outlook
    facts: Subscriptions
    model: str
    record: Record
    basis: Basis


def totals(asked: Asked) -> tuple[Row, ...]:
    """Past and future, apart; in the future row `customers` are those who still pay at its end."""
    cells = asked.now.standing
    everyone = np.ones(len(cells.mrr), dtype=np.bool_)
    stay = cells.customers * asked.now.ahead(asked.model).stay
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
        some = asked.now.standing.segment == code
        yield {"segment": label, **_group(asked, some, past, facts.totals[place].customers)}


def cohorts(asked: Asked) -> Iterator[Row]:
    """By month of the first paid day."""
    triangle, observed = asked.facts.triangle, asked.facts.observed
    for month in np.unique(observed.cohort).tolist():
        past = float(triangle.revenue[triangle.cohort == month].sum())
        customers = int(observed.customers[observed.cohort == month].sum())
        some = asked.now.standing.cohort == month
        row = _group(asked, some, past, customers, with_fit=False)
        yield {"cohort": f"{month // 12:04d}-{month % 12 + 1:02d}", **row}


def _group(asked: Asked, some: Bools, past: float, customers: int, *, with_fit: bool = True) -> Row:
    """Past and future of some customers; `pltv` is that of all of them who ever came."""
    cells = asked.now.standing
    paying = int(cells.customers[some].sum())
    months = (cells.customers * asked.now.ahead(asked.model).months)[some].sum()
    ahead_of = _value(asked, some, with_fit=with_fit)
    so_far = past * asked.basis.margin
    return {
        "customers": customers,
        "customers_closing": paying,
        "mrr": float(cells.mrr[some].sum()),
        "past_value": so_far,
        "expected_months": float(months) / paying if paying else None,
        **ahead_of,
        **{
            f"pltv{end}": (so_far + float(ahead_of[f"value{end}"] or 0)) / customers
            for end in ("", "_low", "_high")
        },
    }


def _value(asked: Asked, some: Bools, *, with_fit: bool) -> Row:
    cells = asked.now.standing
    worth = asked.now.ahead(asked.model, asked.basis.discount).worth
    value = float((cells.mrr * worth)[some].sum()) * asked.basis.margin
    half = backtest.limits(asked.now, asked.model, asked.record, some, with_fit=with_fit)
    return {
        "value": value,
        "value_low": value * math.exp(-half),
        "value_high": value * math.exp(half),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Newcomer:
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
    whole = _mixed(list(kinds.values()))
    shown: list[tuple[str | None, _Newcomer]] = [(None, whole)]
    if len(names) > 1:
        shown += [(names[code], one) for code, one in kinds.items()]
    rows = [_new_row(asked, label, one) for label, one in shown]
    return rows, [one.paid * asked.basis.margin for _, one in shown]


def _newcomer(asked: Asked, one: Leaving, customers: int, mrr: float, square: float) -> _Newcomer:
    mean = mrr / customers
    variance = max(square / customers - mean**2, 0.0) / max(customers - 1, 1)
    horizon, model = asked.now.horizon, asked.model
    found = ahead(one, model, NOBODY, horizon, asked.basis.discount, new=True)
    return _Newcomer(
        customers=customers,
        mrr=mean,
        error=math.sqrt(variance),
        months=float(found.months[0]),
        worth=mean * float(found.worth[0]),
        fit=spread(one, model, NOBODY, np.ones(1), horizon, new=True),
        paid=mean * by_month(one, model, horizon),
    )


def _mixed(kinds: list[_Newcomer]) -> _Newcomer:
    """Return the average new customer of all kinds, each in its share."""
    count = sum(one.customers for one in kinds)
    shares = [one.customers / count for one in kinds]

    def mean(key: str) -> float:
        return float(sum(s * getattr(one, key) for s, one in zip(shares, kinds, strict=True)))

    worth = mean("worth")
    of_worth = [share * one.worth for share, one in zip(shares, kinds, strict=True)]
    fits = [part * one.fit for part, one in zip(of_worth, kinds, strict=True)]
    errors = [share * one.error for share, one in zip(shares, kinds, strict=True)]
    between = sum(s * (one.mrr - mean("mrr")) ** 2 for s, one in zip(shares, kinds, strict=True))
    return _Newcomer(
        customers=count,
        mrr=mean("mrr"),
        error=math.hypot(*errors, math.sqrt(between / count)),
        months=mean("months"),
        worth=worth,
        fit=math.hypot(*fits) / worth if worth > 0 else 0.0,
        paid=np.sum([s * one.paid for s, one in zip(shares, kinds, strict=True)], axis=0),
    )


def _new_row(asked: Asked, label: str | None, one: _Newcomer) -> Row:
    value = one.worth * asked.basis.margin
    noise = one.error / one.mrr if one.mrr > 0 else 0.0
    half = math.hypot(asked.record.half, Z_80 * noise, Z_80 * one.fit)
    return {
        "segment": label,
        "size": None,
        "customers": one.customers,
        "first_mrr": one.mrr,
        "first_mrr_low": one.mrr - Z_80 * one.error,
        "first_mrr_high": one.mrr + Z_80 * one.error,
        "expected_months": one.months,
        "value": value,
        "value_low": value * math.exp(-half),
        "value_high": value * math.exp(half),
    }


def models(now: Outlook) -> Iterator[Row]:
    """Return what was fitted to all that is known, by segment."""
    for label, one in zip(now.moment.facts.segments, now.leaving, strict=True):
        yield {
            "segment": label,
            "model": "mean-churn",
            "parameter": "churn",
            "value": one.monthly,
            "value_low": one.churn.low,
            "value_high": one.churn.high,
            "every": 1,
        }
        if one.fitted:
            for parameter in ("churn", "spread"):
                yield {
                    "segment": label,
                    "model": SBG,
                    "parameter": parameter,
                    "value": float(getattr(one.fitted, parameter)),
                    "log_likelihood": one.fitted.log_likelihood,
                    "every": one.every,
                }
