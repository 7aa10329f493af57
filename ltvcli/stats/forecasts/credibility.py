"""What earlier errors say about the next one.

An error is log(actual / predicted) of a total. It has a part that lasts (the model does not quite
fit these customers), a part of its own time (season, campaigns, trend) and chance. A correction is
the lasting part as far as it can be told: the mean error drawn towards zero, the more the less the
errors agree, the more they overlap, and the less was counted. This is the linear credibility of
actuaries. Source: Bühlmann (1967), ASTIN Bulletin 4(3), 199-207.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LASTING = 0.1
"""Standard deviation of the lasting part before anything is known."""
OF_ITS_TIME = 0.15
"""Standard deviation of the part of its own time before anything is known."""
_KNOWN_AS = 2.0  # errors that the two are worth
_ALONE = 1e-9
_HALVES = 0.5  # weight of an error made a whole period earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The lasting part of the error, in logs, and the variance of the part of its own time."""

    lasting: float
    of_its_time: float


def learnt(
    errors: Floats, chance: Floats, ago: Floats, lasting: float = LASTING, own: float = OF_ITS_TIME
) -> Lesson:
    """Return what lasts from what does not.

    Args:
        errors: of totals at earlier cut-offs, log(actual / predicted) `(k,)`.
        chance: variance of each that is due to counts being small `(k,)`.
        ago: how long before the newest each was made, in lengths of the period ahead `(k,)`.
        lasting: standard deviation of the lasting part before anything is known.
        own: that of the part of its own time.

    Two cut-offs a whole period apart, both 20% too low: about two thirds of that is put right.

    >>> found = learnt(np.log([1.2, 1.2]), np.zeros(2), np.array([0.0, 1.0]))
    >>> round(found.lasting / float(np.log(1.2)), 2)
    0.64
    """
    if not len(errors):
        return Lesson(lasting=0.0, of_its_time=own**2)
    weight = _HALVES**ago
    weight = weight / weight.sum()
    mean = float(weight @ errors)
    several = periods(ago)
    variance = own**2
    apart = 1 - float(weight @ weight)
    if apart > _ALONE:  # else all others are too long ago to weigh anything
        spread = weight @ (errors - mean) ** 2 / apart
        beyond = max(float(spread - weight @ chance), 0.0)
        variance = (_KNOWN_AS * variance + several * beyond) / (_KNOWN_AS + several)
    unsure = (variance + float(weight @ chance)) / several
    trusted = lasting**2 / (lasting**2 + unsure)
    return Lesson(lasting=mean * trusted, of_its_time=float(variance))


def periods(ago: Floats) -> float:
    """Return how many periods without overlap the errors are worth, at most one each.

    >>> periods(np.array([0.0, 0.5, 1.0])), periods(np.array([0.0, 4.0]))
    (2.0, 2.0)
    """
    return min(float(len(ago)), 1.0 + float(np.ptp(ago)))


def weights(errors: Floats, known: Floats) -> Floats:
    """Weigh forecasts `(m,)` by their errors `(m, k)`, where `known`; a mixture beats a winner.

    Each weighs the inverse of its mean square error, and no error is taken for smaller than 10%: so
    good a record is luck. One without any record weighs as one that was wrong by 30%.
    """
    squares = np.where(known, errors, 0.0) ** 2
    count = known.sum(axis=1)
    mean = np.where(count > 0, squares.sum(axis=1) / np.maximum(count, 1), _UNTRIED**2)
    found = 1 / (_LUCK**2 + mean)
    share: Floats = found / found.sum()
    return share


_LUCK = 0.1
_UNTRIED = 0.3
