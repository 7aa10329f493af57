"""The likelihood of customers who may leave right after an order, its slope, and its peak.

The equations are in `beta_geometric`; here they stand as a sum of logarithms of ratios that stay
small, so that neither loyal customers nor extreme parameters overflow. With `steps` k above 1 an
order takes k steps at random (see `mbg_cnbd_k`): x orders are k x steps, and a customer who is
there may have taken fewer than k more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ltvcli.language import N_
from ltvcli.stats.numerics import gamma_ratio
from ltvcli.stats.numerics.reproducible_sum import dot, dots
from ltvcli.stats.purchases.best_fit import Limit, Objective, Peak, search
from ltvcli.stats.purchases.grouped_records import levels
from ltvcli.stats.purchases.optimum import FIRST_OR_NEVER, NOBODY_LEAVES, SAME_CHANCE, SAME_RATE
from ltvcli.stats.purchases.record import Cells
from ltvcli.stats.purchases.several_points import in_parts, totals_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SECOND_OR_NEVER = N_("some customers leave after their second order, the others never")
ALL_AFTER_SECOND = N_("every customer leaves after the second order")

_EACH = (
    Limit(SAME_RATE, {1: 18.0}),
    Limit(NOBODY_LEAVES, {2: -27.0, 3: 0.0}),
    Limit(SAME_CHANCE, {3: 18.0}),
)
_LIMITS = (
    (*_EACH, Limit(SECOND_OR_NEVER, {3: -27.0}), Limit(ALL_AFTER_SECOND, {2: 27.0, 3: 0.0})),
    (*_EACH, Limit(FIRST_OR_NEVER, {3: -27.0})),
)
WITHOUT = {SAME_RATE: ("r", "alpha")} | dict.fromkeys(
    (SAME_CHANCE, SECOND_OR_NEVER, ALL_AFTER_SECOND), ("a", "b")
)


def best(cells: Cells, withstood: int, steps: int = 1) -> Peak | None:
    """Find the peak of the likelihood over the coordinates.

    Args:
        cells: the record, with times of the order of 1.
        withstood: chances to leave besides those after repeat orders: 0 in BG/NBD, 1 in MBG/NBD.
        steps: at random moments that make up one order: 1, or more in MBG/CNBD-k.

    Returns:
        The peak; None if the search did not converge.
    """
    rate = np.log(steps * (0.5 + dot(cells.frequency, cells.weight) / cells.weight.sum()))
    starts = [np.array([rate, -0.5, -0.5, 0.0]), np.array([rate, -0.5, -2.0, 1.5])]
    summaries = levels(lambda cells: objective(cells, withstood, steps), cells)
    return search(summaries, float(cells.weight.sum()), starts, _LIMITS[withstood])


def parameters(at: Floats) -> tuple[float, float, float, float]:
    """Return r, alpha, a and b from coordinates, logs of r / alpha, r, a / b and a + b: `(4,)`.

    >>> [round(value, 9) for value in parameters(np.log([0.5, 1.0, 1.0, 4.0]))]
    [1.0, 2.0, 2.0, 2.0]
    """
    r, alpha, a, b = _parameters(at)
    return float(r), float(alpha), float(a), float(b)


def _parameters(at: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return r, alpha, a and b, each `(...)`, from coordinates `(..., 4)`."""
    rate, r, odds, sure = np.moveaxis(np.exp(at), -1, 0)
    return r, r / rate, sure * odds / (1 + odds), sure / (1 + odds)


class Waiting(NamedTuple):
    """The event that an active customer has not ordered since the last order, all `(..., n)`.

    log: logarithm of its probability, relative to that of no step at all.
    by_power: slope of `log` over the power. mean: mean number of steps taken since then.
    shares: probabilities of 0, 1, ... steps, `(steps, ..., n)`.
    """

    log: Floats
    by_power: Floats
    mean: Floats
    shares: Floats


def waiting(power: Floats, idle: Floats, steps: int) -> Waiting:
    """Return the probability that fewer than `steps` steps were taken since the last order.

    Args:
        power: r + steps x, the shape of the distribution of rates `(..., n)`.
        idle: time since the last order, as a share of alpha + age `(..., n)`.
        steps: at random moments that make up one order.
    """
    if steps == 1:
        none = np.zeros_like(power)
        return Waiting(none, none, none, np.ones_like(power)[None])
    each, slope = [np.ones_like(power)], [np.zeros_like(power)]
    for taken in range(1, steps):
        each.append(each[-1] * idle * (power + taken - 1) / taken)
        slope.append(slope[-1] + 1 / (power + taken - 1))
    total = np.sum(each, axis=0)
    shares = np.array(each) / total
    taken_by = np.arange(steps).reshape(-1, *[1] * power.ndim)
    return Waiting(
        np.log(total), (shares * slope).sum(axis=0), (shares * taken_by).sum(axis=0), shares
    )


def objective(cells: Cells, withstood: int, steps: int = 1) -> Objective:
    """Return the mean log-likelihood and its slope `(4,)`, as a function of the coordinates.

    Args:
        cells: the record.
        withstood: chances to leave besides those after repeat orders: 0 in BG/NBD, 1 in MBG/NBD.
        steps: at random moments that make up one order: 1, or more in MBG/CNBD-k.
    """
    x, tx, age = cells.frequency * steps, cells.recency, cells.age
    weight = cells.weight / cells.weight.sum()
    orders, which = np.unique(cells.frequency, return_inverse=True)
    customers = np.bincount(which, weights=weight)
    chances, taken = orders + withstood, orders * steps
    earlier = np.maximum(chances - 1, 0)
    may_have_left = chances >= 1
    idle = age - tx
    counts = np.array([chances, chances, taken])

    def value(at: Floats) -> tuple[Floats, Floats]:
        r, alpha, a, b = (each[..., None] for each in _parameters(at))
        until_age, until_last = alpha + age, alpha + tx
        elapsed, since = np.log1p(age / alpha), np.log1p(idle / until_last)
        waits = waiting(r + x, idle / until_age, steps)
        fixed = np.where(may_have_left, np.log(a) - np.log(b + earlier), -np.inf)
        log_odds = fixed[..., which] + (r + x) * since - waits.log
        either = np.logaddexp(0, log_odds)
        left = weight * np.exp(log_odds - either)
        stays = weight - left
        shapes = np.stack([b, a + b, r], axis=-2)
        ratios, slopes = gamma_ratio.with_slope(shapes, counts)
        kept, all_of, repeats = np.moveaxis(ratios, -2, 0)
        height = dots(customers, repeats + (kept - all_of)) + dots(
            weight, either + waits.log - r * elapsed - x * np.log(until_age)
        )
        left_by = totals_by(which, left)
        kept, all_of, repeats = np.moveaxis(slopes, -2, 0)
        by_r = r * (
            dots(customers, repeats)
            - dots(weight, elapsed)
            + dots(left, since)
            + dots(stays, waits.by_power)
        )
        by_alpha = dots(weight, (r * age - x * alpha) / until_age) - alpha * (
            dots(left, (r + x) * idle / (until_last * until_age))
            + dots(stays, waits.mean / until_age)
        )
        by_a = left.sum(axis=-1, keepdims=True) - a * dots(customers, all_of)
        by_b = b * (dots(customers, kept - all_of) - dots(left_by, 1 / (b + earlier)))
        share = a / (a + b)
        slope = [-by_alpha, by_r + by_alpha, (1 - share) * by_a - share * by_b, by_a + by_b]
        return height[..., 0], np.concatenate(slope, axis=-1)

    return in_parts(value, len(x))
