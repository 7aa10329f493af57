"""Measured curves with a different churn; see levers.py for the assumptions.

Arrays here are `(1 + G,)`, or `(n,)` for n cases of the full sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace

from ltvcli.analyses.valuation.by_age import ByAge
from ltvcli.analyses.valuation.measured import Measured
from ltvcli.formulas import Value
from ltvcli.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def power(old: Value, new: Value) -> Floats:
    """Return the exponent of the shares still active that a change of monthly churn implies.

    >>> float(power(0.19, 0.1).round(9))
    0.5
    """
    with np.errstate(all="ignore"):
        exponent: Floats = np.log1p(-np.asarray(new)) / np.log1p(-np.asarray(old))
    return exponent


def with_churn(measured: Measured, power: Value) -> tuple[Measured, dict[str, Any]]:
    """Raise the share still active at each age to `power`; return changed inputs by key as well."""
    ages = measured.by_age
    before = ages.survival.area_by_month(ages.longest)
    exponent = np.atleast_1d(np.asarray(power, dtype=np.float64))[:, None]
    with np.errstate(all="ignore"):
        survival = replace(ages.survival, survival=ages.survival.survival**exponent)
        after = survival.area_by_month(ages.longest)
        # Nothing is known at an age that no customer has reached.
        more = np.where(before > 0, after / before, 1.0).T
        revenue = [monthly * factor for monthly, factor in zip(ages.revenue, more, strict=True)]
        orders = [monthly * factor for monthly, factor in zip(ages.orders, more, strict=True)]
        active = list(after.T[: ages.horizon])
        lifespan = sum(active, np.zeros(1))
        expected = sum(orders[: ages.horizon], np.zeros(1))
        frequency = MONTHS_PER_YEAR * expected / lifespan
    changed = replace(ages, revenue=revenue, orders=orders, active=active, survival=survival)
    return replace(measured, by_age=changed), {
        "revenue_by_age": revenue[: ages.horizon],
        "revenue_by_age_known": revenue,
        "active_by_age": active,
        "lifespan": lifespan,
        "orders_per_customer": expected,
        "frequency": frequency,
    }


def full_sample(ages: ByAge) -> ByAge:
    """Keep the full sample only, in arrays of one."""
    return replace(
        ages,
        customers=[customer[:1] for customer in ages.customers],
        revenue=[monthly[:1] for monthly in ages.revenue],
        orders=[order[:1] for order in ages.orders],
        active=[monthly[:1] for monthly in ages.active],
        survival=replace(ages.survival, survival=ages.survival.survival[:1]),
    )


def still_active(ages: ByAge, months: int) -> Floats:
    """Return the share active at the start of month 0, 1, ..., months: `(1 + G, months + 1)`."""
    return ages.survival.at(np.arange(months + 1.0))
