"""The likelihood of customers who may leave right after an order, its slope, and its peak.

The equations are in `beta_geometric`; here they stand as a sum of logarithms of ratios that stay
small, so that neither loyal customers nor extreme parameters overflow. With `steps` k above 1 an
order takes k steps at random (see `mbg_cnbd_k`): x orders are k x steps, and a customer who is
there may have taken fewer than k more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ltvcli.language import N_
from ltvcli.stats.numerics import gamma_ratio
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.best_fit import Limit, Objective, Peak, search
from ltvcli.stats.purchases.derivatives import of_either, over_coordinates, symmetric
from ltvcli.stats.purchases.grouped_records import levels
from ltvcli.stats.purchases.optimum import FIRST_OR_NEVER, NOBODY_LEAVES, SAME_CHANCE, SAME_RATE
from ltvcli.stats.purchases.record import Cells

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
    rate, r, odds, sure = np.exp(at).tolist()
    return r, r / rate, sure * odds / (1 + odds), sure / (1 + odds)


class Waiting(NamedTuple):
    """The event that an active customer has not ordered since the last order, all `(n,)`.

    log: logarithm of its probability, relative to that of no step at all.
    slopes: of `log` over the power and over the log of idle. bends: over pairs of these.
    shares: probabilities of 0, 1, ... steps, `(steps, n)`.
    """

    log: Floats
    slopes: tuple[Floats, Floats]
    bends: Mapping[tuple[int, int], Floats]
    shares: Floats


def waiting(power: Floats, idle: Floats, steps: int) -> Waiting:
    """Return the probability that fewer than `steps` steps were taken since the last order.

    Args:
        power: r + steps x, the shape of the distribution of rates `(n,)`.
        idle: time since the last order, as a share of alpha + age `(n,)`.
        steps: at random moments that make up one order.
    """
    none = np.zeros_like(power)
    if steps == 1:
        bends = dict.fromkeys(((0, 0), (0, 1), (1, 1)), none)
        return Waiting(none, (none, none), bends, np.ones_like(power)[None])
    each, slopes, falls = [np.ones_like(power)], [none], [none]
    for taken in range(1, steps):
        before = power + taken - 1
        each.append(each[-1] * idle * before / taken)
        slopes.append(slopes[-1] + 1 / before)
        falls.append(falls[-1] + 1 / before**2)
    total = np.sum(each, axis=0)
    shares, slope = np.array(each) / total, np.array(slopes)
    taken_by = np.arange(steps)[:, None]
    by_power, mean = (shares * slope).sum(axis=0), (shares * taken_by).sum(axis=0)
    bends = {
        (0, 0): (shares * (slope**2 - falls)).sum(axis=0) - by_power**2,
        (0, 1): (shares * slope * taken_by).sum(axis=0) - by_power * mean,
        (1, 1): (shares * taken_by**2).sum(axis=0) - mean**2,
    }
    return Waiting(np.log(total), (by_power, mean), bends, shares)


def objective(cells: Cells, withstood: int, steps: int = 1) -> Objective:
    """Return the mean log-likelihood, its slope and curvature, as functions of the coordinates.

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

    def value(at: Floats) -> tuple[float, Floats, Floats]:
        r, alpha, a, b = parameters(at)
        until_age, until_last = alpha + age, alpha + tx
        elapsed, since = np.log1p(age / alpha), np.log1p(idle / until_last)
        waits = waiting(r + x, idle / until_age, steps)
        constant = np.where(may_have_left, np.log(a) - np.log(b + earlier), -np.inf)
        log_odds = constant[which] + (r + x) * since - waits.log
        either = np.logaddexp(0, log_odds)
        left, stays = weight * np.exp(log_odds - either), np.exp(-either)
        ratios, slopes, bends = gamma_ratio.with_slopes(np.array([[b], [a + b], [r]]), counts)
        height = dot(customers, ratios[2] + (ratios[0] - ratios[1])) + dot(
            weight, either + waits.log - r * elapsed - x * np.log(until_age)
        )
        # Over r, log alpha, log a and log b.
        reached = age / until_age
        share = 1 - reached  # alpha / (alpha + age)
        by_alpha = -share * idle / until_last  # of `since`
        waits_by = waits.slopes[0], -share * waits.slopes[1]
        by_b = (-b / (b + earlier))[which]
        slope, curvature = of_either(
            left,
            stays,
            [
                since - waits_by[0],
                (r + x) * by_alpha - waits_by[1],
                np.ones_like(age),
                by_b,
            ],
            {
                (0, 1): by_alpha,
                (1, 1): (r + x) * (share * reached - alpha * tx / until_last**2),
                (3, 3): by_b * (1 + by_b),
            },
        )
        kept, every, repeats = (dot(customers, each) for each in slopes)
        kept_bend, every_bend, repeats_bend = (dot(customers, each) for each in bends)
        slope += [
            repeats - dot(weight, elapsed) + dot(weight, waits_by[0]),
            dot(weight, r * reached - x * share) + dot(weight, waits_by[1]),
            -a * every,
            b * (kept - every),
        ]
        staying = weight * stays
        waits_bends = {
            (0, 0): waits.bends[0, 0],
            (0, 1): -share * waits.bends[0, 1],
            (1, 1): share**2 * waits.bends[1, 1] - share * reached * waits.slopes[1],
        }
        entries = {
            (0, 0): repeats_bend,
            (0, 1): dot(weight, reached),
            (1, 1): -dot(weight, (r + x) * reached * share),
            (2, 2): -a * every - a**2 * every_bend,
            (2, 3): -a * b * every_bend,
            (3, 3): b * (kept - every) + b**2 * (kept_bend - every_bend),
        }
        for pair, bend in waits_bends.items():
            entries[pair] += dot(staying, bend)
        curvature += symmetric(4, entries)
        odds = a / (a + b)
        jacobian = np.array([[0, r, 0, 0], [-1, 1, 0, 0], [0, 0, 1 - odds, 1], [0, 0, -odds, 1]])
        turns = symmetric(4, {(2, 2): -odds * (1 - odds)})
        second = {0: symmetric(4, {(1, 1): r}), 2: turns, 3: turns}
        return height, *over_coordinates(slope, curvature, jacobian, second)

    return value
