"""What customers of each arm brought, added up: enough for means, spreads and skewness."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What customers of an arm brought before: mean, standard deviation, covariance with later.

    Divisors are n - 1; both are 0 for a single customer.
    """

    mean: float
    sd: float
    covariance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmSums:
    """Sums of the outcome of one arm.

    Attributes:
        key: of the arm.
        customers: assigned to it.
        mean: of the outcome.
        sd: its standard deviation (divisor n - 1), 0 for a single customer.
        skewness: of the outcome; None where all have the same.
        buyers: customers with an outcome other than 0.
        amounts: customers with an outcome other than 0 and 1.
        total: of the outcome.
        before: of what was before; None where it was not read.
    """

    key: str
    customers: int
    mean: float
    sd: float
    skewness: float | None
    buyers: int
    amounts: int
    total: float
    before: Earlier | None


def gather(engine: Engine) -> tuple[ArmSums, ...]:
    """Add up the table `experiment_customers` by arm.

    experiment_customers(arm TEXT, outcome and before DECIMAL(18,4)): a row per customer; `before`
    is NULL throughout where it was not read.
    """
    rows = engine.columns("facts/experiments/arms")
    cubes = engine.columns("facts/experiments/cubes")
    skewed = dict(zip(cubes["arm"], cubes["cubes"], strict=True))
    sums = []
    for place, key in enumerate(rows["arm"]):
        row = {name: float(values[place]) for name, values in rows.items() if name != "arm"}
        n = int(row["customers"])
        has_before = not math.isnan(row["before_mean"])
        before = Earlier(
            mean=row["before_mean"],
            sd=math.sqrt(_variance(row["earlier_squares"], row["earlier"], row["earlier"], n)),
            covariance=_moment(row["products"], row["earlier"], row["away"], n),
        )
        sums.append(
            ArmSums(
                key=str(key),
                customers=n,
                mean=row["mean"],
                sd=math.sqrt(_variance(row["squares"], row["away"], row["away"], n)),
                skewness=float(skewed[key]) / n if key in skewed else None,
                buyers=int(row["buyers"]),
                amounts=int(row["amounts"]),
                total=row["total"],
                before=before if has_before else None,
            )
        )
    return tuple(sums)


def _moment(products: float, left: float, right: float, n: int) -> float:
    """Return a covariance from a sum of products and two sums; 0 for a single customer."""
    return (products - left * right / n) / (n - 1) if n > 1 else 0.0


def _variance(squares: float, left: float, right: float, n: int) -> float:
    return max(_moment(squares, left, right, n), 0.0)
