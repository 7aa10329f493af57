"""Days since the last order of customers on a day, and whether they ordered again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Floats, Ints


class Silences(Struct, frozen=True, kw_only=True):
    """A row per customer who had ordered by a day, each array of shape `(n,)`.

    Attributes:
        customer: IDs, in their order.
        order_days: days with an order.
        revenue: to date.
        silence: days since the last order.
        tenure: days since the first order.
        recent_days: days with an order in the days before.
        recent_revenue: of these.
        gaps: between order days.
        usual_gap: 90th percentile of these in days; 0 without any.
        later_days: days with an order in the days after.
        later_revenue: of these.
    """

    customer: NDArray[np.object_]
    order_days: Ints
    revenue: Floats
    silence: Ints
    tenure: Ints
    recent_days: Ints
    recent_revenue: Floats
    gaps: Ints
    usual_gap: Floats
    later_days: Ints
    later_revenue: Floats


def gather(engine: Engine, cut: date, days_after: int) -> Silences:
    """Read who was silent on a day from the tables `customers` and `orders`.

    Args:
        engine: holds them.
        cut: the day; later data is not used.
        days_after: days after it in which a customer comes back or not, and as many days before it.
    """
    return Silences(
        **engine.columns("facts/silences/customers", {"cut": cut, "days_after": days_after})
    )
