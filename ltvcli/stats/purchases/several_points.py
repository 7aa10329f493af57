"""Likelihoods at several points at once: a call takes longer than the arithmetic of few cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.stats.purchases.best_fit import Objective

    Floats = NDArray[np.float64]

_TOGETHER = 10_000  # points times cells whose arrays fit into the CPU cache


def in_parts(objective: Objective, cells: int) -> Objective:
    """Return an objective that works on as many points at once as the CPU cache has room for.

    Args:
        objective: over all points.
        cells: of the record.
    """
    most = max(1, _TOGETHER // cells)

    def parts(at: Floats) -> tuple[Floats, Floats]:
        if at.ndim == 1 or len(at) <= most:
            return objective(at)
        each = [objective(at[start : start + most]) for start in range(0, len(at), most)]
        heights, slopes = zip(*each, strict=True)
        return np.concatenate(heights), np.concatenate(slopes)

    return parts


def totals_by(which: NDArray[np.int64], values: Floats) -> Floats:
    """Add up values `(..., n)` by the group that each is in, `(n,)`: `(..., groups)`.

    >>> totals_by(np.array([0, 1, 0]), np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]])).tolist()
    [[4.0, 2.0], [40.0, 20.0]]
    """
    rows = values.reshape(-1, len(which))
    sums = np.array([np.bincount(which, row) for row in rows])
    return sums.reshape(*values.shape[:-1], -1)
