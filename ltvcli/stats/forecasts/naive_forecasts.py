"""Forecasts any shop could make with a spreadsheet: what each customer did goes on, or stops.

They are what a model has to beat. Symbols as in `purchases`: frequency, recency, age.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ltvcli.stats.purchases.record import Cells, Floats

NINE_IN_TEN = 0.9


def own_rate(cells: Cells, horizon: float) -> Floats:
    """Orders `(n,)` in the `horizon` if each customer goes on as on average so far.

    Someone known for less than one unit of time counts as known for one.

    >>> from ltvcli.stats.purchases.record import Cells
    >>> names = ("frequency", "recency", "age", "weight")
    >>> one = Cells(**{k: np.array([v]) for k, v in zip(names, (3.0, 20.0, 30.0, 1.0))})
    >>> own_rate(one, 10.0).tolist()
    [1.0]
    """
    found: Floats = horizon * cells.frequency / np.maximum(cells.age, 1.0)
    return found


def hiatus(cells: Cells, horizon: float, silence: float) -> Floats:
    """The same, but nothing from customers silent for longer than `silence`.

    Source: Wübben & von Wangenheim (2008), Journal of Marketing 72(3), 82-93, who found managers'
    hiatus rule as good as the models of their day.
    """
    active = cells.age - cells.recency <= silence
    found: Floats = np.where(active, own_rate(cells, horizon), 0.0)
    return found


def usual_silence(cells: Cells, shortest: float, longest: float) -> float:
    """A time within which nine in ten orders follow the one before, within limits.

    The gaps of one customer count as equally long; nobody having come back gives `longest`.
    """
    came_back = cells.frequency > 0
    gap = cells.recency[came_back] / cells.frequency[came_back]
    if not len(gap):
        return longest
    order = np.argsort(gap, kind="stable")
    reached = (cells.weight * cells.frequency)[came_back][order].cumsum()
    found = gap[order][np.searchsorted(reached, NINE_IN_TEN * reached[-1])]
    return float(np.clip(found, shortest, longest))
