"""Signs in the data that a forecast is less certain than its models imply."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ltvcli.analyses.predict.backtest import Holdout
    from ltvcli.stats.purchases.record import Cells

    Floats = NDArray[np.float64]

HALF = 0.5
_LEAST_CUTOFFS = 3
_CLEARLY = math.log(0.87)  # mean error (log) from which a forecast is overstated by 15%


def carriers(cells: Cells) -> int:
    """Return the least number of customers who placed half of all repeat orders.

    >>> from ltvcli.stats.purchases.record import Cells
    >>> time, orders = np.array([9.0, 9.0]), np.array([1.0, 50.0])
    >>> carriers(Cells(frequency=orders, recency=time, age=time, weight=np.array([100.0, 3.0])))
    3
    """
    most_first = np.argsort(-cells.frequency, kind="stable")
    orders, customers = cells.frequency[most_first], cells.weight[most_first]
    reached = (orders * customers).cumsum()
    if not len(reached) or reached[-1] <= 0:
        return 0
    last = int(np.searchsorted(reached, HALF * reached[-1]))
    before = float(reached[last - 1]) if last else 0.0
    in_record = float(HALF * reached[-1] - before) / float(orders[last])
    return math.ceil(float(customers[:last].sum()) + in_record)


def concentration(cells: Cells) -> float:
    """Return the sum of squared shares of customers in all repeat orders; 1 for a single one.

    It is the variance of the log of the total if each customer may leave or double.
    Source: Herfindahl (1950), Concentration in the Steel Industry.
    """
    total = dot(cells.weight, cells.frequency)
    return dot(cells.weight, cells.frequency**2) / total**2 if total else 0.0


def overstated(holdouts: Sequence[Holdout], errors: Floats, *, calendar_known: bool) -> float:
    """Return by what share too many orders were forecast, where that happened at every cut-off.

    Args:
        holdouts: earlier cut-offs, newest first.
        errors: logs of actual over predicted totals `(k,)`, each corrected by all others.
        calendar_known: whether season and trend can be estimated; otherwise the error may be a
            season.

    Returns:
        The mean error as a share, 0 unless it is over 13% and beyond chance at each cut-off.
    """
    if not calendar_known or len(errors) < _LEAST_CUTOFFS:
        return 0.0
    chance = np.sqrt([holdout.chance_of_total for holdout in holdouts])
    mean = float(np.mean(errors))
    if mean > _CLEARLY or not (errors < -chance).all():
        return 0.0
    return -math.expm1(mean)
