"""The observed LTV of any group of customers, and its inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.valuation import measured as of_orders
from ltvcli.analyses.valuation.by_age import different, longest_observed
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


class ObservedLtv(Struct, frozen=True, kw_only=True):
    """Measured figures of a group of customers, and their LTV over `horizon` months.

    `ltv` is `(1 + G,)`: all of them, then all but each bucket of `buckets`.
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
        """Return a measured input with its interval; None where it had to be assumed.

        Args:
            key: of the input.
            least: lowest possible value, at which the interval is cut.
            most: highest possible value.
        """
        value = self.measured.values.get(key)
        if value is None or self.measured.sources[key] is Source.ASSUMED:
            return None
        measured = estimate(value, Source.MEASURED, least, most)
        limits = self.measured.limits.get(key)
        if measured is None or limits is None:
            return measured
        low, high = limits
        return replace(measured, low=min(low, measured.value), high=max(high, measured.value))

    def payback(self, cac: float) -> Estimate | None:
        """Return the months until the realised margin has returned `cac`; None if it has not.

        The ends are those months for the ends of the curve's interval; no high end means "not yet".
        """
        margin = self.inputs["margin"]
        points = {key: point(value) for key, value in self.inputs.items()}
        months = observed.payback(points | {"cac": cac})
        if months is None:
            return None
        total = np.zeros(1)
        low = high = None
        is_known = False
        for age, revenue in enumerate(self.inputs["revenue_by_age_known"]):
            total = total + revenue * margin
            spread = jackknife.skew_corrected(total)
            if spread is None and not jackknife.is_defined(total):
                return Estimate(value=months, source=Source.MEASURED)
            is_known |= spread is not None
            # All first payments may be the same, and later ones not.
            value = float(total[0])
            least, most = (spread.low, spread.high) if spread else (value, value)
            if low is None and most >= cac:
                low = age + 1.0
            if high is None and least >= cac:
                high = age + 1.0
        if not is_known:
            return Estimate(value=months, source=Source.MEASURED)
        return Estimate(value=months, low=low, high=high, source=Source.MEASURED)


def measure(facts: Facts | Subscriptions, asked: Months | None) -> Measured:
    """Measure the figures of facts without a model, of orders or of subscriptions."""
    from ltvcli.facts.orders import Facts

    if isinstance(facts, Facts):
        return of_orders.measure(facts, asked)
    from ltvcli.analyses.subscriptions import measured as of_subscriptions

    return of_subscriptions.measure_seen(facts, asked)


def observed_ltv(
    facts: Facts | Subscriptions,
    horizon: int,
    given: Mapping[str, float],
    margin: float | None = None,
) -> ObservedLtv:
    """Value the customers of `facts` over `horizon` months, or as many as they were observed for.

    Args:
        facts: of some customers.
        horizon: months over which all groups are valued.
        given: numbers that were given.
        margin: of all customers, for groups whose margin is not known.
    """
    reached = min(horizon, longest_observed(facts.observed, facts.customers))
    measured = measure(facts, float(reached) if reached else None)
    inputs: dict[str, Any] = dict(ASSUMED)
    if margin is not None:
        inputs["margin"] = margin
    inputs |= measured.values
    inputs |= given
    with np.errstate(divide="ignore", invalid="ignore"):
        ltv = values({"observed": observed}, inputs).get("observed") if reached else None
    return ObservedLtv(
        facts=facts,
        horizon=reached,
        measured=measured,
        inputs=inputs,
        ltv=None if ltv is None else np.atleast_1d(ltv),
        buckets=different(facts.observed.bucket, facts.triangle.bucket),
    )


def difference(group: ObservedLtv, rest: ObservedLtv, everyone: ObservedLtv) -> Spread | None:
    """Compare the LTV of a group with that of all other customers, by a common jackknife.

    A bucket without customers of one side does not change its value. Degrees of freedom are those
    of the side with fewer buckets. The error is at least that of a single population: a small group
    that by chance has no large spender varies little, and would seem significantly less valuable.

    Args:
        group: some customers.
        rest: all other customers, over as many months.
        everyone: all customers, over as many months.
    """
    if group.ltv is None or rest.ltv is None or everyone.ltv is None:
        return None
    used = everyone.buckets
    differences = _placed(group.ltv, group.buckets, used) - _placed(rest.ltv, rest.buckets, used)
    spread, pooled = jackknife.spread(differences), jackknife.spread(everyone.ltv)
    fewest = min(len(group.buckets), len(rest.buckets)) - 1
    if spread is None or pooled is None or not fewest:
        return None
    scale = _times_fewer(group, everyone) + _times_fewer(rest, everyone)
    if_one_kind = replace(pooled, value=spread.value, error=pooled.error * math.sqrt(scale))
    return max(replace(spread, degrees=fewest), if_one_kind, key=lambda either: either.half_width)


def _times_fewer(group: ObservedLtv, everyone: ObservedLtv) -> float:
    """Return the ratio of all customers to those of the group, averaged over the months of age."""
    ages = range(group.horizon)
    counts = group.measured.by_age.customers, everyone.measured.by_age.customers
    return sum(float(counts[1][age][0] / counts[0][age][0]) for age in ages) / group.horizon


def p_value(spread: Spread) -> float:
    """Return the two-sided p-value of a difference."""
    if spread.value == 0:
        return 1.0
    below = spread.below(0.0)
    return 2 * min(below, 1 - below)


def _placed(ltv: Floats, buckets: Ints, used: Ints) -> Floats:
    """Return a value for every bucket in `used`."""
    placed = np.full(1 + len(used), ltv[0])
    placed[1 + np.searchsorted(used, buckets)] = ltv[1:]
    return placed
