"""Which forecast is used: the mixture, one that was asked for, or a plain one that beats them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict import ensemble
from ltvcli.analyses.predict.ensemble import Mixture
from ltvcli.analyses.predict.forecasts import HIATUS, LADDER, OWN_RATE, PLAIN, ZERO
from ltvcli.analyses.predict.models import EARNS_ITS_PLACE
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Trial

    Floats = NDArray[np.float64]

AUTO = "auto"
_CLEARLY = 0.9  # of the error of the models that a plain forecast must stay below


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The forecast that is used, and the record that chose it.

    name: "auto" for the mixture.
    mixture: made of all cut-offs; `replayed` of all but one, for each cut-off.
    errors: of the forecast at each cut-off `(k,)`, logs.
    missed: typical error of the total, as a share, by forecast; None where it was not tested.
    baseline: best naive forecast (the chain ladder is excluded: it is part of the ensemble).
    models_win: whether the models beat it; None without a backtest.
    """

    name: str
    mixture: Mixture
    replayed: tuple[Mixture, ...]
    errors: Floats
    missed: Mapping[str, float | None]
    baseline: str
    models_win: bool | None


def choose(trials: Sequence[Trial], names: Sequence[str], asked: str) -> Choice:
    """Choose by the record.

    Args:
        trials: earlier cut-offs, newest first.
        names: models that could be fitted to all that is known today.
        asked: "auto", or the one forecast to use.
    """
    fitted, names = names, tuple(name for name in names if _earned(trials, name))
    replayed = tuple(
        ensemble.learn([one for one in trials if one is not trial], names) for trial in trials
    )
    mixed = [
        ensemble.orders(one, trial.outlook) for one, trial in zip(replayed, trials, strict=True)
    ]
    found = {AUTO: _typical(trials, mixed)} if names else {}
    each = [name for name in dict.fromkeys([*fitted, *PLAIN]) if name != ZERO]
    found |= {
        name: _typical(trials, [trial.outlook.orders.get(name) for trial in trials])
        for name in each
    }
    rules = (HIATUS, OWN_RATE) if names else (HIATUS, OWN_RATE, LADDER)
    plain = min(rules, key=lambda name: found[name] or (math.inf, math.inf))
    models_win = _models_win(found.get(AUTO), found[plain]) if trials else None
    name = asked
    if asked == AUTO and (not names or models_win is False):
        name = plain
    if name == AUTO:
        mixture = ensemble.learn(trials, names)
    else:
        mixture = ensemble.alone(name)
        replayed = (mixture,) * len(trials)
        mixed = [ensemble.orders(mixture, trial.outlook) for trial in trials]
    return Choice(
        name=name,
        mixture=mixture,
        replayed=replayed,
        errors=np.array(_errors(trials, mixed)),
        missed={key: math.expm1(one[0]) if one else None for key, one in found.items()},
        baseline=plain,
        models_win=models_win,
    )


def _earned(trials: Sequence[Trial], name: str) -> bool:
    """Whether a model did better than the simpler one it extends, in total and by customer."""
    simpler = EARNS_ITS_PLACE.get(name)
    if simpler is None:
        return True
    found, other = (
        _typical(trials, [trial.outlook.orders.get(each) for trial in trials])
        for each in (name, simpler)
    )
    return bool(found and other and found[0] < other[0] and found[1] < other[1])


def _typical(
    trials: Sequence[Trial], orders: Sequence[Floats | None]
) -> tuple[float, float] | None:
    """Root mean square of the log errors of the total, and mean error of customers."""
    there = [(trial, one) for trial, one in zip(trials, orders, strict=True) if one is not None]
    if not there:
        return None
    errors = _errors([trial for trial, _ in there], [one for _, one in there])
    away = [trial.rmse(one) for trial, one in there]
    return math.sqrt(float(np.mean(np.square(errors)))), float(np.mean(away))


def _errors(trials: Sequence[Trial], orders: Sequence[Floats]) -> list[float]:
    return [
        ensemble.log_error(trial.total, dot(trial.outlook.cells.weight, one))
        for trial, one in zip(trials, orders, strict=True)
    ]


def _models_win(models: tuple[float, float] | None, plain: tuple[float, float] | None) -> bool:
    """Return false only where a naive forecast is clearly better in total and by customer."""
    if models is None or plain is None:
        return models is not None
    return not (plain[0] < _CLEARLY * models[0] and plain[1] < models[1])
