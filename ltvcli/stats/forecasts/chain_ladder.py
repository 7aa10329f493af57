"""The chain ladder: how cohorts grew with age, carried on, as actuaries do with claims.

Cohorts are customers won in the same step of time; C(i, k) is all that cohort i brought by age k.
f(k) = sum C(i, k+1) / sum C(i, k) over the cohorts seen at both ages. Ages that no cohort has
reached yet follow f(k) - 1 = a (k + 1)^-b, fitted to the older two thirds of those seen.

Source: Mack (1993), ASTIN Bulletin 23(2), 213-225, with the error of formulas 7 to 11; Sherman
(1984), Proceedings of the Casualty Actuarial Society 71, 122-155, for the ages to come.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEAST_STEPS = 4
_LEAST_AGES = 3  # that a line can be laid through


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What cohorts known today bring in the time ahead, and the standard error of that."""

    future: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Factors:
    """By age `(k,)`: growth f, its variance per amount, and the sum it was measured on."""

    growth: Floats
    variance: Floats
    base: Floats


def growth(cohort: Ints, activity: Ints, amount: Floats, horizon: float) -> Growth | None:
    """Carry cohorts on.

    Args:
        cohort: steps back from today in which the customers were won `(n,)`; the newest is 0.
        activity: steps back in which they brought `amount` `(n,)`.
        amount: orders or money, those of the first order included `(n,)`.
        horizon: how many steps ahead, not always whole.

    Returns:
        None if cohorts were seen for fewer than four steps, or did not grow.

    Cohorts of 8 that bring 8 more at every age; the oldest has no one to learn from:

    >>> age = np.array([0, 0, 1, 0, 1, 2, 0, 1, 2, 3])
    >>> cohort = np.array([0, 1, 1, 2, 2, 2, 3, 3, 3, 3])
    >>> brought = np.array([8.0, 8, 8, 8, 8, 8, 8, 8, 8, 8])
    >>> found = growth(cohort, cohort - age, brought, 1.0)
    >>> round(found.future, 1), found.error
    (24.0, 0.0)
    """
    table = _cumulative(cohort, activity, amount)
    if len(table) < LEAST_STEPS:
        return None
    seen = _seen(table)
    if seen is None:
        return None
    steps = math.ceil(horizon)
    factors = _extended(seen, len(table) - 1 + steps)
    now = np.diagonal(table)
    ahead = np.clip(horizon - np.arange(steps), 0, 1)
    return _carried(now, ahead, factors)


def _cumulative(cohort: Ints, activity: Ints, amount: Floats) -> Floats:
    """Return C(i, k), `(n, n)`, with i counted from the newest: row i is known up to age i."""
    size = int(cohort.max()) + 1
    table = np.zeros((size, size))
    np.add.at(table, (cohort, cohort - activity), amount)
    found: Floats = table.cumsum(axis=1)
    return found


def _seen(table: Floats) -> _Factors | None:
    size = len(table)
    growth, variance, base = np.ones(size - 1), np.zeros(size - 1), np.zeros(size - 1)
    for age in range(size - 1):
        before, after = table[age + 1 :, age], table[age + 1 :, age + 1]
        there = before > 0
        base[age] = before[there].sum()
        if base[age] <= 0:
            return None
        growth[age] = after[there].sum() / base[age]
        away = before[there] * (after[there] / before[there] - growth[age]) ** 2
        if there.sum() > 1:
            variance[age] = away.sum() / (there.sum() - 1)
        elif age > 1:  # one cohort alone shows no spread: Mack's guess from the two ages before
            two, one = variance[age - 2], variance[age - 1]
            variance[age] = min(one**2 / two if two > 0 else one, one, two)
    return _Factors(growth=growth, variance=variance, base=base)


def _extended(seen: _Factors, ages: int) -> _Factors:
    """Return factors for ages nobody has reached; where none can be told there is no growth."""
    known = len(seen.growth)
    age = np.arange(known)
    more = seen.growth - 1
    told = (age >= max(1, known // 3)) & (more > 0)
    beyond = np.arange(known, max(ages, known))
    rest = np.zeros(len(beyond))
    if told.sum() >= _LEAST_AGES:
        weight = np.sqrt(more[told] * seen.base[told])
        slope, level = np.polyfit(np.log(age[told] + 1), np.log(more[told]), 1, w=weight)
        if slope > 0:  # growth that gains with age is chance, and must not be carried on
            slope, level = 0.0, float(np.average(np.log(more[told]), weights=weight**2))
        rest = np.exp(level + slope * np.log(beyond + 1))
    tail = np.where(rest > 0, seen.variance[-1], 0.0)
    return _Factors(
        growth=np.concatenate([seen.growth, 1 + rest]),
        variance=np.concatenate([seen.variance, tail]),
        base=np.concatenate([seen.base, np.full(len(beyond), seen.base[-1])]),
    )


def _carried(now: Floats, ahead: Floats, factors: _Factors) -> Growth:
    """Let each cohort, whose age is its place, grow over the parts of steps that lie ahead."""
    age = np.arange(len(now))
    amount, chance = now.astype(np.float64), np.zeros(len(now))
    passed: list[tuple[Ints, Floats]] = []
    for step, part in enumerate(ahead):
        at = age + step
        grows = 1 + (factors.growth[at] - 1) * part
        chance = grows**2 * chance + factors.variance[at] * part * np.maximum(amount, 0)
        amount = amount * grows
        passed.append((at, grows))
    # The factor of an age is the same for all cohorts that pass it, so its error adds up.
    shared = np.zeros(len(factors.growth))
    for at, grows in passed:
        shared[at] += amount / np.maximum(grows, 1e-12)
    base = np.maximum(factors.base, 1e-12)
    common = float((shared**2 * factors.variance / base).sum())
    return Growth(
        future=float(amount.sum() - now.sum()), error=math.sqrt(float(chance.sum()) + common)
    )
