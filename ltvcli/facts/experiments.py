"""Sums of the outcomes of each arm, from which means, variances and skewness follow.

The engine holds `experiment_customers(arm TEXT, segment TEXT, bucket INTEGER, heads DECIMAL(10,0),
before DECIMAL(18,4), outcome_0 DECIMAL(18,4), outcome_1, ...)`: a row per customer, or for as many
as `heads` with the same. `before` is NULL throughout where it was not read, `bucket` one of a
hundred groups of customers. `experiment_measured(segment, arm, bucket, heads, before, outcome)` is
the outcome of these that is added up, by segment or of all as one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine, Floats, Ints


STEPS = 8
"""Ages at most at which effects are known."""
GROUPS = 100
"""Groups of customers."""


class Earlier(Struct, frozen=True, kw_only=True):
    """Outcomes of an arm before the start: mean, standard deviation, covariance with later ones.

    Divisors are n - 1; both are 0 for a single customer.
    """

    mean: float
    sd: float
    covariance: float


class ArmSums(Struct, frozen=True, kw_only=True):
    """Sums of the outcome of one arm.

    Attributes:
        key: of the arm.
        segment: of the customers; "" where they are not segmented, or their segment is not known.
        customers: assigned to it.
        mean: of the outcome.
        sd: its standard deviation (divisor n - 1), 0 for a single customer.
        skewness: of the outcome; None where all have the same.
        buyers: customers with an outcome other than 0.
        amounts: customers with an outcome other than 0 and 1.
        total: of the outcome.
        before: of earlier values; None if there are none.
    """

    key: str
    segment: str
    customers: int
    mean: float
    sd: float
    skewness: float | None
    buyers: int
    amounts: int
    total: float
    before: Earlier | None


class ArmBuckets(Struct, frozen=True, kw_only=True):
    """Sums of one arm by group of customers, each of shape `(g,)`, for the jackknife.

    Attributes:
        key: of the arm.
        bucket: number of the group.
        customers: in the group.
        outcome: of these, together.
        before: of these, together; NaN where it was not read.
    """

    key: str
    bucket: Ints
    customers: Ints
    outcome: Floats
    before: Floats


class AgeSums(Struct, frozen=True, kw_only=True):
    """Outcomes of each arm by age since the assignment.

    Attributes:
        age_days: end of each step, days after the assignment, ascending.
        outcome: by key of the arm, `(100, steps)`: outcome of a group of customers in a step.
    """

    age_days: tuple[int, ...]
    outcome: Mapping[str, Floats]


class AssignmentDays(Struct, frozen=True, kw_only=True):
    """Days of the assignment of an arm, from the first one of all: mean, standard deviation."""

    key: str
    customers: int
    mean: float
    sd: float


def gather(engine: Engine) -> tuple[ArmSums, ...]:
    """Add up the table `experiment_measured` by segment and arm."""
    rows = engine.columns("facts/experiments/arms")
    cubes = engine.columns("facts/experiments/cubes")
    skewed = {
        (segment, arm): total
        for segment, arm, total in zip(cubes["segment"], cubes["arm"], cubes["cubes"], strict=True)
    }
    names = ("segment", "arm")
    sums = []
    for place, (segment, key) in enumerate(zip(rows["segment"], rows["arm"], strict=True)):
        row = {name: float(values[place]) for name, values in rows.items() if name not in names}
        n = int(row["customers"])
        has_before = not math.isnan(row["before_mean"])
        before = Earlier(
            mean=row["before_mean"],
            sd=math.sqrt(_variance(row["earlier_squares"], row["earlier"], row["earlier"], n)),
            covariance=_moment(row["products"], row["earlier"], row["away"], n),
        )
        cubed = skewed.get((segment, key))
        sums.append(
            ArmSums(
                key=str(key),
                segment=str(segment),
                customers=n,
                mean=row["mean"],
                sd=math.sqrt(_variance(row["squares"], row["away"], row["away"], n)),
                skewness=None if cubed is None else float(cubed) / n,
                buyers=int(row["buyers"]),
                amounts=int(row["amounts"]),
                total=row["total"],
                before=before if has_before else None,
            )
        )
    return tuple(sums)


def buckets(engine: Engine) -> dict[str, ArmBuckets]:
    """Add up the table `experiment_measured` by arm and group of customers."""
    rows = engine.columns("facts/experiments/buckets")
    groups = {}
    for key in dict.fromkeys(rows["arm"]):
        of_arm = rows["arm"] == key
        columns = {name: values[of_arm] for name, values in rows.items() if name != "arm"}
        groups[str(key)] = ArmBuckets(key=str(key), **columns)
    return groups


def step_of(age: int) -> int:
    """Return the length of a step in days, for at most eight steps.

    >>> step_of(90), step_of(5)
    (12, 1)
    """
    return -(-age // STEPS)


def by_age(engine: Engine, age: int) -> AgeSums:
    """Return the outcomes of each arm by age, in at most eight steps.

    Args:
        engine: holds `experiment_ages(arm, bucket, step, outcome)`.
        age: days since the assignment that count.
    """
    import numpy as np

    days = step_of(age)
    steps = -(-age // days)
    rows = engine.columns("facts/experiments/ages")
    outcome: dict[str, Floats] = {}
    for key, bucket, step, worth in zip(*rows.values(), strict=True):
        outcome.setdefault(str(key), np.zeros((GROUPS, steps)))[bucket, step] = worth
    return AgeSums(
        age_days=tuple(min(days * (step + 1), age) for step in range(steps)),
        outcome=defaultdict(lambda: np.zeros((GROUPS, steps)), outcome),
    )


def assignment_days(engine: Engine) -> tuple[AssignmentDays, ...]:
    """Return on which days arms were assigned."""
    rows = engine.columns("facts/experiments/days")
    return tuple(
        AssignmentDays(key=str(key), customers=int(customers), mean=float(mean), sd=float(sd))
        for key, customers, mean, sd in zip(*rows.values(), strict=True)
    )


def share_cap(engine: Engine, share: float) -> float | None:
    """Return the quantile of the outcome at a share of buyers; None without buyers."""
    cap = engine.row("facts/experiments/cap", {"share": share})["cap"]
    return None if cap is None else float(cap)


def above(engine: Engine, cap: float) -> int:
    """Count the customers with an outcome above `cap`."""
    return int(engine.row("facts/experiments/above_cap", {"cap": cap})["customers"])


def _moment(products: float, left: float, right: float, n: int) -> float:
    """Return a covariance from a sum of products and two sums; 0 for a single customer."""
    return (products - left * right / n) / (n - 1) if n > 1 else 0.0


def _variance(squares: float, left: float, right: float, n: int) -> float:
    return max(_moment(squares, left, right, n), 0.0)
