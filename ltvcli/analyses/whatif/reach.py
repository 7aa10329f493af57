"""Customers that a change would reach: active ones by age, and new ones per month."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.units import month_index

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

PACE_OVER = 3
"""Months over which new customers a month are averaged."""


class People(Struct, frozen=True, kw_only=True):
    """`active` customers now in age month 0, 1, 2, ... `(T,)`; `pace`: new ones per month."""

    active: NDArray[np.float64]
    pace: float | None


def people(facts: Facts | Subscriptions) -> People:
    """Count active customers by age, and new customers per month."""
    lifetimes = facts.lifetimes
    going = ~lifetimes.ended
    age = np.floor(lifetimes.life_months[going]).astype(np.int64)
    return People(
        active=np.bincount(age, weights=lifetimes.customers[going]).astype(np.float64),
        pace=_pace(facts),
    )


def _pace(facts: Facts | Subscriptions) -> float | None:
    """Return new customers per month in the last complete months, without the first one."""
    day = facts.as_of + timedelta(days=1)
    after = month_index(day)  # the first month that is not over
    cohort, customers = facts.observed.cohort, facts.observed.customers
    first = int(cohort.min(initial=after)) + 1
    begin = max(after - PACE_OVER, first)
    if begin >= after:
        return None
    new = customers[(cohort >= begin) & (cohort < after)].sum()
    return float(new) / (after - begin)
