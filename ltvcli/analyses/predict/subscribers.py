"""Forecast of subscription payments, with a backtest: `ltv predict`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict import against_cac as costs_of
from ltvcli.analyses.predict import retention_backtest as backtest
from ltvcli.analyses.predict import subscriber_sentences as words
from ltvcli.analyses.predict import subscriber_tables as tables
from ltvcli.analyses.predict.answer import DEFAULT_HORIZON, FARTHEST, Prediction
from ltvcli.analyses.predict.retention_backtest import Outlook, Record
from ltvcli.analyses.predict.retention_forecasts import MEAN_CHURN, MODELS, NO_CHURN, SBG, leaving
from ltvcli.analyses.valuation.given import refuse_what_takes_orders
from ltvcli.errors import (
    HorizonPastPredictionError,
    NobodyPaidError,
    NobodyPaysError,
    TooFewMonthsToPredictError,
    TooFewToPredictError,
    UndatedForecastError,
    UnknownNameError,
)
from ltvcli.facts import standing
from ltvcli.language import N_
from ltvcli.results.prediction import PredictEvidence
from ltvcli.units import DAYS_PER_MONTH, Months, monthly_from_yearly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results import Row
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.settings.assumptions import Assumptions

    Floats = NDArray[np.float64]

AUTO = "auto"
LEAST_CUSTOMERS = 30
LEAST_MONTHS = 3


def answer(
    engine: Engine,
    facts: Subscriptions,
    settings: Assumptions,
    model: str = AUTO,
    acquisition: Acquisition | None = None,
    every: Mapping[str, int] | None = None,
) -> Prediction:
    """Forecast payments of the customers who pay on the last day, and backtest the forecast.

    Leaves the table `customers` of the engine as of the last day.

    Args:
        engine: what `facts` were gathered from.
        facts: sums over subscriptions, by segment.
        settings: horizon (12 months by default), margin, discount, cac.
        model: "auto", or one of the forecasts.
        acquisition: what customers cost, if spend was read; a given CAC beats it.
        every: months from one renewal to the next, by the name of a segment.

    Raises:
        UnansweredError: the data cannot carry a prediction.
        UsageError: there is no such model, or an option means nothing for subscriptions.
    """
    if model not in (AUTO, *MODELS):
        known = ", ".join((AUTO, *MODELS))
        raise UnknownNameError(name=model, kind=N_("models"), known=known)
    refuse_what_takes_orders(settings)
    horizon = settings.horizon or DEFAULT_HORIZON
    history = _history(facts, horizon)
    rhythm = every or {}
    holdouts = backtest.holdouts(engine, facts, horizon, rhythm)
    moment = standing.at(engine, facts.as_of, facts.as_of, facts.billed, facts.dated)
    if not moment.standing.customers.sum():
        raise NobodyPaysError(as_of=facts.as_of.isoformat())
    now = Outlook(moment=moment, leaving=leaving(moment, rhythm), horizon=horizon)
    chosen = backtest.choose(holdouts, now, model)
    tested = holdouts[0].horizon if holdouts else 0.0
    kept = backtest.record(backtest.errors(holdouts, chosen), tested, horizon)
    basis = tables.Basis(
        margin=1.0 if settings.margin is None else settings.margin,
        name="revenue" if settings.margin is None else "margin",
        discount=monthly_from_yearly(settings.discount or 0.0),
    )
    costs = costs_of.Costs(settings.cac, acquisition)
    asked = tables.Asked(now=now, facts=facts, model=chosen, record=kept, basis=basis)
    new, paid = tables.new(asked)
    rows_by_table: dict[str, tuple[Row, ...]] = {
        "totals": tables.totals(asked),
        "backtest": tuple(backtest.rows(holdouts, chosen)),
        "segments": tuple(costs_of.groups(tables.segments(asked), "segment", costs)),
        "cohorts": tuple(costs_of.groups(tables.cohorts(asked), "cohort", costs)),
        "new": tuple(costs_of.new_subscribers(new, paid, costs)),
        "models": tuple(tables.models(now)),
        **({"acquisition": acquisition.by_month} if acquisition else {}),
    }
    evidence = _evidence(facts, holdouts, now, chosen, kept, history, settings, rows_by_table)
    return Prediction(
        horizon=horizon,
        basis=basis.name,
        margin=basis.margin,
        worth=1.0,
        says=words.statements(
            rows_by_table, evidence, facts.as_of, horizon, basis.name, kept.degrees
        ),
        terms=words.terms(horizon, settings.discount, basis.name),
        tables=rows_by_table,
        evidence=evidence,
    )


def _history(facts: Subscriptions, horizon: Months) -> int:
    """Return the days of data, if they can carry a forecast.

    Raises:
        UnansweredError: they cannot.
    """
    if not facts.customers:
        raise NobodyPaidError(as_of=facts.as_of.isoformat())
    if not facts.dated:
        raise UndatedForecastError
    if facts.customers < LEAST_CUSTOMERS:
        raise TooFewToPredictError(customers=facts.customers, enough=LEAST_CUSTOMERS)
    days = (facts.as_of - (facts.first or facts.as_of)).days + 1
    months = days / DAYS_PER_MONTH
    if months < LEAST_MONTHS:
        raise TooFewMonthsToPredictError(months=round(months, 1), enough=LEAST_MONTHS)
    if horizon > FARTHEST * months:
        raise HorizonPastPredictionError(
            asked=round(horizon, 1), seen=round(months, 1), longest=int(FARTHEST * months)
        )
    return days


def _evidence(
    facts: Subscriptions,
    holdouts: Sequence[Outlook],
    now: Outlook,
    chosen: str,
    kept: Record,
    history: int,
    settings: Assumptions,
    rows_by_table: Mapping[str, tuple[Row, ...]],
) -> PredictEvidence:
    missed: dict[str, float | None] = {
        name: _typical(backtest.errors(holdouts, name)) if holdouts else None
        for name in (*MODELS, NO_CHURN)
    }
    model, plain = missed[SBG], missed[MEAN_CHURN]
    fitted = any(fit.fitted for fit in now.leaving)
    wins = model < plain if fitted and model is not None and plain is not None else None
    future = rows_by_table["totals"][1]
    value, high = float(future["value"] or 0), float(future["value_high"] or 0)
    unfitted = next((fit.unfitted for fit in now.leaving if fit.unfitted), "")
    ended = facts.renewed.ended
    return PredictEvidence(
        history_days=history,
        horizon_days=round(now.horizon * DAYS_PER_MONTH),
        tested_days=round(holdouts[0].horizon * DAYS_PER_MONTH) if holdouts else 0,
        customers=facts.customers,
        repeats=0,
        cutoffs=tuple(outlook.moment.as_of for outlook in holdouts),
        chosen=chosen,
        weights={chosen: 1.0},
        missed=missed,
        baseline=MEAN_CHURN,
        models_win=wins,
        unfitted={} if fitted else {SBG: unfitted},
        limits={},
        own_money="",
        calendar=None,
        first_weeks=4 * len(np.unique(facts.observed.cohort)),
        half_width=high / value - 1 if value else math.expm1(kept.half),
        calendar_half_width=backtest.ASSUMED_ERROR,
        retention_cost=settings.retention_cost,
        leavers=int(facts.renewed.customers[ended].sum()),
        paying=int(now.standing.customers.sum()),
        leaving=facts.leaving,
    )


def _typical(errors: Floats) -> float:
    """Return the root mean square of errors, as a share of what was paid."""
    return float(np.sqrt((np.expm1(-errors) ** 2).mean()))
