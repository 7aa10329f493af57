"""Revenue, orders and activity of customers by age, for any facts, and without each bucket.

Arrays here are `(1 + G,)` unless noted: all customers, then all but bucket 1, ..., G.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from ltvcli.errors import HorizonPastDataError, NoMonthObservedError, NotWholeMonthsError
from ltvcli.formulas import Value, horizons
from ltvcli.stats.inference import jackknife
from ltvcli.stats.retention import kaplan_meier
from ltvcli.units import Months

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Facts, Observed
    from ltvcli.facts.subscriptions import Subscriptions

    Floats = NDArray[np.float64]
    Sums = Facts | Subscriptions

# The data reaches an age while at least this many customers, or all of fewer, were observed for it.
# A typed horizon may reach as far; the default one requires more: see formulas.horizons.
ENOUGH_AT_AGE = 30


class Samples:
    """All customers, and all but one bucket, for each bucket that holds any."""

    def __init__(self, *buckets: Any) -> None:
        used = different(*buckets)
        self.count = len(used)
        self._place = np.zeros(int(used.max()) + 1, dtype=np.int64)
        self._place[used] = np.arange(len(used))

    def total(self, bucket: Any, amounts: Any) -> Floats:
        """Sum `amounts` `(n,)` over each sample: `(1 + G,)`."""
        zeros = np.zeros(len(bucket), dtype=np.int64)
        sums: Floats = self.table(zeros, bucket, amounts, 1)[0]
        return sums

    def table(self, row: Any, bucket: Any, amounts: Any, rows: int) -> Floats:
        """Sum amounts by row over each sample.

        Args:
            row: row of each amount `(n,)`.
            bucket: of each amount `(n,)`.
            amounts: to sum `(n,)`.
            rows: how many there are.

        Returns:
            Sums of shape `(rows, 1 + G)`.
        """
        cell = row * self.count + self._place[bucket]
        parts = np.bincount(cell, weights=amounts, minlength=rows * self.count)
        parts = parts.reshape(rows, self.count)
        totals = parts.sum(axis=1, keepdims=True)
        samples: Floats = np.concatenate([totals, totals - parts], axis=1)
        return samples


def different(*buckets: Any) -> Any:
    """List the buckets that occur, in order, which are few numbers: `np.unique` would sort them.

    >>> different(np.array([7, 2]), np.array([7, 0])).tolist()
    [0, 2, 7]
    """
    return np.flatnonzero(np.bincount(np.concatenate(buckets)))


class ByAge(Struct, frozen=True, kw_only=True):
    """Averages of a customer in age month 0, 1, 2, ...

    `horizon` is the months that values count, `supported` its default, `longest` the months in the
    data. `customers`, `revenue` and `orders` go up to `longest`, the last two per observed
    customer; `active` months of a customer go up to `horizon`: the area under the curve `survival`.
    """

    horizon: int
    supported: int
    longest: int
    customers: Sequence[Floats]
    revenue: Sequence[Floats]
    orders: Sequence[Floats]
    active: Sequence[Floats]
    survival: kaplan_meier.Survival

    def curve(
        self, margin: Value, *, with_orders: bool = True
    ) -> tuple[Mapping[str, float | int | str | None], ...]:
        """List revenue and margin of an average customer in each age month up to the horizon."""
        rows: list[Mapping[str, float | int | str | None]] = []
        total = np.zeros(1)
        for age in range(self.horizon):
            brought = self.revenue[age] * margin
            total = total + brought
            spread = jackknife.skew_corrected(total)
            rows.append(
                {
                    "age_month": age,
                    "customers": int(self.customers[age][0]),
                    "revenue": float(self.revenue[age][0]),
                    **({"orders": float(self.orders[age][0])} if with_orders else {}),
                    "active": float(self.active[age][0]),
                    "margin": float(brought[0]),
                    "cumulative": float(total[0]),
                    "cumulative_low": spread.low if spread else None,
                    "cumulative_high": spread.high if spread else None,
                }
            )
        return tuple(rows)


def by_age(facts: Sums, samples: Samples, asked: Months | None, *, beyond: bool = False) -> ByAge:
    """Average customers by age.

    Args:
        facts: sums over orders or subscriptions.
        samples: of the same facts.
        asked: the requested horizon; None takes the default, see formulas.horizons.
        beyond: whether a horizon beyond the data is limited to the data, not refused.

    Raises:
        NotWholeMonthsError: the horizon is not a whole number of months.
        UnansweredError: the horizon is beyond the data.
    """
    longest = longest_observed(facts.observed, facts.customers)
    supported = default_horizon(facts.observed, facts.customers)
    if beyond and longest and asked is not None and asked == int(asked) and asked > longest:
        asked = longest
    horizon = supported if asked is None else _horizon(facts, asked, longest)
    observed, triangle = facts.observed, facts.triangle
    most = int(observed.observed_months.max())
    reached = samples.table(observed.observed_months, observed.bucket, observed.customers, most + 1)
    customers = reached[::-1].cumsum(axis=0)[::-1][1 : longest + 1]
    seen = triangle.complete & (triangle.age_month < longest)
    where = triangle.age_month[seen], triangle.bucket[seen]
    revenue = samples.table(*where, triangle.revenue[seen], longest)
    orders = samples.table(*where, triangle.orders[seen], longest)
    survival = _survival(facts, samples)
    with np.errstate(divide="ignore", invalid="ignore"):
        return ByAge(
            horizon=horizon,
            supported=supported,
            longest=longest,
            customers=list(customers),
            revenue=list(revenue / customers),
            orders=list(orders / customers),
            active=list(survival.area_by_month(horizon).T),
            survival=survival,
        )


def longest_observed(observed: Observed, customers: int) -> int:
    """Return the oldest age for which enough of `customers` were observed."""
    enough = min(ENOUGH_AT_AGE, customers)
    return int(np.flatnonzero(_observed_for(observed) >= enough).max(initial=0))


def default_horizon(observed: Observed, customers: int) -> int:
    """Return the default horizon of `customers`; 0 if too few were observed for a month."""
    return horizons.default(_observed_for(observed).tolist(), customers)


def _observed_for(observed: Observed) -> Floats:
    """Count customers observed for at least 0, 1, 2, ... whole months."""
    months = np.bincount(observed.observed_months, weights=observed.customers)
    reached: Floats = months[::-1].cumsum()[::-1]
    return reached


def _horizon(facts: Sums, asked: Months, longest: int) -> int:
    if asked != int(asked) or asked < 1:
        raise NotWholeMonthsError(months=max(1, int(asked)))
    if longest == 0:
        raise NoMonthObservedError
    if asked > longest:
        enough = min(ENOUGH_AT_AGE, facts.customers)
        raise HorizonPastDataError(asked=int(asked), longest=longest, customers=enough)
    return int(asked)


def _survival(facts: Sums, samples: Samples) -> kaplan_meier.Survival:
    """Return the share of customers still active at each age, a row per sample."""
    lifetimes = facts.lifetimes
    times, index = np.unique(lifetimes.life_months, return_inverse=True)
    ended, censored = (
        samples.table(
            index[chosen], lifetimes.bucket[chosen], lifetimes.customers[chosen], len(times)
        ).T
        for chosen in (lifetimes.ended, ~lifetimes.ended)
    )
    return kaplan_meier.fit(times, ended, censored)
