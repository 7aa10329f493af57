"""The forecast error to expect, given earlier errors.

An error is log(actual / predicted) of a total. It is the sum of a lasting bias (the model does not
quite fit these customers), an error of its period (season, campaigns, trend) and chance. The
correction is the estimated bias: the mean error shrunken towards zero, the more so the less the
errors agree, the more they overlap, and the fewer orders were counted. This is the linear
credibility of actuaries. Source: Bühlmann (1967), ASTIN Bulletin 4(3), 199-207.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LASTING = 0.1
"""Prior standard deviation of the lasting bias."""
OF_ITS_TIME = 0.15
"""Prior standard deviation of the error of a period."""
_KNOWN_AS = 2.0  # how many errors the prior counts as
_ALONE = 1e-9
_HALVES = 0.5  # weight of an error made a whole period earlier


class Lesson(Struct, frozen=True, kw_only=True):
    """The lasting bias, in logs, and the variance of the error of a period."""

    lasting: float
    of_its_time: float


def shrunken_bias(
    errors: Floats,
    chance: Floats,
    ago: Floats,
    lasting: float = LASTING,
    of_its_time: float = OF_ITS_TIME,
) -> Lesson:
    """Estimate the lasting bias, and the variance of the error of a period.

    Args:
        errors: of totals at earlier cut-offs, log(actual / predicted) `(k,)`.
        chance: variance of each that is due to counts being small `(k,)`.
        ago: how long before the newest each was made, in lengths of the forecast period `(k,)`.
        lasting: prior standard deviation of the lasting bias.
        of_its_time: prior standard deviation of the error of a period.

    Two cut-offs one period apart, both 20% too low: about two thirds of that are corrected.

    >>> lesson = shrunken_bias(np.log([1.2, 1.2]), np.zeros(2), np.array([0.0, 1.0]))
    >>> round(lesson.lasting / float(np.log(1.2)), 2)
    0.64
    """
    if not len(errors):
        return Lesson(lasting=0.0, of_its_time=of_its_time**2)
    weight = _HALVES**ago
    weight = weight / weight.sum()
    mean = float(weight @ errors)
    several = periods(ago)
    variance = of_its_time**2
    distinctness = 1 - float(weight @ weight)
    if distinctness > _ALONE:  # otherwise all others are too old to count
        spread = weight @ (errors - mean) ** 2 / distinctness
        beyond = max(float(spread - weight @ chance), 0.0)
        variance = (_KNOWN_AS * variance + several * beyond) / (_KNOWN_AS + several)
    unsure = (variance + float(weight @ chance)) / several
    trusted = lasting**2 / (lasting**2 + unsure)
    return Lesson(lasting=mean * trusted, of_its_time=float(variance))


def periods(ago: Floats) -> float:
    """Return how many periods without overlap the errors count as, at most one each.

    >>> periods(np.array([0.0, 0.5, 1.0])), periods(np.array([0.0, 4.0]))
    (2.0, 2.0)
    """
    return min(float(len(ago)), 1.0 + float(np.ptp(ago)))


def weights(errors: Floats, known: Floats) -> Floats:
    """Weigh forecasts `(m,)` by their errors `(m, k)`, where `known`; averages beat the best.

    Each weight is the inverse of the mean squared error, to which 10% is added: a better record is
    luck. A forecast without any record is weighted like one with an error of 30%.
    """
    squares = np.where(known, errors, 0.0) ** 2
    count = known.sum(axis=1)
    mean = np.where(count > 0, squares.sum(axis=1) / np.maximum(count, 1), _UNTRIED**2)
    precision = 1 / (_LUCK**2 + mean)
    share: Floats = precision / precision.sum()
    return share


_LUCK = 0.1
_UNTRIED = 0.3
