"""Summaries of a record, of neighbouring cells: enough to find where the best fit is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.purchases.best_fit import Levels, Objective
from ltvcli.stats.purchases.record import Cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_CELLS = (10_000, 1_000, 300)  # in the summaries


def levels(objective: Callable[[Cells], Objective], cells: Cells) -> Levels:
    """Return the objective over summaries of a record, and over all of it."""
    objectives = [objective(cells)]
    for most in _CELLS:  # each from the summary before, which is quicker than from the whole record
        if len(cells.weight) > most:
            cells = grouped(cells, most)
            objectives.append(objective(cells))
        else:
            objectives.append(objectives[-1])
    return Levels(*reversed(objectives))


def grouped(cells: Cells, most: int) -> Cells:
    """Group cells into about `most` of them: frequencies are kept, times averaged on a grid.

    >>> times = np.arange(8.0)
    >>> cells = Cells(frequency=times * 0, recency=times * 0, age=times, weight=times + 1)
    >>> grouped(cells, 4).age.round(2).tolist(), float(grouped(cells, 4).weight.sum())
    ([4.0, 7.0], 36.0)
    """
    grid = np.floor(np.sqrt(most / 4))
    step = cells.age.max() / grid
    place = (
        cells.frequency * (grid + 1) ** 2
        + np.floor(cells.recency / step) * (grid + 1)
        + np.floor(cells.age / step)
    )
    _, which = np.unique(place, return_inverse=True)
    weight = np.bincount(which, cells.weight).astype(np.float64)
    frequency, recency, age = (
        np.bincount(which, cells.weight * values) / weight
        for values in (cells.frequency, cells.recency, cells.age)
    )
    return Cells(frequency=frequency.round(), recency=recency, age=age, weight=weight)
