"""The chain ladder: the growth of cohorts with age, extrapolated as actuaries do with claims.

Cohorts are customers acquired in the same step of time; C(i, k) is the total of cohort i by age k.
f(k) = sum C(i, k+1) / sum C(i, k) over the cohorts seen at both ages. Ages that no cohort has
reached yet follow f(k) - 1 = a (k + 1)^-b, fitted to the older two thirds of those seen.

Source: Mack (1993), ASTIN Bulletin 23(2), 213-225, with the error of formulas 7 to 11; Sherman
(1984), Proceedings of the Casualty Actuarial Society 71, 122-155, for the ages to come.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEAST_STEPS = 4
_LEAST_AGES = 3  # through which a line can be fitted


class Growth(Struct, frozen=True, kw_only=True):
    """The amount that existing cohorts add within the horizon, and its standard error."""

    future: float
    error: float


class _Factors(Struct, frozen=True, kw_only=True):
    """By age `(k,)`: growth f, its variance per amount, and the amount it was measured on."""

    growth: Floats
    variance: Floats
    base: Floats


def growth(cohort: Ints, activity: Ints, amount: Floats, horizon: float) -> Growth | None:
    """Project the growth of all cohorts over the horizon.

    Args:
        cohort: step in which the customers were acquired, counted back from today; the newest is 0
            `(n,)`.
        activity: step of the `amount`, counted back from today `(n,)`.
        amount: orders or money, first orders included `(n,)`.
        horizon: how many steps ahead; may be fractional.

    Returns:
        The projection; None if cohorts were observed for fewer than four steps, or did not grow.

    Cohorts of 8 that add 8 at every age; no cohort shows how the oldest one goes on:

    >>> age = np.array([0, 0, 1, 0, 1, 2, 0, 1, 2, 3])
    >>> cohort = np.array([0, 1, 1, 2, 2, 2, 3, 3, 3, 3])
    >>> orders = np.array([8.0, 8, 8, 8, 8, 8, 8, 8, 8, 8])
    >>> projected = growth(cohort, cohort - age, orders, 1.0)
    >>> round(projected.future, 1), projected.error
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
    shares = np.clip(horizon - np.arange(steps), 0, 1)
    return _carried(now, shares, factors)


def _cumulative(cohort: Ints, activity: Ints, amount: Floats) -> Floats:
    """Return C(i, k), `(n, n)`, with i counted from the newest: row i is known up to age i."""
    size = int(cohort.max()) + 1
    table = np.zeros((size, size))
    np.add.at(table, (cohort, cohort - activity), amount)
    cumulative: Floats = table.cumsum(axis=1)
    return cumulative


def _seen(table: Floats) -> _Factors | None:
    size = len(table)
    growth, variance, base = np.ones(size - 1), np.zeros(size - 1), np.zeros(size - 1)
    for age in range(size - 1):
        before, after = table[age + 1 :, age], table[age + 1 :, age + 1]
        started = before > 0
        base[age] = before[started].sum()
        if base[age] <= 0:
            return None
        growth[age] = after[started].sum() / base[age]
        deviations = before[started] * (after[started] / before[started] - growth[age]) ** 2
        if started.sum() > 1:
            variance[age] = deviations.sum() / (started.sum() - 1)
        elif age > 1:  # one cohort has no spread: Mack's estimate from the two previous ages
            before_previous, previous = variance[age - 2], variance[age - 1]
            variance[age] = min(
                previous**2 / before_previous if before_previous > 0 else previous,
                previous,
                before_previous,
            )
    return _Factors(growth=growth, variance=variance, base=base)


def _extended(seen: _Factors, ages: int) -> _Factors:
    """Return factors for ages that no cohort has reached, without growth where none was fitted."""
    known = len(seen.growth)
    age = np.arange(known)
    more = seen.growth - 1
    usable = (age >= max(1, known // 3)) & (more > 0)
    beyond = np.arange(known, max(ages, known))
    rest = np.zeros(len(beyond))
    if usable.sum() >= _LEAST_AGES:
        weight = np.sqrt(more[usable] * seen.base[usable])
        slope, level = np.polyfit(np.log(age[usable] + 1), np.log(more[usable]), 1, w=weight)
        if slope > 0:  # growth that rises with age is chance and is not extrapolated
            slope, level = 0.0, float(np.average(np.log(more[usable]), weights=weight**2))
        rest = np.exp(level + slope * np.log(beyond + 1))
    tail = np.where(rest > 0, seen.variance[-1], 0.0)
    return _Factors(
        growth=np.concatenate([seen.growth, 1 + rest]),
        variance=np.concatenate([seen.variance, tail]),
        base=np.concatenate([seen.base, np.full(len(beyond), seen.base[-1])]),
    )


def _carried(now: Floats, shares: Floats, factors: _Factors) -> Growth:
    """Project each cohort over the `shares` of future steps; its index is its age."""
    age = np.arange(len(now))
    amount, chance = now.astype(np.float64), np.zeros(len(now))
    passed: list[tuple[Ints, Floats]] = []
    for step, share in enumerate(shares):
        ages = age + step
        grows = 1 + (factors.growth[ages] - 1) * share
        chance = grows**2 * chance + factors.variance[ages] * share * np.maximum(amount, 0)
        amount = amount * grows
        passed.append((ages, grows))
    # The factor of an age is the same for all cohorts that pass it, so its error adds up.
    shared = np.zeros(len(factors.growth))
    for ages, grows in passed:
        shared[ages] += amount / np.maximum(grows, 1e-12)
    base = np.maximum(factors.base, 1e-12)
    common = float((shared**2 * factors.variance / base).sum())
    return Growth(
        future=float(amount.sum() - now.sum()), error=math.sqrt(float(chance.sum()) + common)
    )
