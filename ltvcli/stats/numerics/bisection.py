"""Where a condition that holds first and then no longer stops holding, for many cases at once."""

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
    """Halve the way from `inside`, where it holds, to `outside`, where it does not; `(n,)` each.

    If it holds nowhere the result is `inside`, if it holds everywhere `outside`, to one part in
    10^15 of the way between them.

    Two and minus three are the last whose squares are at most 4 and 9:

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
