"""The area under the ROC curve: how well a score separates two groups."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


LEAST = 2
"""Positives, and negatives, below which areas have no variance."""


class Area(Struct, frozen=True, kw_only=True):
    """AUC, or a difference of two, with its 95% interval."""

    value: float
    low: float
    high: float


def area(score: Floats, positive: Bools) -> Area | None:
    """Return the probability that a positive has a higher score than a negative; ties count half.

    The variance is that of DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845, by
    mid-ranks as in Sun & Xu (2014), IEEE Signal Processing Letters 21(11), 1389-1393; the interval
    is taken on the logit scale.

    Args:
        score: of each, shape `(n,)`.
        positive: of each, shape `(n,)`.

    Returns:
        None unless there are both; the ends of the interval stay within 0 and 1.

    Of the four pairs, the positive is ahead in three:

    >>> import numpy as np
    >>> area(np.array([1.0, 3.0, 2.0, 4.0]), np.array([False, False, True, True])).value
    0.75
    """
    if not positive.any() or positive.all():
        return None
    won, lost = _placements(score, positive)
    value = float(won.mean())
    variance = sum(float(parts.var(ddof=1)) / len(parts) for parts in (won, lost) if len(parts) > 1)
    if not 0 < value < 1:
        return Area(value=value, low=value, high=value)
    half = Z_95 * math.sqrt(variance) / (value * (1 - value))
    middle = math.log(value / (1 - value))
    low, high = (1 / (1 + math.exp(-(middle + sign * half))) for sign in (-1, 1))
    return Area(value=value, low=low, high=high)


def difference(score: Floats, baseline: Floats, positive: Bools) -> Area | None:
    """Return the AUC of a score less that of a baseline for the same cases, with its 95% interval.

    The interval is that of the normal distribution, with the covariance of both areas.

    Args:
        score: of each, shape `(n,)`.
        baseline: score of each, shape `(n,)`.
        positive: of each, shape `(n,)`.

    Returns:
        None unless there are two of each kind at least.

    Source: DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845, equations 4 to 6.

    Of the four pairs, the positive is ahead in three by the baseline, and in all by the score:

    >>> import numpy as np
    >>> positive = np.array([False, False, True, True])
    >>> difference(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 4.0]), positive).value
    0.25
    """
    if min(int(positive.sum()), int((~positive).sum())) < LEAST:
        return None
    placements, baseline_placements = (_placements(each, positive) for each in (score, baseline))
    gains = [new - old for new, old in zip(placements, baseline_placements, strict=True)]
    value = float(gains[0].mean())
    half = Z_95 * math.sqrt(sum(float(gain.var(ddof=1)) / len(gain) for gain in gains))
    return Area(value=value, low=value - half, high=value + half)


def _placements(score: Floats, positive: Bools) -> tuple[Floats, Floats]:
    """Return the share of negatives below each positive, and of positives above each negative.

    Args:
        score: of each, shape `(n,)`.
        positive: of each, shape `(n,)`; some are and some are not.
    """
    ranks = midranks(score)
    won = (ranks[positive] - midranks(score[positive])) / int((~positive).sum())
    lost = 1 - (ranks[~positive] - midranks(score[~positive])) / int(positive.sum())
    return won, lost


def midranks(values: Floats) -> Floats:
    """Return ranks from 1, shape `(n,)`; equal values share the mean of their ranks.

    >>> import numpy as np
    >>> midranks(np.array([5.0, 1.0, 5.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    import numpy as np

    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Floats = (ends - (counts - 1) / 2)[place]
    return ranks
