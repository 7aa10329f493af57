"""From facts to figures: each one for all customers, and again without each bucket of them.

Arrays here are `(1 + G,)` unless said otherwise: all customers, then all but bucket 1, ..., G.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ltvcli.errors import HorizonPastDataError, NoMonthObservedError, NotWholeMonthsError
from ltvcli.formulas import Value
from ltvcli.results import Source
from ltvcli.stats import jackknife, kaplan_meier
from ltvcli.units import MONTHS_PER_YEAR, Months

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts import Facts

    Floats = NDArray[np.float64]

# An age counts while at least this many customers were observed at it, or all of fewer.
ENOUGH_AT_AGE = 30
# Without --horizon nothing past this age is counted: three years is as far as plans reach.
LONGEST_DEFAULT = 36
# No lapse in n customer-months says, at 95%, that churn is at most 3 / n.
# Source: Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745.
RULE_OF_THREE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the data says: inputs of the methods by key, and the curve by age month.

    `horizon` is how far values count, `longest` how far the data carries. `customers_by_age`,
    `revenue_by_age` and `orders_by_age` go up to `longest`, the last two per observed customer.
    """

    values: Mapping[str, Any]
    sources: Mapping[str, Source]
    horizon: int
    longest: int
    customers_by_age: Sequence[Floats]
    revenue_by_age: Sequence[Floats]
    orders_by_age: Sequence[Floats]
    active_by_age: Sequence[Floats]

    def curve(self, margin: Value) -> tuple[Mapping[str, float | int | str | None], ...]:
        """List what an average customer brought in each age month up to the horizon."""
        rows: list[Mapping[str, float | int | str | None]] = []
        total = np.zeros(1)
        for age in range(self.horizon):
            brought = self.revenue_by_age[age] * margin
            total = total + brought
            spread = jackknife.spread(total)
            rows.append(
                {
                    "age_month": age,
                    "customers": int(self.customers_by_age[age][0]),
                    "revenue": float(self.revenue_by_age[age][0]),
                    "orders": float(self.orders_by_age[age][0]),
                    "active": float(self.active_by_age[age][0]),
                    "margin": float(brought[0]),
                    "cumulative": float(total[0]),
                    "cumulative_low": float(total[0]) - spread.half_width if spread else None,
                    "cumulative_high": float(total[0]) + spread.half_width if spread else None,
                }
            )
        return tuple(rows)


def measure(facts: Facts, asked: Months | None) -> Measured:
    """Measure every figure that `facts` carries.

    Args:
        facts: sums over orders.
        asked: the horizon asked for; None takes as much as the data carries, up to 36 months.

    Raises:
        NotWholeMonthsError: the horizon is not a whole number of months.
        UnansweredError: the horizon is past the data.
    """
    samples = _Samples(facts)
    longest = _longest(facts)
    horizon = _horizon(facts, asked, longest)
    customers, revenue, orders = _by_age(facts, samples, longest)
    active = _active_by_age(facts, samples, horizon)
    lives = facts.lives
    exposure = samples.total(lives.bucket, lives.customers * lives.life_months)
    ended = samples.total(lives.bucket[lives.ended], lives.customers[lives.ended])
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
            "arpu": net_revenue / exposure,
            "churn": ended / exposure if ended[0] else _churn_at_most(float(exposure[0])),
        }
        if horizon:
            expected = sum(orders[:horizon], np.zeros(1))
            values["lifespan"] = active.sum(axis=1)
            values["orders_per_customer"] = expected
            values["frequency"] = MONTHS_PER_YEAR * expected / values["lifespan"]
            values["revenue_by_age"] = revenue[:horizon]
            values["revenue_by_age_known"] = revenue
            values["active_by_age"] = list(active.T)
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
    return Measured(
        values=values,
        sources=sources,
        horizon=horizon,
        longest=longest,
        customers_by_age=customers,
        revenue_by_age=revenue,
        orders_by_age=orders,
        active_by_age=list(active.T),
    )


def _churn_at_most(exposure: Months) -> float | None:
    """Bound churn where nobody lapsed; None where so little was seen that it could be anything."""
    bound = RULE_OF_THREE / exposure
    return bound if bound < 1 else None


class _Samples:
    """All customers, and all but one bucket, for each bucket that holds any."""

    def __init__(self, facts: Facts) -> None:
        used = np.union1d(facts.observed.bucket, facts.triangle.bucket)
        self.count = len(used)
        self._place = np.zeros(int(used.max()) + 1, dtype=np.int64)
        self._place[used] = np.arange(len(used))

    def total(self, bucket: Any, amounts: Any) -> Floats:
        """Sum `amounts` `(n,)` over each sample: `(1 + G,)`."""
        zeros = np.zeros(len(bucket), dtype=np.int64)
        whole: Floats = self.table(zeros, bucket, amounts, 1)[0]
        return whole

    def table(self, row: Any, bucket: Any, amounts: Any, rows: int) -> Floats:
        """Sum `amounts` `(n,)` by `row` over each sample: `(rows, 1 + G)`."""
        cell = row * self.count + self._place[bucket]
        parts = np.bincount(cell, weights=amounts, minlength=rows * self.count)
        parts = parts.reshape(rows, self.count)
        whole = parts.sum(axis=1, keepdims=True)
        samples: Floats = np.concatenate([whole, whole - parts], axis=1)
        return samples


def _longest(facts: Facts) -> int:
    """Find the oldest age that enough customers were observed to reach."""
    observed = facts.observed
    reached = np.bincount(observed.observed_months, weights=observed.customers)
    reached = reached[::-1].cumsum()[::-1]
    enough = min(ENOUGH_AT_AGE, facts.customers)
    return int(np.flatnonzero(reached >= enough).max())


def _horizon(facts: Facts, asked: Months | None, longest: int) -> int:
    if asked is None:
        return min(LONGEST_DEFAULT, longest)
    if asked != int(asked) or asked < 1:
        raise NotWholeMonthsError(months=max(1, int(asked)))
    if longest == 0:
        raise NoMonthObservedError
    if asked > longest:
        enough = min(ENOUGH_AT_AGE, facts.customers)
        raise HorizonPastDataError(asked=int(asked), longest=longest, customers=enough)
    return int(asked)


def _by_age(
    facts: Facts, samples: _Samples, longest: int
) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Customers observed at each age, and revenue and orders per one of them."""
    observed, triangle = facts.observed, facts.triangle
    most = int(observed.observed_months.max())
    reached = samples.table(observed.observed_months, observed.bucket, observed.customers, most + 1)
    customers = reached[::-1].cumsum(axis=0)[::-1][1 : longest + 1]
    seen = triangle.complete & (triangle.age_month < longest)
    where = triangle.age_month[seen], triangle.bucket[seen]
    revenue = samples.table(*where, triangle.revenue[seen], longest)
    orders = samples.table(*where, triangle.orders[seen], longest)
    with np.errstate(divide="ignore", invalid="ignore"):
        return list(customers), list(revenue / customers), list(orders / customers)


def _active_by_age(facts: Facts, samples: _Samples, horizon: int) -> Floats:
    """Active months of a customer within each age month: `(1 + G, horizon)`."""
    lives = facts.lives
    times, index = np.unique(lives.life_months, return_inverse=True)
    ended, censored = (
        samples.table(index[some], lives.bucket[some], lives.customers[some], len(times)).T
        for some in (lives.ended, ~lives.ended)
    )
    return kaplan_meier.fit(times, ended, censored).area_by_month(horizon)


def _repeat_rate(facts: Facts, samples: _Samples) -> Floats | None:
    observed = facts.observed
    old = observed.observed_months >= MONTHS_PER_YEAR
    if not observed.customers[old].sum():
        return None
    bucket = observed.bucket[old]
    return samples.total(bucket, observed.repeaters[old]) / samples.total(
        bucket, observed.customers[old]
    )
