"""One forecast of all: models mixed by their record, and put right by it.

Customers who bought once, who came back once or twice and who did so more often are told apart,
because what models get wrong of the ones is seldom what they get wrong of the others; and it lasts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict.forecasts import GROUPS, Outlook, group_of
from ltvcli.stats.forecasts import credibility
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Trial

    Floats = NDArray[np.float64]

CALENDAR_DOUBT = 0.05  # variance of what else moves the totals that the calendar is held against
_OF_A_MODEL, _BY_CHANCE = 0.15, 0.1  # prior sd (log) of a model's own bias, of its period noise
_MONEY = 0.05  # what purchases bring is steadier than how many there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """How forecasts are put together.

    weights: of each model, in each group of customers `(g,)`.
    factors: logs, by which each model is put right `(g,)`.
    ladder: weight of the chain ladder in the total, and `ladder_factor` its log.
    calendar: part of the calendar's effect that is used, 0 to 1.
    paid: log, by which the money of a purchase is put right.
    """

    weights: Mapping[str, Floats]
    factors: Mapping[str, Floats]
    ladder: float = 0.0
    ladder_factor: float = 0.0
    calendar: float = 0.0
    paid: float = 0.0


def alone(name: str) -> Mixture:
    """One forecast as it is."""
    return Mixture(weights={name: np.ones(GROUPS)}, factors={name: np.zeros(GROUPS)})


def learn(trials: Sequence[Trial], names: Sequence[str]) -> Mixture:
    """Combine models `names` by their errors at earlier cut-offs, newest first.

    The error that all models share at a cut-off is first explained by season and trend; the
    persistent rest corrects every model. A model's own persistent error in a group of customers
    corrects that model alone, and the error that remains sets its weight.
    """
    ago = np.array([trial.ago for trial in trials])
    errors, known = _errors(trials, names)  # (g, m, k)
    moved = np.array([trial.outlook.calendar or 0.0 for trial in trials])
    raw = _mean_error(trials, names)
    calendar = (
        float(np.clip(dot(moved, raw) / (dot(moved, moved) + CALENDAR_DOUBT), 0, 1))
        if len(raw)
        else 0.0
    )
    common = raw - calendar * moved
    chance = np.array([trial.chance for trial in trials]).reshape(len(trials), GROUPS).T  # (g, k)
    errors = np.where(known, errors - raw, 0.0)
    shared = credibility.learnt(
        common, np.array([trial.chance_of_total for trial in trials]), ago
    ).lasting
    weights = np.zeros((GROUPS, len(names)))
    factors = np.zeros((GROUPS, len(names)))
    for group in range(GROUPS):
        left = np.zeros_like(errors[group])
        for place in range(len(names)):
            there = known[group, place]
            one = errors[group, place]
            own = _lasting(one[there], chance[group][there], ago[there])
            factors[group, place] = shared + own
            left[place] = _without_each(one, chance[group], ago, there)
        weights[group] = credibility.weights(left, known[group])
    mixed = Mixture(
        weights={name: weights[:, place] for place, name in enumerate(names)},
        factors={name: factors[:, place] for place, name in enumerate(names)},
        calendar=calendar,
        paid=credibility.learnt(
            np.array([trial.paid_error for trial in trials]),
            np.array([trial.paid_chance for trial in trials]),
            ago,
            of_its_time=_MONEY,
        ).lasting,
    )
    return _with_ladder(mixed, trials, ago, raw, shared)


def orders(mixture: Mixture, outlook: Outlook) -> Floats:
    """Purchases expected of one customer of each record `(c,)`."""
    found = _by_models(mixture, outlook)
    total = dot(outlook.cells.weight, found)
    if mixture.ladder and outlook.ladder and total > 0:
        ladder = outlook.ladder * np.exp(mixture.ladder_factor)
        found = found * (ladder / total) ** mixture.ladder
    moved: Floats = found * np.exp(mixture.calendar * (outlook.calendar or 0.0))
    return moved


def _by_models(mixture: Mixture, outlook: Outlook) -> Floats:
    there = [name for name in mixture.weights if name in outlook.orders]
    group = group_of(outlook.cells.frequency)
    weight = sum((mixture.weights[name] for name in there), np.zeros(GROUPS))
    found: Floats = sum(
        (
            (mixture.weights[name] / weight * np.exp(mixture.factors[name]))[group]
            * outlook.orders[name]
            for name in there
        ),
        np.zeros(len(group)),
    )
    return found


def _with_ladder(
    mixed: Mixture, trials: Sequence[Trial], ago: Floats, raw: Floats, shared: float
) -> Mixture:
    """Weight the chain ladder in the total by its errors against those of the models."""
    where = np.array([bool(trial.outlook.ladder) for trial in trials], dtype=np.bool_)
    if not where.all() or not len(trials):
        return mixed
    chance = np.array([trial.chance_of_total for trial in trials])
    ladder = np.array([float(_log(trial.total, trial.outlook.ladder or 0)) for trial in trials])
    models = np.array(
        [
            _log(trial.total, dot(trial.outlook.cells.weight, _by_models(mixed, trial.outlook)))
            for trial in trials
        ]
    )
    left = np.stack([models + shared - raw, _without_each(ladder - raw, chance, ago, where)])
    weight = credibility.weights(left, np.ones(left.shape, dtype=np.bool_))
    return replace(
        mixed,
        ladder=float(weight[1]),
        ladder_factor=shared + _lasting(ladder - raw, chance, ago),
    )


def _errors(trials: Sequence[Trial], names: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
    """Log errors `(g, m, k)` by group, model and cut-off, and where there is one."""
    errors = np.zeros((GROUPS, len(names), len(trials)))
    known = np.zeros(errors.shape, dtype=np.bool_)
    for at, trial in enumerate(trials):
        for place, name in enumerate(names):
            if name in trial.outlook.orders:
                errors[:, place, at] = _log(trial.by_group, trial.sums(trial.outlook.orders[name]))
                known[:, place, at] = True
    return errors, known


def _mean_error(trials: Sequence[Trial], names: Sequence[str]) -> Floats:
    """Log error of the total of the mean of the models, at each cut-off `(k,)`."""
    found = []
    for trial in trials:
        there = [trial.outlook.orders[name] for name in names if name in trial.outlook.orders]
        total = dot(trial.outlook.cells.weight, np.mean(there, axis=0)) if there else trial.total
        found.append(float(_log(trial.total, total)))
    return np.array(found)


def _lasting(errors: Floats, chance: Floats, ago: Floats) -> float:
    """Return the shrunken mean of a model's own error, after removing the common error."""
    return credibility.learnt(errors, chance, ago, _OF_A_MODEL, _BY_CHANCE).lasting


def _without_each(errors: Floats, chance: Floats, ago: Floats, there: NDArray[np.bool_]) -> Floats:
    """Return what is left of each error after correction by the others `(k,)`."""
    left = errors.copy()
    for at in np.flatnonzero(there):
        others = there.copy()
        others[at] = False
        if others.any():
            left[at] -= _lasting(errors[others], chance[others], ago[others])
    return left


def log_error(actual: float, predicted: float) -> float:
    """Error of a total, as a log; half an order on both sides keeps it finite."""
    return float(_log(actual, predicted))


def _log(actual: Floats | float, predicted: Floats | float) -> Floats:
    found: Floats = np.log((np.asarray(actual) + 0.5) / (np.asarray(predicted) + 0.5))
    return found
