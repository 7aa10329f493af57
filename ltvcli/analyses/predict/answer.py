"""The predicted value of customers, and its backtest: `ltv predict`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.predict import against_cac as costs_of
from ltvcli.analyses.predict import (
    backtest_tables,
    behaviour,
    customer_intervals,
    ensemble,
    forecast_columns,
    scenario,
    selection,
    signs,
    tables,
)
from ltvcli.analyses.predict import new_customer_sentences as worth_says
from ltvcli.analyses.predict import sentences as words
from ltvcli.analyses.predict.evidence import evidence_of
from ltvcli.analyses.predict.forecasts import PLAIN, Outlook
from ltvcli.analyses.predict.intervals import measured_uncertainty
from ltvcli.analyses.predict.measured import measure
from ltvcli.analyses.predict.new_customers import newcomers
from ltvcli.analyses.predict.priority_customers import outstanding
from ltvcli.analyses.predict.selection import AUTO
from ltvcli.errors import (
    HorizonPastPredictionError,
    TooFewToPredictError,
    TooShortToPredictError,
    UnknownNameError,
)
from ltvcli.facts import purchases as records_of
from ltvcli.language import N_
from ltvcli.results import Row, Sentence, Statement
from ltvcli.results.prediction import PredictEvidence
from ltvcli.settings.origins import override
from ltvcli.stats.forecasts import level_shift
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.units import DAYS_PER_MONTH, Months, Rate, monthly_from_yearly

if TYPE_CHECKING:
    from ltvcli.facts.early_behaviour import EarlyBehaviour
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.results.left_truncation import LeftTruncation
    from ltvcli.settings.assumptions import Assumptions

MODELS = (AUTO, "bg-nbd", "mbg-nbd", "pareto-nbd", "mbg-cnbd-2", *PLAIN)
"""Forecasts that can be requested."""
DEFAULT_HORIZON: Months = 12.0
LEAST_CUSTOMERS, LEAST_DAYS = 30, 56
FARTHEST = 1.5
"""Longest horizon, as a multiple of the length of the data."""
NO_RANGES = dict.fromkeys(("orders_low", "orders_high", "value_low", "value_high"), np.empty(0))


class Prediction(Struct, frozen=True, kw_only=True):
    """The answer: sentences, tables, and evidence for checks.

    `margin` and the discount factor `worth` turn predicted revenue into value.
    """

    horizon: Months
    basis: str
    margin: Rate
    worth: float
    says: tuple[Statement, ...]
    terms: tuple[Sentence, ...]
    tables: Mapping[str, tuple[Row, ...]]
    evidence: PredictEvidence


def answer(
    engine: Engine,
    facts: Facts,
    settings: Assumptions,
    model: str = AUTO,
    acquisition: Acquisition | None = None,
    *,
    each: bool = False,
    listed: bool = False,
    early: EarlyBehaviour | None = None,
    truncation: LeftTruncation | None = None,
) -> Prediction:
    """Predict the value of the customers known on the last day, with a backtest.

    It leaves in the engine the tables `standing`, one row per customer, and `forecast`, one row per
    record (frequency, span_step, silence_step): orders, value as flat + rate x revenue to date (0
    at least), none_within 90 days, alive.

    Args:
        engine: from which `facts` were gathered.
        facts: sums over orders.
        settings: horizon (12 months by default), margin, discount, cac, new_customers.
        model: one of MODELS.
        acquisition: CAC from spend, if spend was read; a given CAC comes first.
        each: whether the table `forecast` has intervals of single customers.
        listed: whether single customers are listed.
        early: what customers did in their first days; None without a log of events.
        truncation: first months of the data with customers who only seem new.

    Raises:
        UnansweredError: the data is not sufficient for a prediction.
        UnknownNameError: there is no such model.
    """
    if model not in MODELS:
        raise UnknownNameError(name=model, kind=N_("models"), known=", ".join(MODELS))
    horizon = settings.horizon or DEFAULT_HORIZON
    days = max(1, round(horizon * DAYS_PER_MONTH))
    history = (facts.as_of - facts.first).days + 1
    _refuse_little(facts, history, horizon, days)
    measured = measure(engine, facts, days)
    seen, holdouts, repeats = measured.seen, measured.holdouts, measured.repeats
    choice = selection.choose(holdouts, seen, model)
    orders = ensemble.orders(choice.combination, seen)
    too_many = signs.overstated(holdouts, choice.errors, calendar_known=seen.calendar is not None)
    shift = level_shift.find(*seen.tracked)
    uncertainty = measured_uncertainty(holdouts, choice.errors, history, days, repeats).widened(
        repeats,
        dot(seen.cells.weight, orders),
        signs.concentration(seen.cells),
        too_many,
        shift.change if shift else 0.0,
    )
    margin, basis = _margin(facts, settings)
    worth = _worth(seen, horizon, settings.discount or 0.0)
    columns = forecast_columns.columns(seen, choice, orders, seen.lift * margin * worth)
    ranges = customer_intervals.ranges(seen, orders, uncertainty) if each or listed else NO_RANGES
    record = None
    if early is not None:
        record, moments = behaviour.judged(engine, facts, early, holdouts, choice, days)
        if record.used:
            behaviour.adjust(engine, early, moments, measured.standing, columns, seen)
    sums = records_of.forecast(engine, measured.standing, {**columns, **ranges})
    kinds = tuple(newcomers(measured.firsts, seen, uncertainty, measured.share))
    of_new = uncertainty.degrees_of(kinds[0].deviation) if kinds else 1
    costs = costs_of.Costs(settings.cac, acquisition)
    segments = tables.segments(sums, facts.segments, uncertainty, margin, worth)
    cohorts = tables.cohorts(sums, uncertainty, margin, worth)
    new = tables.new(kinds, facts.segments, uncertainty, margin, worth)
    totals = tables.totals(sums, uncertainty, margin, worth)
    of_new_customers = scenario.of(
        engine,
        facts,
        override(settings, horizon=horizon),
        next(iter(kinds), None),
        totals[1],
        seen,
        uncertainty,
        margin,
        worth,
        truncation,
    )
    rows: dict[str, tuple[Row, ...]] = {
        "totals": totals,
        **({"scenario": of_new_customers.rows} if of_new_customers else {}),
        "backtest": tuple(backtest_tables.backtest(holdouts, choice, history, repeats)),
        "deciles": tuple(backtest_tables.deciles(holdouts, choice, seen, orders, history)),
        "segments": tuple(costs_of.groups(segments, "segment", costs)),
        "cohorts": tuple(costs_of.groups(cohorts, "cohort", costs)),
        "new": tuple(costs_of.new(new, costs, seen, horizon, margin, worth)),
        "models": tuple(tables.models(seen)),
        **(outstanding(engine, margin) if listed else {}),
        **({"acquisition": acquisition.by_month} if acquisition else {}),
        **({"behaviour": (tables.behaviour(record),)} if record else {}),
    }
    evidence = replace(
        evidence_of(
            facts, holdouts, choice, seen, uncertainty, measured.past, history, days, orders
        ),
        retention_cost=settings.retention_cost,
        returned=round(float(seen.cells.weight[seen.cells.frequency > 0].sum())),
        carriers=signs.carriers(seen.cells),
        overstated=too_many,
        reissued_ids=measured.reissued_ids,
        changed=math.expm1(shift.change) if shift else 0.0,
        changed_since=facts.as_of - timedelta(weeks=shift.weeks) if shift else None,
    )
    return Prediction(
        horizon=horizon,
        basis=basis,
        margin=margin,
        worth=worth,
        says=(
            *words.statements(rows, evidence, facts, horizon, basis),
            *((words.of_behaviour(record),) if record else ()),
            *(worth_says.of_scenario(of_new_customers, horizon, basis) if of_new_customers else ()),
            *worth_says.statements(rows["new"], horizon, basis, of_new),
        ),
        terms=(
            *words.terms(horizon, settings.discount, basis),
            *(worth_says.ASSUMED if of_new_customers else ()),
        ),
        tables=rows,
        evidence=evidence,
    )


def _refuse_little(facts: Facts, history: int, horizon: Months, days: int) -> None:
    if facts.customers < LEAST_CUSTOMERS:
        raise TooFewToPredictError(customers=facts.customers, enough=LEAST_CUSTOMERS)
    if history < LEAST_DAYS:
        raise TooShortToPredictError(days=history, enough=LEAST_DAYS)
    if days > FARTHEST * history:
        months = history / DAYS_PER_MONTH
        raise HorizonPastPredictionError(
            asked=round(horizon, 1), seen=round(months, 1), longest=int(FARTHEST * months)
        )


def _margin(facts: Facts, settings: Assumptions) -> tuple[Rate, str]:
    """Return the margin, given or measured from costs, else 1, and the basis of values."""
    if settings.margin is not None:
        return settings.margin, "margin"
    costed = float(facts.triangle.costed_revenue.sum())
    if costed > 0:
        return 1 - float(facts.triangle.cost.sum()) / costed, "margin"
    return 1.0, "revenue"


def _worth(seen: Outlook, horizon: Months, discount: Rate) -> float:
    """Return the discount factor of predicted revenue: each month's at its middle."""
    if not discount:
        return 1.0
    steps = max(1, math.ceil(horizon))
    ends = np.minimum(np.arange(steps + 1), horizon)
    reached = np.interp(ends / horizon, np.linspace(0, 1, len(seen.arrives)), seen.arrives)
    middle = (ends[1:] + ends[:-1]) / 2
    return dot(np.diff(reached), (1 + monthly_from_yearly(discount)) ** -middle)
