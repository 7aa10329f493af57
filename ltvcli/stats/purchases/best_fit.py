"""The best fit of a model of purchases, or of a simpler model that fits as well.

Parameters are sought in coordinates without bounds, each a logarithm or log-odds. Every simpler
model (nobody leaves, all customers alike, ...) lies at the far end of one coordinate, where the
likelihood levels off and a search would stop at an arbitrary large number. So where a coordinate
is hardly determined, the simpler models are fitted too, and the result is the simplest model that
fits as well as the best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct

from ltvcli.stats.numerics.newton import SETTLED, WIDEST, higher, uphill

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Objective = Callable[["Floats"], "tuple[float, Floats, Floats]"]
"""A function of coordinates `(k,)`: height, slope `(k,)` and curvature `(k, k)` there."""

DISTINGUISHABLE = 0.01  # log-likelihood in total by which a model must beat a simpler one
_FLAT = 1.0  # standard error of a coordinate from which its limits are tested
_HALVINGS = 30
_NOTHING = 1e-16  # gain in height at which the slope is level, too
_PART = 0.1  # least share of an eigenvector for its coordinates to count
_ALIKE = 0.05  # log-likelihood by which two maxima on the same ridge may differ
_HOPELESS = 10.0  # log-likelihood below the best from which a maximum is ignored
MOST_EVALUATIONS = 2_000
"""Evaluations of the likelihood that one search may take; usual records take 30 to 250."""


class Limit(Struct, frozen=True):
    """A nested model: coordinates held at their limit, and marked text that names the model.

    The first coordinate of `holds` is the parameter whose limit gives the nested model.
    """

    says: str
    holds: Mapping[int, float]

    @property
    def index(self) -> int:
        """The coordinate whose limit gives the model."""
        return next(iter(self.holds))


class Peak(Struct, frozen=True, kw_only=True):
    """The end of a climb: coordinates `(k,)`, with those of `limits` held.

    height: mean log-likelihood per customer; slope: its slope `(k,)`, 0 where held.
    information: how fast the log-likelihood of all customers falls in every direction that is not
        held, `(free, free)`.
    settled: whether it is a peak, not a ridge or a slope.
    """

    at: Floats
    height: float
    slope: Floats
    information: Floats
    settled: bool
    limits: tuple[Limit, ...] = ()

    @property
    def free(self) -> list[int]:
        """Coordinates that are not held."""
        return [index for index in range(len(self.at)) if index not in held_parameters(self.limits)]

    @property
    def covariance(self) -> Floats:
        """Covariance of the coordinates `(k, k)`; 0 where they are held."""
        covariance = np.zeros((len(self.at), len(self.at)))
        covariance[np.ix_(self.free, self.free)] = np.linalg.inv(self.information)
        return covariance

    def undetermined(self) -> set[int]:
        """Return coordinates that can move by more than _FLAT while the height hardly falls."""
        bends, axes = np.linalg.eigh(self.information)
        loose = np.abs(axes[:, bends < _FLAT**-2]).max(axis=1, initial=0.0) > _PART
        return {index for index, moves in zip(self.free, loose, strict=True) if moves}


class _BudgetSpentError(Exception):
    """A search has evaluated the likelihood as often as it may."""


class _Budget:
    """Counts evaluations of objectives, and stops a search that takes too many."""

    def __init__(self, evaluations: int) -> None:
        self.left = evaluations

    def limit(self, objective: Objective) -> Objective:
        """Return `objective` with every evaluation counted."""

        def counted(at: Floats) -> tuple[float, Floats, Floats]:
            self.left -= 1
            if self.left < 0:
                raise _BudgetSpentError
            return objective(at)

        return counted


class Levels(NamedTuple):
    """The mean log-likelihood per customer, as functions of the coordinates.

    They cover summaries of a record, each more detailed than the one before, and all of it.
    Functions that are the same object are searched once.
    """

    rough: Objective  # for the search of the best fit
    close: Objective  # for the choice among simpler models
    fine: Objective  # to begin near the best fit
    exact: Objective


def search(
    levels: Levels, customers: float, starts: Sequence[Floats], limits: Sequence[Limit]
) -> Peak | None:
    """Find the best fit, or the simplest model that fits as well.

    Args:
        levels: objectives over summaries of the record, and over all of it.
        customers: number of customers in the record.
        starts: coordinates to begin from, each `(k,)`; one for each peak there may be.
        limits: the simpler models.

    Returns:
        The best fit, or None if no search settled within MOST_EVALUATIONS of the likelihood.
    """
    budget = _Budget(MOST_EVALUATIONS)
    counted = {id(level): budget.limit(level) for level in levels}
    try:
        return _searched(
            Levels(*(counted[id(level)] for level in levels)), customers, starts, limits
        )
    except (_BudgetSpentError, np.linalg.LinAlgError):  # or a curvature that is not finite
        return None


def _searched(
    levels: Levels, customers: float, starts: Sequence[Floats], limits: Sequence[Limit]
) -> Peak | None:
    ends = _ends(levels.rough, customers, starts, ())
    peak = _simplest(levels.close, customers, [end.at for end in ends], limits, ())
    for level, before in ((levels.fine, levels.close), (levels.exact, levels.fine)):
        if peak and level is not before:
            peak = _simplest(level, customers, [peak.at], limits, peak.limits)
    return peak


def held_parameters(limits: tuple[Limit, ...]) -> dict[int, float]:
    """Return the coordinates that these simpler models hold fixed, with their values."""
    return {index: at for limit in limits for index, at in limit.holds.items()}


def _simplest(
    objective: Objective,
    customers: float,
    starts: Sequence[Floats],
    limits: Sequence[Limit],
    met: tuple[Limit, ...],
) -> Peak | None:
    """Return the best fit within the limits met so far, or within more if it is as good."""
    best, *rest = _ends(objective, customers, starts, met)
    loose = best.undetermined()
    if best.settled and not loose:
        return best
    starting_points = [best.at, *(peak.at for peak in rest)]
    simpler = [
        _simplest(objective, customers, starting_points, limits, (*met, limit))
        for limit in limits
        if limit.index not in held_parameters(met) and not loose.isdisjoint(limit.holds)
    ]
    as_good = [
        peak
        for peak in simpler
        if peak and customers * (best.height - peak.height) < DISTINGUISHABLE
    ]
    if as_good:
        return min(as_good, key=lambda peak: (len(peak.free), -peak.height))
    best = _climbed(objective, customers, best.at, met, on_ridges=True)
    return best if best.settled else None


def _ends(
    objective: Objective, customers: float, starts: Sequence[Floats], limits: tuple[Limit, ...]
) -> list[Peak]:
    """Return the ends of climbs from the starts, without repeated or hopelessly low ones."""
    climbs = [_climbed(objective, customers, start, limits, on_ridges=False) for start in starts]
    climbs.sort(key=lambda climb: -climb.height)
    ends = climbs[:1]
    for climb in climbs[1:]:
        lower = [customers * (end.height - climb.height) for end in ends]
        if lower[0] < _HOPELESS and lower[-1] > _ALIKE:
            ends.append(climb)
    return ends


def _climbed(
    objective: Objective,
    customers: float,
    start: Floats,
    limits: tuple[Limit, ...],
    *,
    on_ridges: bool,
) -> Peak:
    """Climb by Newton's method (see `numerics/newton`) over the free coordinates.

    A climb ends at a ridge (level in some direction, with next to nothing to gain) unless it is to
    go on along it (`on_ridges`).
    """
    at = start.copy()
    at[list(held_parameters(limits))] = list(held_parameters(limits).values())
    free = [index for index in range(len(at)) if index not in held_parameters(limits)]
    height, slope, curvature = objective(at)

    def evaluate(at: Floats) -> tuple[float, tuple[Floats, Floats]]:
        height, *derivatives = objective(at)
        return height, (derivatives[0], derivatives[1])

    for _ in range(100):
        information = -customers * curvature[np.ix_(free, free)]
        bends, axes = np.linalg.eigh(information)
        step = np.zeros(len(at))
        step[free] = uphill(slope[free], bends, axes, customers)
        gain = float(step @ slope)
        settled = bool(bends.min() > 0 and gain < SETTLED)
        ridge = bends.min() < _FLAT**-2 and customers * gain < DISTINGUISHABLE / 10
        if settled:
            # The last step gains less than the height can show, and the peak is where it ends.
            at = at + step
            if gain > _NOTHING:
                height, slope, curvature = objective(at)
        if settled or (ridge and not on_ridges):
            break
        point = higher(evaluate, at, step, height, _HALVINGS)
        if point is None:
            break
        at, height, (slope, curvature) = point
    inside = bool(np.abs(at[free]).max(initial=0.0) < WIDEST - 1)
    slope = np.array([value if index in free else 0.0 for index, value in enumerate(slope)])
    return Peak(
        at=at,
        height=height,
        slope=slope,
        information=information,
        settled=settled and inside,
        limits=limits,
    )
