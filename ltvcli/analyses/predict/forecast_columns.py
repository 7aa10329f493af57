"""The forecast of each record of purchases: orders, value, and the probability of silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict.forecasts import DAYS, GROUPS, Outlook, group_of
from ltvcli.analyses.predict.selection import Choice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SILENT_DAYS = 90


def columns(
    seen: Outlook, choice: Choice, orders: Floats, value_of_revenue: float
) -> Mapping[str, Floats]:
    """Return the columns of the table `forecast`, by record `(c,)`.

    Args:
        seen: the record of purchases, and every forecast of it.
        choice: the ensemble that was chosen.
        orders: those of the ensemble, shape `(c,)`.
        value_of_revenue: of one unit of predicted revenue.
    """
    chances = _chances(seen, choice, orders)
    purchases = seen.cells.frequency + 1
    return {
        "orders": orders,
        "flat": orders * seen.flat * value_of_revenue,
        "rate": orders * seen.share / purchases * value_of_revenue,
        **chances,
    }


def _chances(seen: Outlook, choice: Choice, orders: Floats) -> Mapping[str, Floats]:
    """Return the probabilities of no order in the next 90 days, and of not having left for good.

    They are those of the models, weighted as in the ensemble; a correction of orders also applies
    to the rate of the first order.
    """
    used = [name for name in choice.combination.weights if name in seen.fits] or list(seen.fits)
    if not used:
        silent = np.exp(-orders * SILENT_DAYS / DAYS / seen.weeks)
        return {"none_within": silent, "alive": np.full(len(orders), np.nan)}
    group = group_of(seen.cells.frequency)
    even = np.full(GROUPS, 1 / len(used))
    weights = [choice.combination.weights.get(name, even)[group] for name in used]
    total_weight = np.sum(weights, axis=0)
    fits = [seen.fits[name] for name in used]
    horizon = SILENT_DAYS / DAYS
    none, alive, raw = (
        np.sum([weight * values for weight, values in zip(weights, each, strict=True)], axis=0)
        / total_weight
        for each in (
            [fit.none_within(seen.cells, horizon) for fit in fits],
            [fit.alive(seen.cells) for fit in fits],
            [seen.orders[name] for name in used],
        )
    )
    factor = np.divide(orders, raw, out=np.ones(len(orders)), where=raw > 0)
    return {"none_within": np.clip(none, 0, 1) ** factor, "alive": alive}
