"""Forecasts that any shop can make with a spreadsheet, which a model has to beat.

Each customer goes on as before, or has stopped. Symbols as in `purchases`: frequency, recency, age.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ltvcli.stats.purchases.record import Cells, Floats

NINE_IN_TEN = 0.9


def own_rate(cells: Cells, horizon: float) -> Floats:
    """Return orders `(n,)` in the `horizon` if each customer keeps their mean rate so far.

    Customers known for less than one unit of time count as known for one.

    >>> from ltvcli.stats.purchases.record import Cells
    >>> names = ("frequency", "recency", "age", "weight")
    >>> cells = Cells(**{k: np.array([v]) for k, v in zip(names, (3.0, 20.0, 30.0, 1.0))})
    >>> own_rate(cells, 10.0).tolist()
    [1.0]
    """
    orders: Floats = horizon * cells.frequency / np.maximum(cells.age, 1.0)
    return orders


def hiatus(cells: Cells, horizon: float, silence: float) -> Floats:
    """Return the orders of `own_rate`, but none of customers silent for longer than `silence`.

    Args:
        cells: customers at the cut-off.
        horizon: time ahead, in the unit of the cells.
        silence: time without an order after which a customer counts as gone, in the same unit.

    Returns:
        Orders expected of each customer of a cell, `(n,)`.

    Source: Wübben & von Wangenheim (2008), Journal of Marketing 72(3), 82-93, who found managers'
    hiatus rule as good as the models of their day.
    """
    active = cells.age - cells.recency <= silence
    orders: Floats = np.where(active, own_rate(cells, horizon), 0.0)
    return orders


def typical_gap(cells: Cells, shortest: float, longest: float) -> float:
    """Return the time within which nine in ten orders follow the order before.

    All gaps of a customer count as equally long.

    Args:
        cells: customers at the cut-off.
        shortest: least time to return, in the unit of the cells.
        longest: longest time to return, also if nobody has ordered again, in the same unit.
    """
    came_back = cells.frequency > 0
    gap = cells.recency[came_back] / cells.frequency[came_back]
    if not len(gap):
        return longest
    order = np.argsort(gap, kind="stable")
    reached = (cells.weight * cells.frequency)[came_back][order].cumsum()
    gap_of_nine_in_ten = gap[order][np.searchsorted(reached, NINE_IN_TEN * reached[-1])]
    return float(np.clip(gap_of_nine_in_ten, shortest, longest))
