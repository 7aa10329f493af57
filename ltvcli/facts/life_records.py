"""The outcome of each customer: when it began, whether it left in time, and its value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.units import DAYS_PER_MONTH, Months

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Bools, Engine, Floats

_QUERIES = {
    "orders": "facts/life_records/orders",
    "subscriptions": "facts/life_records/subscriptions",
}


class LifeRecords(Struct, frozen=True, kw_only=True):
    """A row per customer, each array of shape `(n,)`.

    Attributes:
        customer: ids.
        first: first paid day, or day of the first order.
        left: of subscribers whether the last paid day lies within `within` months of the first; of
            others whether no second order does.
        observed: whether `within` months have passed since the first day.
        revenue: within `horizon` months.
        is_whole: whether these have passed.
    """

    customer: NDArray[np.object_]
    first: NDArray[np.datetime64]
    left: Bools
    observed: Bools
    revenue: Floats
    is_whole: Bools


def gather(engine: Engine, kind: str, as_of: date, within: Months, horizon: Months) -> LifeRecords:
    """Read the records from the table `customers` of an engine, and from `orders` or `periods`.

    Args:
        engine: holds these tables.
        kind: "orders" or "subscriptions".
        as_of: last day of the data.
        within: months in which a customer leaves or not.
        horizon: months of which the revenue is added up.
    """
    days = {
        "as_of": as_of,
        "within": round(within * DAYS_PER_MONTH),
        "horizon": round(horizon * DAYS_PER_MONTH),
    }
    columns = engine.columns(_QUERIES[kind], days)
    flags = ("left", "observed", "is_whole")
    return LifeRecords(
        **{name: cells.astype(bool) if name in flags else cells for name, cells in columns.items()}
    )
