"""Bisection: where a condition stops holding, for many cases at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def last_true(
    holds: Callable[[Floats], NDArray[np.bool_]], inside: Floats, outside: Floats
) -> Floats:
    """Return the last points `(n,)` at which a condition holds, by bisection.

    Args:
        holds: condition at points `(n,)`, true up to one point of each interval, and false beyond.
        inside: end of each interval where it holds `(n,)`; returned if it holds nowhere.
        outside: end where it does not hold `(n,)`; returned if it holds everywhere.

    Returns:
        The points, to one part in 10^15 of the length of the interval.

    2 and -3 are the last numbers whose squares are at most 4 and 9:

    >>> import numpy as np
    >>> limits = np.array([4.0, 9.0])
    >>> last_true(lambda x: x * x <= limits, np.zeros(2), np.array([8.0, -8.0])).tolist()
    [2.0, -3.0]
    """
    import numpy as np

    for _ in range(50):
        middle = (inside + outside) / 2
        held = holds(middle)
        inside, outside = np.where(held, middle, inside), np.where(held, outside, middle)
    return inside
