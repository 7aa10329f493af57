"""The BG/BB model: customers who may order once in each of the chances that come round.

Before each chance (a yearly appeal, a weekly delivery) a customer leaves for good with a
probability theta of their own, else orders with a probability p of their own; p is Beta(alpha,
beta), theta Beta(gamma, delta) over customers. With orders at x of n chances, the last at the
t_x-th, the likelihood is

    B(alpha + x, beta + n - x) / B(alpha, beta) B(gamma, delta + n) / B(gamma, delta)
        + sum over i from 0 to n - t_x - 1 of
          B(alpha + x, beta + t_x - x + i) / B(alpha, beta) B(gamma + 1, delta + t_x + i) /
          B(gamma, delta)

In cells the unit of time is one chance: frequency x, recency t_x and age n are whole numbers, as is
every horizon.

Source: Fader, Hardie & Shang (2010), Customer-Base Analysis in a Discrete-Time Noncontractual
Setting, Marketing Science 29(6), 1086-1108.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ltvcli.language import N_
from ltvcli.stats.numerics.gamma_ratio import digamma_difference, log_gamma_ratio
from ltvcli.stats.numerics.newton import NOT_CONVERGED
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.best_fit import Levels, Limit, Objective, search
from ltvcli.stats.purchases.optimum import (
    FIRST_OR_NEVER,
    NOBODY_LEAVES,
    SAME_CHANCE,
    SAME_RATE,
    log_likelihood,
    optimum,
    refusal,
)
from ltvcli.stats.purchases.record import Cells, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

NAME = "BG/BB"
ALWAYS_OR_NEVER = N_("some customers order at every chance, the others at none")
ALWAYS = N_("customers order at every chance while they stay")
_LIMITS = (
    Limit(SAME_RATE, {1: 18.0}),
    Limit(ALWAYS_OR_NEVER, {1: -27.0}),
    Limit(ALWAYS, {0: 27.0, 1: 0.0}),
    Limit(NOBODY_LEAVES, {2: -27.0, 3: 0.0}),
    Limit(SAME_CHANCE, {3: 18.0}),
    Limit(FIRST_OR_NEVER, {3: -27.0}),
)
_WITHOUT = dict.fromkeys((SAME_RATE, ALWAYS_OR_NEVER, ALWAYS), ("alpha", "beta")) | dict.fromkeys(
    (NOBODY_LEAVES, SAME_CHANCE, FIRST_OR_NEVER), ("gamma", "delta")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BgBb:
    """A fitted BG/BB."""

    name: str
    optimum: Optimum
    alpha: float
    beta: float
    gamma: float
    delta: float

    def alive(self, cells: Cells) -> Floats:
        """Probability of having been there at the last chance: the first term as a share of all."""
        lives = _lives(cells)
        logs = _logs(lives, self.alpha, self.beta, self.gamma, self.delta)
        found: Floats = np.exp(logs - _total(lives, logs)[lives.cell])[lives.whole]
        return found

    def expected(self, cells: Cells, horizon: float) -> Floats:
        """Mean p, times the chances that a customer who is there will still be there for."""
        p = (self.alpha + cells.frequency) / (self.alpha + self.beta + cells.age)
        found: Floats = self.alive(cells) * p * self._stays(cells.age, horizon)[:, 1:].sum(axis=1)
        return found

    def variance(self, cells: Cells, horizon: float) -> Floats:
        """From the mean of X (X - 1): mean of p^2, times that of pairs of chances there."""
        ordered, all_of = self.alpha + cells.frequency, self.alpha + self.beta + cells.age
        stays = self._stays(cells.age, horizon)
        pairs = (stays * 2 * np.maximum(np.arange(stays.shape[1]) - 1.0, 0)).sum(axis=1)
        square = ordered * (ordered + 1) / (all_of * (all_of + 1))
        mean = self.expected(cells, horizon)
        found: Floats = self.alive(cells) * square * pairs + mean - mean**2
        return found

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Left, or there for k of the chances and ordering at none of them, over all k."""
        stays = self._stays(cells.age, horizon)
        chances = np.arange(stays.shape[1], dtype=np.float64)
        missed = (self.beta + cells.age - cells.frequency)[:, None]
        silent = np.exp(
            log_gamma_ratio(missed, chances)
            - log_gamma_ratio((self.alpha + self.beta + cells.age)[:, None], chances)
        )
        ends = np.append(stays[:, :-1] - stays[:, 1:], stays[:, -1:], axis=1)
        alive = self.alive(cells)
        found: Floats = 1 - alive + alive * (ends * silent).sum(axis=1)
        return found

    def expected_new(self, times: Floats) -> Floats:
        """Expected orders of a customer before the first chance."""
        none = np.zeros(1)
        stays = self._stays(none, float(times.max(initial=0)))[0]
        by_then = np.append(0.0, np.cumsum(stays[1:]))
        found: Floats = self.alpha / (self.alpha + self.beta) * by_then[times.astype(np.int64)]
        return found

    def _stays(self, age: Floats, horizon: float) -> Floats:
        """Probability `(n, horizon + 1)` of being there for 0, 1, ... of the chances ahead."""
        chances = np.arange(int(horizon) + 1, dtype=np.float64)
        here = (self.delta + age)[:, None]
        return np.exp(log_gamma_ratio(here, chances) - log_gamma_ratio(here + self.gamma, chances))


def fit(cells: Cells) -> BgBb | NotFitted:
    """Find the most likely parameters, or the simpler model that the record comes down to."""
    if found := refusal(NAME, cells):
        return found
    exact = objective(cells)
    levels = Levels(exact, exact, exact, exact)
    starts = [np.array([-0.5, 0.5, -0.5, 0.0]), np.array([-0.5, 0.5, -2.0, 1.5])]
    peak = search(levels, float(cells.weight.sum()), starts, _LIMITS)
    if peak is None:
        return NotFitted(model=NAME, because=NOT_CONVERGED)

    def named(at: Floats) -> dict[str, float]:
        return dict(zip(("alpha", "beta", "gamma", "delta"), parameters(at), strict=True))

    told = optimum(peak, log_likelihood(peak, cells, 1.0), named, _WITHOUT)
    return BgBb(name=NAME, optimum=told, **named(peak.at))


def parameters(at: Floats) -> tuple[float, float, float, float]:
    """Alpha, beta, gamma and delta of coordinates: logs of alpha / beta and their sum, and so on.

    >>> [round(value, 9) for value in parameters(np.log([1.0, 4.0, 3.0, 4.0]))]
    [2.0, 2.0, 3.0, 1.0]
    """
    by_order, order, by_leave, leave = (float(value) for value in np.exp(at))
    return (
        order * by_order / (1 + by_order),
        order / (1 + by_order),
        leave * by_leave / (1 + by_leave),
        leave / (1 + by_leave),
    )


class _Lives(NamedTuple):
    """Every number of chances that customers may have been there for, cell after cell, `(m,)`."""

    cell: Whole
    begin: Whole  # where each cell begins `(n,)`
    orders: Whole
    lived: Whole
    whole: NDArray[np.bool_]  # those who have not left


def _lives(cells: Cells) -> _Lives:
    x, tx, age = (
        np.rint(each).astype(np.int64) for each in (cells.frequency, cells.recency, cells.age)
    )
    lengths = age - tx + 1
    begin = np.cumsum(lengths) - lengths
    cell = np.repeat(np.arange(len(x)), lengths)
    lived = tx[cell] + np.arange(len(cell)) - begin[cell]
    return _Lives(cell, begin, x[cell], lived, lived == age[cell])


def _logs(lives: _Lives, alpha: float, beta: float, gamma: float, delta: float) -> Floats:
    """Logarithms of the terms of the likelihood, `(m,)`."""
    counts = np.arange(lives.lived.max() + 2.0)
    orders, missed, chances = (
        log_gamma_ratio(base, counts) for base in (alpha, beta, alpha + beta)
    )
    stayed, leaving = (log_gamma_ratio(base, counts) for base in (delta, gamma + delta))
    lived = lives.lived
    ended = np.where(lives.whole, -leaving[lived], np.log(gamma) - leaving[lived + 1])
    found: Floats = (
        orders[lives.orders] + missed[lived - lives.orders] - chances[lived] + stayed[lived] + ended
    )
    return found


def _total(lives: _Lives, logs: Floats) -> Floats:
    """Logarithms of the sums over each cell, `(n,)`."""
    top = np.maximum.reduceat(logs, lives.begin)
    found: Floats = top + np.log(np.add.reduceat(np.exp(logs - top[lives.cell]), lives.begin))
    return found


def objective(cells: Cells) -> Objective:
    """Mean log-likelihood and its slope `(4,)` over the coordinates, as a function of them."""
    lives = _lives(cells)
    weight = cells.weight / cells.weight.sum()
    counts = np.arange(lives.lived.max() + 2.0)
    size = len(counts)

    def value(at: Floats) -> tuple[float, Floats]:
        alpha, beta, gamma, delta = parameters(at)
        logs = _logs(lives, alpha, beta, gamma, delta)
        total = _total(lives, logs)
        share = weight[lives.cell] * np.exp(logs - total[lives.cell])
        left = np.where(lives.whole, 0.0, share)

        def slope(base: float, steps: Whole) -> float:
            by_steps = np.bincount(steps, share, size)
            return base * dot(by_steps, digamma_difference(base, counts))

        ends = lives.lived + ~lives.whole
        both, either = alpha + beta, gamma + delta
        by_chance, by_end = slope(both, lives.lived) / both, slope(either, ends) / either
        by_alpha = slope(alpha, lives.orders) - alpha * by_chance
        by_beta = slope(beta, lives.lived - lives.orders) - beta * by_chance
        by_gamma = left.sum() - gamma * by_end
        by_delta = slope(delta, lives.lived) - delta * by_end
        p, theta = alpha / both, gamma / either
        return dot(weight, total), np.array(
            [
                (1 - p) * by_alpha - p * by_beta,
                by_alpha + by_beta,
                (1 - theta) * by_gamma - theta * by_delta,
                by_gamma + by_delta,
            ]
        )

    return value
