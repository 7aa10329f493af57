"""Selection of the forecast: the ensemble, a requested one, or a naive one that beats them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict import ensemble
from ltvcli.analyses.predict.ensemble import Combination
from ltvcli.analyses.predict.forecasts import HIATUS, LADDER, OWN_RATE, PLAIN, ZERO
from ltvcli.analyses.predict.models import EARNS_ITS_PLACE
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout
    from ltvcli.analyses.predict.forecasts import Outlook

    Floats = NDArray[np.float64]

AUTO = "auto"
_CLEARLY = 0.9  # share of the error of the models below which a naive forecast wins


class Choice(Struct, frozen=True, kw_only=True):
    """The selected forecast, and the backtest by which it was selected.

    name: "auto" for the ensemble.
    combination: from all cut-offs; `replayed` from all but one, for each cut-off.
    errors: logs of the forecast's errors at each cut-off `(k,)`.
    missed: typical error of the total, as a share, by forecast; None where it was not tested.
    baseline: best naive forecast (the chain ladder is excluded: it is part of the ensemble).
    models_win: whether the models beat it; None without a backtest.
    """

    name: str
    combination: Combination
    replayed: tuple[Combination, ...]
    errors: Floats
    missed: Mapping[str, float | None]
    baseline: str
    models_win: bool | None


def choose(holdouts: Sequence[Holdout], seen: Outlook, asked: str) -> Choice:
    """Choose the forecast by the backtest.

    Args:
        holdouts: earlier cut-offs, newest first.
        seen: forecasts of today, by the models that could be fitted to all data.
        asked: "auto", or the one forecast to use.
    """
    fitted = tuple(seen.fits)
    names = tuple(name for name in fitted if _earned(holdouts, name))
    replayed = tuple(
        ensemble.combine(
            [earlier for earlier in holdouts if earlier is not holdout],
            names,
            calendar_known=holdout.outlook.calendar is not None,
        )
        for holdout in holdouts
    )
    combined = [
        ensemble.orders(earlier, holdout.outlook)
        for earlier, holdout in zip(replayed, holdouts, strict=True)
    ]
    records = {AUTO: _typical(holdouts, combined)} if names else {}
    each = [name for name in dict.fromkeys([*fitted, *PLAIN]) if name != ZERO]
    records |= {
        name: _typical(holdouts, [holdout.outlook.orders.get(name) for holdout in holdouts])
        for name in each
    }
    rules = (HIATUS, OWN_RATE) if names else (HIATUS, OWN_RATE, LADDER)
    plain = min(rules, key=lambda name: records[name] or (math.inf, math.inf))
    models_win = _models_win(records.get(AUTO), records[plain]) if holdouts else None
    name = asked
    if asked == AUTO and (not names or models_win is False):
        name = plain
    if name == AUTO:
        combination = ensemble.combine(holdouts, names, calendar_known=seen.calendar is not None)
    else:
        combination = ensemble.single_model(name)
        replayed = (combination,) * len(holdouts)
        combined = [ensemble.orders(combination, holdout.outlook) for holdout in holdouts]
    return Choice(
        name=name,
        combination=combination,
        replayed=replayed,
        errors=np.array(_errors(holdouts, combined)),
        missed={
            key: math.expm1(earlier[0]) if earlier else None for key, earlier in records.items()
        },
        baseline=plain,
        models_win=models_win,
    )


def _earned(holdouts: Sequence[Holdout], name: str) -> bool:
    """Return whether a model beats the simpler one it extends, in total and by customer."""
    simpler = EARNS_ITS_PLACE.get(name)
    if simpler is None:
        return True
    record, simpler_record = (
        _typical(holdouts, [holdout.outlook.orders.get(each) for holdout in holdouts])
        for each in (name, simpler)
    )
    return bool(
        record
        and simpler_record
        and record[0] < simpler_record[0]
        and record[1] < simpler_record[1]
    )


def _typical(
    holdouts: Sequence[Holdout], orders: Sequence[Floats | None]
) -> tuple[float, float] | None:
    """Return the RMS log error of the total, and the mean error of customers."""
    tested = [
        (holdout, forecast)
        for holdout, forecast in zip(holdouts, orders, strict=True)
        if forecast is not None
    ]
    if not tested:
        return None
    errors = _errors([holdout for holdout, _ in tested], [forecast for _, forecast in tested])
    customer_errors = [holdout.rmse(forecast) for holdout, forecast in tested]
    return math.sqrt(float(np.mean(np.square(errors)))), float(np.mean(customer_errors))


def _errors(holdouts: Sequence[Holdout], orders: Sequence[Floats]) -> list[float]:
    return [
        ensemble.log_error(holdout.total, dot(holdout.outlook.cells.weight, forecast))
        for holdout, forecast in zip(holdouts, orders, strict=True)
    ]


def _models_win(models: tuple[float, float] | None, plain: tuple[float, float] | None) -> bool:
    """Return false only if a naive forecast is clearly better in total and by customer."""
    if models is None or plain is None:
        return models is not None
    return not (plain[0] < _CLEARLY * models[0] and plain[1] < models[1])
