"""Value and number of customers, the basis of an experiment plan."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine

YEAR = 365


class Traffic(Struct, frozen=True, kw_only=True):
    """Variance of the value of customers at an age, and the customers that could be assigned.

    Attributes:
        customers: with an order in the year before the day on which they would have been assigned.
        mean: of their value from that day to the age.
        variance: of it.
        skewness: of it; None if all values are equal.
        explained: share of the variance that the year before explains.
        active: customers with an order in the last year, who could be assigned now.
        new_per_month: customers with a first order, per month of the last year.
    """

    customers: int
    mean: float
    variance: float
    skewness: float | None
    explained: float
    active: int
    new_per_month: float


def gather(engine: Engine, as_of: date, first: date, age: int) -> Traffic:
    """Sum `orders` as if customers had been assigned `age` days before the end of the data.

    Args:
        engine: holds `orders`.
        as_of: cut-off date of the data.
        first: day of the first order.
        age: days that are to be observed.
    """
    window = min((as_of - first).days + 1, YEAR)
    row = engine.row(
        "facts/experiments/spread",
        {"day": as_of - timedelta(days=age - 1), "as_of": as_of, "window": window},
    )
    skewness = row["skewness"]
    known = skewness is not None and math.isfinite(skewness)
    correlation = row["correlation"] if math.isfinite(row["correlation"]) else 0.0
    return Traffic(
        customers=row["customers"],
        mean=float(row["mean"] or 0.0),
        variance=float(row["variance"]),
        skewness=float(skewness) if known else None,
        explained=float(correlation) ** 2,
        active=row["active"],
        new_per_month=row["new_customers"] / (window / DAYS_PER_MONTH),
    )
