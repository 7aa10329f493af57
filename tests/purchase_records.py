"""Records of repeat orders: published ones, and ones drawn from models by simulating them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.purchases.record import Cells, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CDNOW = Path(__file__).parents[2] / "shared/data/cdnow"
LAST_KNOWN = date(1997, 9, 30)
PUBLISHED = Optimum(
    parameters={}, standard_errors={}, log_likelihood=0.0, gradient=0.0, limit=None
)  # of models made from printed parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The 2,357 customers of the CDNOW sample, known for 39 weeks and watched for 39 more.

    spent: mean value of the repeat orders known, 0 if there are none. later: orders afterwards.
    """

    cells: Cells
    spent: Floats
    later: Floats


def cdnow() -> Sample:
    """One cell for each customer; orders of one day count as one; weeks."""
    days: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for line in (CDNOW / "CDNOW_sample.txt").read_text().splitlines():
        _, customer, day, _, value = line.split()
        days[customer][date(int(day[:4]), int(day[4:6]), int(day[6:]))] += float(value)
    rows = []
    for orders in days.values():
        first, *repeats = sorted(day for day in orders if day <= LAST_KNOWN)
        rows.append(
            (
                len(repeats),
                ((repeats or [first])[-1] - first).days / 7,
                (LAST_KNOWN - first).days / 7,
                sum(orders[day] for day in repeats) / max(len(repeats), 1),
                len(orders) - len(repeats) - 1,
            )
        )
    frequency, recency, age, spent, later = np.array(rows, dtype=np.float64).T
    return Sample(
        cells=Cells(frequency=frequency, recency=recency, age=age, weight=np.ones(len(rows))),
        spent=spent,
        later=later,
    )


def customer(frequency: float, recency: float, age: float) -> Cells:
    """The record of one customer."""
    x, tx, total = (np.array([float(value)]) for value in (frequency, recency, age))
    return Cells(frequency=x, recency=tx, age=total, weight=np.ones(1))


def collapsed(frequency: Floats, recency: Floats, age: Floats, unit: float = 7.0) -> Cells:
    """Customers with the same record counted, times rounded up to whole days."""
    age = np.ceil(age * unit) / unit
    recency = np.where(frequency > 0, np.minimum(np.ceil(recency * unit) / unit, age), 0.0)
    record, weight = np.unique(np.c_[frequency, recency, age], axis=0, return_counts=True)
    return Cells(
        frequency=record[:, 0],
        recency=record[:, 1],
        age=record[:, 2],
        weight=weight.astype(np.float64),
    )


def leave_after_orders(
    random: np.random.Generator,
    rate: Floats,
    chance: Floats,
    age: Floats,
    withstood: int,
    steps: int = 1,
) -> tuple[Floats, Floats, Floats]:
    """Frequency, recency and age of customers who may leave after each of their orders.

    As BG/NBD has them with `withstood` 0, MBG/NBD with 1, MBG/CNBD-k with k steps to an order.
    """
    most = random.geometric(chance).astype(np.float64) - withstood
    frequency, recency, now = (np.zeros(len(age)) for _ in range(3))
    there = most > 0
    while there.any():
        now += random.gamma(steps, 1 / np.maximum(rate, 1e-300))
        there &= now <= age
        frequency += there
        recency = np.where(there, now, recency)
        there &= frequency < most
    return frequency, recency, age


def leave_at_any_time(
    random: np.random.Generator, rate: Floats, hazard: Floats, age: Floats
) -> tuple[Floats, Floats, Floats]:
    """Frequency, recency and age of customers as the Pareto/NBD model has them."""
    there = np.minimum(random.exponential(1 / np.maximum(hazard, 1e-300)), age)
    frequency = random.poisson(rate * there).astype(np.float64)
    last = there * random.random(len(age)) ** (1 / np.maximum(frequency, 1))
    return frequency, np.where(frequency > 0, last, 0.0), age
