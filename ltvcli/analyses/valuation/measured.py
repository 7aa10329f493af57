"""Figures measured from facts about orders: for all customers, and without each bucket.

Arrays here are `(1 + G,)` unless noted: all customers, then all but bucket 1, ..., G.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct, field

from ltvcli.analyses.valuation.by_age import ByAge, Samples, by_age
from ltvcli.results import Source
from ltvcli.results.evidence import Subscribers
from ltvcli.stats.retention import mean_churn
from ltvcli.units import DAYS_PER_MONTH, MONTHS_PER_YEAR, Months

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.subscriptions.retention import Retention
    from ltvcli.facts.orders import Facts

    Floats = NDArray[np.float64]


SHORTEST_MONTH = 28
"""Days of activity of an average customer from which revenue per month is measured."""


class Measured(Struct, frozen=True, kw_only=True):
    """Measured inputs of the methods by key, and averages by age.

    `limits` are 95% intervals of figures with a better one than the jackknife. `retention` and
    `subscribers` are known for subscriptions only. `won` is the number of new customers behind a
    measured CAC.
    """

    values: Mapping[str, Any]
    sources: Mapping[str, Source]
    by_age: ByAge
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    retention: Retention | None = None
    subscribers: Subscribers | None = None
    won: int | None = None


def measure(facts: Facts, asked: Months | None) -> Measured:
    """Measure every figure of the facts.

    Args:
        facts: sums over orders.
        asked: the requested horizon; None takes as much as the data supports, up to 36 months.

    Raises:
        NotWholeMonthsError: the horizon is not a whole number of months.
        UnansweredError: the horizon is beyond the data.
    """
    samples = Samples(facts.observed.bucket, facts.triangle.bucket)
    ages = by_age(facts, samples, asked)
    lifetimes = facts.lifetimes
    exposure = samples.total(lifetimes.bucket, lifetimes.customers * lifetimes.life_months)
    ended = samples.total(lifetimes.bucket[lifetimes.ended], lifetimes.customers[lifetimes.ended])
    net_revenue = samples.total(facts.triangle.bucket, facts.triangle.revenue)
    net_revenue[0] = float(facts.net_revenue)  # the exact total, not the sum of floats
    ordered = samples.total(facts.triangle.bucket, facts.triangle.orders)
    with np.errstate(divide="ignore", invalid="ignore"):
        values: dict[str, Any] = {
            "customers": float(facts.customers),
            "orders": float(facts.orders),
            "net_revenue": float(facts.net_revenue),
            "aov": net_revenue / ordered,
            "repeat_rate": _repeat_rate(facts, samples),
            "lapse_after": facts.lapse_after,
            "arpu": net_revenue / exposure if _is_month(facts, float(exposure[0])) else None,
            "churn": ended / exposure if ended[0] else _churn_at_most(float(exposure[0])),
        }
        if ages.horizon:
            expected = sum(ages.orders[: ages.horizon], np.zeros(1))
            values["lifespan"] = np.stack(ages.active, axis=1).sum(axis=1)
            values["orders_per_customer"] = expected
            values["frequency"] = MONTHS_PER_YEAR * expected / values["lifespan"]
            values["revenue_by_age"] = ages.revenue[: ages.horizon]
            values["revenue_by_age_known"] = ages.revenue
            values["active_by_age"] = ages.active
        if facts.triangle.costed_revenue.sum() > 0:
            cost = samples.total(facts.triangle.bucket, facts.triangle.cost)
            costed = samples.total(facts.triangle.bucket, facts.triangle.costed_revenue)
            values["margin"] = 1 - cost / costed
    values = {key: value for key, value in values.items() if value is not None}
    sources = dict.fromkeys(values, Source.MEASURED)
    if not ended[0] and "churn" in sources:
        sources["churn"] = Source.ASSUMED
    if facts.lapse_given:
        sources["lapse_after"] = Source.GIVEN
    elif not facts.lapse_gaps:
        sources["lapse_after"] = Source.ASSUMED
    return Measured(values=values, sources=sources, by_age=ages)


def _is_month(facts: Facts, exposure: Months) -> bool:
    """Return whether customers were active for a month on average.

    Revenue of fewer days, divided by them, is more per month than anybody paid.
    """
    return exposure * DAYS_PER_MONTH >= SHORTEST_MONTH * facts.customers


def _churn_at_most(exposure: Months) -> float | None:
    """Return an upper limit of churn if nobody churned; None with too little observation."""
    bound = mean_churn.RULE_OF_THREE / exposure
    return bound if bound < 1 else None


def _repeat_rate(facts: Facts, samples: Samples) -> Floats | None:
    observed = facts.observed
    old = observed.observed_months >= MONTHS_PER_YEAR
    if not observed.customers[old].sum():
        return None
    bucket = observed.bucket[old]
    return samples.total(bucket, observed.repeaters[old]) / samples.total(
        bucket, observed.customers[old]
    )
