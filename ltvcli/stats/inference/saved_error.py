"""The share of squared errors that one forecast saves of another, with its interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Saved(Struct, frozen=True, kw_only=True):
    """Share with its 95% interval; below 0 if errors grew."""

    value: float
    low: float
    high: float


def saved(base: Floats, errors: Floats) -> Saved:
    """Return the reduction of squared errors as a share, with the interval of a ratio of means.

    Args:
        base: squared errors of the one forecast, shape `(n,)`.
        errors: squared errors of the other one for the same customers, shape `(n,)`.

    Source: Cochran (1977), Sampling Techniques, section 2.11, the variance of a ratio.

    Of a forecast without errors nothing can be saved:

    >>> import numpy as np
    >>> saved(np.array([0.2, 0.2]), np.array([0.1, 0.1])).value
    0.5
    >>> saved(np.zeros(2), np.ones(2)).value
    0.0
    """
    usual = float(base.mean())
    if not usual:
        return Saved(value=0.0, low=0.0, high=0.0)
    value = 1 - float(errors.mean()) / usual
    rest = base - errors - value * base
    half = Z_95 * float(rest.std(ddof=1)) / math.sqrt(len(base)) / usual if len(base) > 1 else 1.0
    return Saved(value=value, low=value - half, high=value + half)
