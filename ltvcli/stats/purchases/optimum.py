"""The result of a fit: parameters by name, in the caller's unit of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.language import N_
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.best_fit import Peak
from ltvcli.stats.purchases.record import Cells, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NOBODY_ORDERED_AGAIN = N_("no customer has ordered again")
SAME_RATE = N_("all active customers order at the same rate")
SAME_CHANCE = N_("customers are all equally likely to leave")
NOBODY_LEAVES = N_("no customer appears to churn")
FIRST_OR_NEVER = N_("some customers leave after their first order, the others never")

_STEP = 1e-6  # over which parameters are differentiated by coordinates


def refusal(model: str, cells: Cells) -> NotFitted | None:
    """Return why no model of purchases can be fitted to this record; None if one can."""
    if dot(cells.weight, cells.frequency) > 0:
        return None
    return NotFitted(model=model, because=NOBODY_ORDERED_AGAIN)


def rescaled_time(cells: Cells) -> tuple[Cells, float]:
    """Scale the record to the mean age as its unit of time, for searches; return that unit, too."""
    unit = dot(cells.age, cells.weight) / float(cells.weight.sum())
    return Cells(
        frequency=cells.frequency,
        recency=cells.recency / unit,
        age=cells.age / unit,
        weight=cells.weight,
    ), unit


def log_likelihood(peak: Peak, cells: Cells, unit: float) -> float:
    """Return the log-likelihood of all customers at a peak, in the caller's unit of time.

    Args:
        peak: end of the search.
        cells: the record, in the caller's unit of time.
        unit: of time in which the search ran, in the caller's unit.
    """
    orders = dot(cells.weight, cells.frequency)
    return float(peak.height * cells.weight.sum() - np.log(unit) * orders)


def optimum(
    peak: Peak,
    log_likelihood: float,
    parameters: Callable[[Floats], Mapping[str, float]],
    without: Mapping[str, tuple[str, ...]],
) -> Optimum:
    """Return parameters, standard errors and the limit of a fit.

    Args:
        peak: end of the search.
        log_likelihood: at the peak, of all customers in the caller's units.
        parameters: from coordinates to parameters by name, in the caller's units.
        without: for each limit the parameters that have no value there.
    """
    values = parameters(peak.at)
    met = [limit.says for limit in peak.limits]
    none = {name for says in met for name in without.get(says, ())}

    def logs(at: Floats) -> Floats:
        return np.log(list(parameters(at).values()))

    steps = _STEP * np.eye(len(peak.at))
    jacobian = np.array([logs(peak.at + step) - logs(peak.at - step) for step in steps]) / (
        2 * _STEP
    )
    spread = np.sqrt(np.diag(jacobian.T @ peak.covariance @ jacobian))
    return Optimum(
        parameters={name: None if name in none else value for name, value in values.items()},
        standard_errors={
            name: None if name in none else float(value * relative)
            for (name, value), relative in zip(values.items(), spread, strict=True)
        },
        log_likelihood=log_likelihood,
        gradient=float(np.abs(peak.slope).max()),
        # The last limit is the simplest model; how customers leave says more than how they order.
        limit=max(met, key=lambda says: (says != SAME_RATE, met.index(says)), default=None),
    )
