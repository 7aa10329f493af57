"""Evidence for the checks of a prediction."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict.backtest import Holdout
from ltvcli.analyses.predict.forecasts import LADDER, Outlook
from ltvcli.analyses.predict.intervals import Uncertainty
from ltvcli.analyses.predict.selection import Choice
from ltvcli.results.prediction import PredictEvidence
from ltvcli.stats.numerics.normal import Z_80
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Facts
    from ltvcli.facts.purchases import Weeks

    Floats = NDArray[np.float64]


def evidence_of(
    facts: Facts,
    holdouts: tuple[Holdout, ...],
    choice: Choice,
    seen: Outlook,
    uncertainty: Uncertainty,
    past: Weeks,
    history: int,
    days: int,
    orders: Floats,
) -> PredictEvidence:
    """Return the evidence for the checks of a prediction.

    Args:
        facts: sums over orders.
        holdouts: backtests, the latest first.
        choice: the ensemble that was chosen.
        seen: the record of purchases, and every forecast of it.
        uncertainty: of the orders of all customers.
        past: weekly purchases.
        history: length of the data, in days.
        days: of the horizon.
        orders: those of the ensemble, shape `(c,)`.
    """
    combination = choice.combination
    models = {
        name: float(model.mean()) * (1 - combination.ladder)
        for name, model in combination.weights.items()
    }
    if combination.ladder:
        models[LADDER] = combination.ladder
    total = dot(seen.cells.weight, orders)
    low, high = uncertainty.limits(total, uncertainty.of_orders(total))
    return PredictEvidence(
        history_days=history,
        horizon_days=days,
        tested_days=holdouts[0].known.days if holdouts else 0,
        customers=facts.customers,
        repeats=round(dot(seen.cells.weight, seen.cells.frequency)),
        cutoffs=tuple(holdout.outlook.day for holdout in holdouts),
        chosen=choice.name,
        weights=models,
        missed=choice.missed,
        baseline=choice.baseline,
        models_win=choice.models_win,
        unfitted={name: model.because for name, model in seen.failed.items()},
        limits={
            name: model.optimum.limit for name, model in seen.fits.items() if model.optimum.limit
        },
        own_money=seen.spending.because,
        calendar=None if seen.calendar is None else combination.calendar,
        first_weeks=len(np.unique(past.first_week[past.customers > 0])),
        half_width=(high - low) / 2 / total if total else 0.0,
        calendar_half_width=math.expm1(Z_80 * uncertainty.stated),
        tested_share=past.share,
    )
