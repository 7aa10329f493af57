"""The ensemble: models weighted and corrected by their backtest.

Customers without, with one or two, and with more repeat purchases are treated separately: errors of
models differ between these groups, and persist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.predict.forecasts import GROUPS, Outlook, group_of
from ltvcli.stats.forecasts import credibility
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout

    Floats = NDArray[np.float64]

CALENDAR_VARIANCE = 0.05  # variance of totals that the calendar does not explain
_FIRST_YEAR = 0.5  # share of corrections used before a calendar exists, if cut-offs disagree
_OF_A_MODEL, _BY_CHANCE = 0.15, 0.1  # prior sd (log) of a model's own bias, of its period noise


class Combination(Struct, frozen=True, kw_only=True):
    """Weights and corrections of forecasts.

    weights: of each model, in each group of customers `(g,)`.
    factors: logs of the correction of each model `(g,)`.
    ladder: weight of the chain ladder in the total, and `ladder_factor` its log.
    calendar: share of the calendar's effect that is used, 0 to 1.
    """

    weights: Mapping[str, Floats]
    factors: Mapping[str, Floats]
    ladder: float = 0.0
    ladder_factor: float = 0.0
    calendar: float = 0.0


def single_model(name: str) -> Combination:
    """Return a mixture of a single forecast, without correction."""
    return Combination(weights={name: np.ones(GROUPS)}, factors={name: np.zeros(GROUPS)})


def combine(
    holdouts: Sequence[Holdout], names: Sequence[str], *, calendar_known: bool
) -> Combination:
    """Combine models `names` by their errors at earlier cut-offs, newest first.

    Args:
        holdouts: earlier cut-offs, newest first.
        names: of the models.
        calendar_known: whether season and trend can be estimated on the day of the forecast.

    The error that all models share at a cut-off is first explained by season and trend; the
    persistent remainder corrects every model. A model's specific persistent error in a group of
    customers corrects that model alone, and the error that remains determines its weight.
    """
    ago = np.array([holdout.ago for holdout in holdouts])
    errors, known = _errors(holdouts, names)  # (g, m, k)
    moved = np.array([holdout.outlook.calendar or 0.0 for holdout in holdouts])
    raw = _mean_error(holdouts, names)
    calendar = (
        float(np.clip(dot(moved, raw) / (dot(moved, moved) + CALENDAR_VARIANCE), 0, 1))
        if len(raw)
        else 0.0
    )
    common = raw - calendar * moved
    chance = (
        np.array([holdout.chance for holdout in holdouts]).reshape(len(holdouts), GROUPS).T
    )  # (g, k)
    errors = np.where(known, errors - raw, 0.0)
    shared = credibility.shrunken_bias(
        common, np.array([holdout.chance_of_total for holdout in holdouts]), ago
    ).lasting
    weights = np.zeros((GROUPS, len(names)))
    factors = np.zeros((GROUPS, len(names)))
    for group in range(GROUPS):
        left = np.zeros_like(errors[group])
        for place in range(len(names)):
            known_here = known[group, place]
            model_errors = errors[group, place]
            own_bias = _lasting(
                model_errors[known_here], chance[group][known_here], ago[known_here]
            )
            factors[group, place] = shared + own_bias
            left[place] = _without_each(model_errors, chance[group], ago, known_here)
        weights[group] = credibility.weights(left, known[group])
    combined = Combination(
        weights={name: weights[:, place] for place, name in enumerate(names)},
        factors={name: factors[:, place] for place, name in enumerate(names)},
        calendar=calendar,
    )
    if not calendar_known and not _have_one_sign(common):
        return _cautious(combined)
    return _with_ladder(combined, holdouts, ago, raw, shared)


def _have_one_sign(errors: Floats) -> bool:
    return bool((errors > 0).all() or (errors < 0).all())


def _cautious(combined: Combination) -> Combination:
    """Return half of each correction of orders, without the chain ladder.

    In the first 60 weeks, before season and trend can be distinguished, errors of both signs show
    the start of the shop and its season more than what lasts.
    """
    halves = {name: _FIRST_YEAR * factors for name, factors in combined.factors.items()}
    return replace(combined, factors=halves)


def orders(combination: Combination, outlook: Outlook) -> Floats:
    """Return the expected purchases of one customer of each record `(c,)`."""
    expected = _by_models(combination, outlook)
    total = dot(outlook.cells.weight, expected)
    if combination.ladder and outlook.ladder and total > 0:
        ladder = outlook.ladder * np.exp(combination.ladder_factor)
        expected = expected * (ladder / total) ** combination.ladder
    moved: Floats = expected * np.exp(combination.calendar * (outlook.calendar or 0.0))
    return moved


def _by_models(combination: Combination, outlook: Outlook) -> Floats:
    available = [name for name in combination.weights if name in outlook.orders]
    group = group_of(outlook.cells.frequency)
    weight = sum((combination.weights[name] for name in available), np.zeros(GROUPS))
    combined: Floats = sum(
        (
            (combination.weights[name] / weight * np.exp(combination.factors[name]))[group]
            * outlook.orders[name]
            for name in available
        ),
        np.zeros(len(group)),
    )
    return combined


def _with_ladder(
    combined: Combination, holdouts: Sequence[Holdout], ago: Floats, raw: Floats, shared: float
) -> Combination:
    """Weigh the chain ladder in the total, by its errors and those of the models."""
    where = np.array([bool(holdout.outlook.ladder) for holdout in holdouts], dtype=np.bool_)
    if not where.all() or not len(holdouts):
        return combined
    chance = np.array([holdout.chance_of_total for holdout in holdouts])
    ladder = np.array(
        [float(_log(holdout.total, holdout.outlook.ladder or 0)) for holdout in holdouts]
    )
    models = np.array(
        [
            _log(
                holdout.total,
                dot(holdout.outlook.cells.weight, _by_models(combined, holdout.outlook)),
            )
            for holdout in holdouts
        ]
    )
    left = np.stack([models + shared - raw, _without_each(ladder - raw, chance, ago, where)])
    weight = credibility.weights(left, np.ones(left.shape, dtype=np.bool_))
    return replace(
        combined,
        ladder=float(weight[1]),
        ladder_factor=shared + _lasting(ladder - raw, chance, ago),
    )


def _errors(holdouts: Sequence[Holdout], names: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return log errors `(g, m, k)` by group, model and cut-off, and where they are known."""
    errors = np.zeros((GROUPS, len(names), len(holdouts)))
    known = np.zeros(errors.shape, dtype=np.bool_)
    for at, holdout in enumerate(holdouts):
        for place, name in enumerate(names):
            if name in holdout.outlook.orders:
                errors[:, place, at] = _log(
                    holdout.by_group, holdout.sums(holdout.outlook.orders[name])
                )
                known[:, place, at] = True
    return errors, known


def _mean_error(holdouts: Sequence[Holdout], names: Sequence[str]) -> Floats:
    """Return the log error of the mean of the models in total, at each cut-off `(k,)`."""
    errors = []
    for holdout in holdouts:
        forecasts = [
            holdout.outlook.orders[name] for name in names if name in holdout.outlook.orders
        ]
        total = (
            dot(holdout.outlook.cells.weight, np.mean(forecasts, axis=0))
            if forecasts
            else holdout.total
        )
        errors.append(float(_log(holdout.total, total)))
    return np.array(errors)


def _lasting(errors: Floats, chance: Floats, ago: Floats) -> float:
    """Return the shrunken mean of a model's own error, after removing the common error."""
    return credibility.shrunken_bias(errors, chance, ago, _OF_A_MODEL, _BY_CHANCE).lasting


def _without_each(errors: Floats, chance: Floats, ago: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return each error after a correction by those of all other cut-offs `(k,)`."""
    left = errors.copy()
    for at in np.flatnonzero(known):
        rest = known.copy()
        rest[at] = False
        if rest.any():
            left[at] -= _lasting(errors[rest], chance[rest], ago[rest])
    return left


def log_error(actual: float, predicted: float) -> float:
    """Return the log error of a total; half an order on both sides keeps it finite."""
    return float(_log(actual, predicted))


def _log(actual: Floats | float, predicted: Floats | float) -> Floats:
    errors: Floats = np.log((np.asarray(actual) + 0.5) / (np.asarray(predicted) + 0.5))
    return errors
