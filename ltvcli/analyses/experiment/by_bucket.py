"""Effects from sums by groups of customers: the jackknife, and the effect over age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.facts.experiments import GROUPS
from ltvcli.results.experiment import AgeEffect, Range
from ltvcli.stats.inference import jackknife as delete_group

if TYPE_CHECKING:
    from ltvcli.facts.engine import Floats
    from ltvcli.facts.experiments import AgeSums, ArmBuckets


def jackknife(
    buckets: Mapping[str, ArmBuckets], keys: Sequence[str], theta: float
) -> tuple[Range | None, ...]:
    """Return the interval of the effect of every arm but the control, by leaving out groups.

    Args:
        buckets: sums by arm and group.
        keys: of the arms, control first.
        theta: slope of the outcome on earlier values; 0 if they are unknown.
    """
    control, *treated = (_arm(buckets[key], theta) for key in keys)
    return tuple(_interval(_left_out(arm) - _left_out(control)) for arm in treated)


def _arm(arm: ArmBuckets, theta: float) -> Floats:
    """Return customers and adjusted outcome of an arm by group, `(2, GROUPS)`."""
    sums = np.zeros((2, GROUPS))
    sums[0, arm.bucket] = arm.customers
    sums[1, arm.bucket] = arm.outcome - (theta * arm.before if theta else 0.0)
    return sums


def _left_out(sums: Floats) -> Floats:
    """Return the mean of an arm, then its mean without each group, `(1 + GROUPS,)`."""
    total = sums.sum(axis=1, keepdims=True)
    customers, outcome = np.concatenate([total, total - sums], axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Floats = outcome / customers
    return mean


def _interval(replicates: Floats) -> Range | None:
    spread = delete_group.spread(replicates)
    if spread is None:
        return None
    return Range(value=spread.value, low=spread.low, high=spread.high)


def by_age(
    ages: AgeSums, buckets: Mapping[str, ArmBuckets], names: Mapping[str, str], theta: float
) -> tuple[AgeEffect, ...]:
    """Return the effect of every arm but the control to each age since the assignment.

    What was before is taken off in proportion to what was brought to an age, so that the effect at
    the last age is that of the decision.

    Args:
        ages: outcome of each arm, by age and group.
        buckets: sums by arm and group, at the last age.
        names: of the arms by key, control first.
        theta: slope on earlier values; 0 if they are unknown.
    """
    everybody = sum(arm.customers.sum() for arm in buckets.values())
    brought = {key: np.cumsum(ages.outcome[key], axis=1) for key in names}
    pooled = sum(sums.sum(axis=0) for sums in brought.values()) / everybody
    last = pooled[-1] if len(pooled) and pooled[-1] else 1.0
    control, *treated = names
    effects = []
    for key in treated:
        for step, age in enumerate(ages.age_days):
            slope = theta * pooled[step] / last
            means = []
            for of_arm in (key, control):
                arm = _arm(buckets[of_arm], 0.0)
                arm[1] = brought[of_arm][:, step]
                if theta:
                    arm[1, buckets[of_arm].bucket] -= slope * buckets[of_arm].before
                means.append(_left_out(arm))
            interval = _interval(means[0] - means[1])
            if interval is not None:
                effects.append(AgeEffect(arm=names[key], age_days=age, effect=interval))
    return tuple(effects)
