"""What customers are worth, of some of them as of all: the observed value and its inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ltvcli.analyses.valuation import measured as of_orders
from ltvcli.analyses.valuation.by_age import longest_observed
from ltvcli.analyses.valuation.estimates import estimate, point, values
from ltvcli.analyses.valuation.inputs import ASSUMED
from ltvcli.analyses.valuation.measured import Measured
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS, ENOUGH_MONTHS
from ltvcli.methods import observed
from ltvcli.results import Estimate, Source
from ltvcli.stats.inference import jackknife
from ltvcli.stats.inference.jackknife import Spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.units import Months

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What was measured of some customers, and their lifetime value over `horizon` months.

    `ltv` is `(1 + G,)`: all of them, then all but those of one bucket after another of `buckets`.
    """

    facts: Facts | Subscriptions
    horizon: int
    measured: Measured
    inputs: Mapping[str, Any]
    ltv: Floats | None
    buckets: Ints

    @property
    def graded(self) -> bool:
        """Return whether there is enough to grade."""
        return self.facts.customers >= ENOUGH_CUSTOMERS and self.horizon >= ENOUGH_MONTHS

    def figure(self, key: str, least: float = -np.inf, most: float = np.inf) -> Estimate | None:
        """Return a measured input with its interval; None where it had to be assumed."""
        value = self.measured.values.get(key)
        if value is None or self.measured.sources[key] is Source.ASSUMED:
            return None
        found = estimate(value, Source.MEASURED, least, most)
        limits = self.measured.limits.get(key)
        if found is None or limits is None:
            return found
        low, high = limits
        return replace(found, low=min(low, found.value), high=max(high, found.value))

    def payback(self, cac: float) -> Estimate | None:
        """Months until the realised margin has returned `cac`: None while it has not.

        The ends are where the ends of the curve's interval have; no high end is "not yet".
        """
        margin = self.inputs["margin"]
        points = {key: point(value) for key, value in self.inputs.items()}
        months = observed.payback(points | {"cac": cac})
        if months is None:
            return None
        total = np.zeros(1)
        low = high = None
        for age, revenue in enumerate(self.inputs["revenue_by_age_known"]):
            total = total + revenue * margin
            spread = jackknife.skew_corrected(total)
            if spread is None:
                return Estimate(value=months, source=Source.MEASURED)
            if low is None and spread.high >= cac:
                low = age + 1.0
            if high is None and spread.low >= cac:
                high = age + 1.0
        return Estimate(value=months, low=low, high=high, source=Source.MEASURED)


def measure(facts: Facts | Subscriptions, asked: Months | None) -> Measured:
    """Measure what `facts` carry without a model; see `measure` of orders and of subscriptions."""
    from ltvcli.facts.orders import Facts

    if isinstance(facts, Facts):
        return of_orders.measure(facts, asked)
    from ltvcli.analyses.subscriptions import measured as of_subscriptions

    return of_subscriptions.measure_seen(facts, asked)


def worth(
    facts: Facts | Subscriptions,
    horizon: int,
    said: Mapping[str, float],
    margin: float | None = None,
) -> Worth:
    """Value the customers of `facts` over `horizon` months, or as many as they were observed for.

    Args:
        facts: of some customers.
        horizon: months that others are valued over.
        said: numbers that were given.
        margin: of all customers, for those whose own is not known.
    """
    own = min(horizon, longest_observed(facts.observed, facts.customers))
    measured = measure(facts, float(own) if own else None)
    inputs: dict[str, Any] = dict(ASSUMED)
    if margin is not None:
        inputs["margin"] = margin
    inputs |= measured.values
    inputs |= said
    with np.errstate(divide="ignore", invalid="ignore"):
        ltv = values({"observed": observed}, inputs).get("observed") if own else None
    return Worth(
        facts=facts,
        horizon=own,
        measured=measured,
        inputs=inputs,
        ltv=None if ltv is None else np.atleast_1d(ltv),
        buckets=np.unique(np.concatenate([facts.observed.bucket, facts.triangle.bucket])),
    )


def difference(one: Worth, others: Worth, whole: Worth) -> Spread | None:
    """Compare two lifetime values, the same bucket of customers left out of both.

    A bucket that holds nobody of one side leaves its value as it is. Degrees of freedom are those
    of the side with fewer buckets. The error is at least what it would be if the customers of both
    sides were of one kind: a few who by chance hold no large spender vary little among themselves,
    and would seem to be surely worth less.

    Args:
        one: of some customers.
        others: of all others, over as many months.
        whole: of both together, over as many months.
    """
    if one.ltv is None or others.ltv is None or whole.ltv is None:
        return None
    used = whole.buckets
    apart = _placed(one.ltv, one.buckets, used) - _placed(others.ltv, others.buckets, used)
    spread, pooled = jackknife.spread(apart), jackknife.spread(whole.ltv)
    fewest = min(len(one.buckets), len(others.buckets)) - 1
    if spread is None or pooled is None or not fewest:
        return None
    scale = _times_fewer(one, whole) + _times_fewer(others, whole)
    if_one_kind = replace(pooled, value=spread.value, error=pooled.error * math.sqrt(scale))
    return max(replace(spread, degrees=fewest), if_one_kind, key=lambda one: one.half_width)


def _times_fewer(one: Worth, whole: Worth) -> float:
    """Return how many times as many customers the whole has, on average over the months of age."""
    ages = range(one.horizon)
    counts = one.measured.by_age.customers, whole.measured.by_age.customers
    return sum(float(counts[1][age][0] / counts[0][age][0]) for age in ages) / one.horizon


def chance(spread: Spread) -> float:
    """Return how often chance alone sets two values as far apart: the two-sided p-value."""
    if spread.value == 0:
        return 1.0
    below = spread.below(0.0)
    return 2 * min(below, 1 - below)


def _placed(ltv: Floats, buckets: Ints, used: Ints) -> Floats:
    """Return a value for every bucket in `used`."""
    placed = np.full(1 + len(used), ltv[0])
    placed[1 + np.searchsorted(used, buckets)] = ltv[1:]
    return placed
