"""Sums of products that are the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def dot(left: NDArray[Any], right: NDArray[Any]) -> float:
    """Return the sum of left times right, both `(n,)`.

    Long arrays are not summed by `left @ right`: that is split among as many threads as there are
    cores, so its last digits depend on the machine, and on a busy one it takes ten times as long.

    >>> import numpy as np
    >>> dot(np.array([2.0, 1.0]), np.array([10.0, 5.0]))
    25.0
    """
    return float((left * right).sum())
