"""The MBG/CNBD-k model: MBG/NBD for customers who order more regularly than at random.

An order is made of k steps at random moments, at a rate that differs between customers, so that the
time between orders varies less the larger k is; with k of 1 it is the MBG/NBD. For an active
customer the record also shows how many of the k steps to the next order may have been taken. The
likelihood is that of `beta_geometric` with k x steps at random, and the probability of fewer than k
more since the last order; it leaves out the factor that does not depend on the parameters, so it
must not be compared between different k.

Source: Reutterer, Platzer & Schroeder (2021), Leveraging Purchase Regularity for Predicting
Customer Behavior the Easy Way, International Journal of Research in Marketing 38(1), 194-215.
Forecasts are exact sums over orders here, not the approximations of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.stats.numerics.interpolation import interpolated
from ltvcli.stats.numerics.newton import NOT_CONVERGED
from ltvcli.stats.numerics.once import once
from ltvcli.stats.purchases.beta_geometric_likelihood import (
    WITHOUT,
    Waiting,
    best,
    parameters,
    waiting,
)
from ltvcli.stats.purchases.optimum import (
    FIRST_OR_NEVER,
    NOBODY_LEAVES,
    log_likelihood,
    optimum,
    refusal,
    rescaled_time,
)
from ltvcli.stats.purchases.record import Cells, ForecastTooLongError, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WITHOUT = WITHOUT | dict.fromkeys((NOBODY_LEAVES, FIRST_OR_NEVER), ("a", "b"))
_CHUNK = 2048  # cells worked on at once, with about the same number of orders to come
_TINY = 1e-100  # in place of 0
_SMALLEST = -600.0  # logarithm of a probability that does not underflow yet
_UNLIKELY = 1e-10  # probability of the steps that are not added up
MOST_STEPS = 20_000
"""Steps that one forecast may be summed up over; usual records take 100 to 2,000."""


class _Ahead(NamedTuple):
    """Orders X of active customers, each `(n,)`: mean of X, mean of X (X - 1), and P(X = 0)."""

    mean: Floats
    pairs: Floats
    none: Floats


class RegularBuyers(Struct, frozen=True, kw_only=True):
    """A fitted MBG/CNBD-k of `steps` k."""

    name: str
    optimum: Optimum
    steps: int
    r: float
    alpha: float
    a: float
    b: float

    def alive(self, cells: Cells) -> Floats:
        """Return the first term of the likelihood, with steps taken, as a share of both terms."""
        power = self.r + self.steps * cells.frequency
        since = np.log1p((cells.age - cells.recency) / (self.alpha + cells.recency))
        odds = np.log(self.a / (self.b + cells.frequency)) + power * since
        stays: Floats = np.exp(-np.logaddexp(0, odds - self._waiting(cells).log))
        return stays

    def expected(self, cells: Cells, horizon: float) -> Floats:
        """Sum the probability of an m-th order within the horizon, over m."""
        return self.alive(cells) * self._ahead(cells, horizon).mean

    def moments(self, cells: Cells, horizon: float) -> tuple[Floats, Floats]:
        """Compute the variance from the mean of X (X - 1), the sum of 2 (m - 1) times those."""
        alive, orders = self.alive(cells), self._ahead(cells, horizon)
        mean = alive * orders.mean
        return mean, alive * orders.pairs + mean - mean**2

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Return the probability of having left, or of not completing the steps to an order."""
        return 1 - self.alive(cells) * (1 - self._ahead(cells, horizon, most_orders=1).none)

    def expected_new(self, times: Floats) -> Floats:
        """Return the expected orders of a customer without a record."""
        none = np.zeros(1)
        newcomer = Cells(frequency=none, recency=none, age=none, weight=none + 1)
        return np.array([self.expected(newcomer, float(time))[0] for time in times])

    def _waiting(self, cells: Cells) -> Waiting:
        power = self.r + self.steps * cells.frequency
        return waiting(power, (cells.age - cells.recency) / (self.alpha + cells.age), self.steps)

    def _ahead(self, cells: Cells, horizon: float, most_orders: int | None = None) -> _Ahead:
        """Weigh the orders to come by the steps that may have been taken to the next one.

        What follows depends on x and on horizon / (alpha + T), and smoothly on its logarithm.
        """
        power, reach = self.r + self.steps * cells.frequency, horizon / (self.alpha + cells.age)

        def by_taken(x: Floats, log_reach: Floats) -> Floats:
            return self._by_taken(x, np.exp(log_reach), most_orders)

        sums = interpolated(by_taken, cells.frequency, np.log(np.maximum(reach, _TINY)))
        mean, pairs, none = (self._waiting(cells).shares[:, None] * sums).sum(axis=0)
        return _Ahead(power * reach * mean, power * (power + 1) * reach**2 * pairs, none)

    def _by_taken(self, x: Floats, reach: Floats, most_orders: int | None) -> Floats:
        """Return the fields of _Ahead for 0, 1, ... steps taken to the next order, `(k, 3, n)`.

        The first two as shares of what they are for steps instead of orders if nobody leaves.
        """
        power, stayed = self.r + self.steps * x, self.b + x + 1
        sums = np.empty((self.steps, 3, len(power)))
        order = np.argsort(power * reach)
        chances = _Chances(MOST_STEPS)
        for start in range(0, len(power), _CHUNK):
            chunk = order[start : start + _CHUNK]
            known = power[chunk], reach[chunk], self.a, stayed[chunk]
            for taken in range(self.steps):
                sums[taken][:, chunk] = _ahead(chances, self.steps, taken, *known, most_orders)
        sums[:, 0] /= power * reach
        sums[:, 1] /= power * (power + 1) * reach**2
        return sums


@once
def fit(cells: Cells, steps: int = 2) -> RegularBuyers | NotFitted:
    """Fit the most likely parameters for orders of `steps` steps.

    `optimum.log_likelihood` leaves out the factor that does not depend on the parameters.
    """
    name = f"MBG/CNBD-{steps}"
    if not_fitted := refusal(name, cells):
        return not_fitted
    scaled, unit = rescaled_time(cells)
    peak = best(scaled, 1, steps)
    if peak is None:
        return NotFitted(model=name, because=NOT_CONVERGED)

    def named(at: Floats) -> dict[str, float]:
        r, alpha, a, b = parameters(at)
        return {"r": r, "alpha": alpha * unit, "a": a, "b": b}

    taken = replace(cells, frequency=cells.frequency * steps)
    best_fit = optimum(peak, log_likelihood(peak, taken, unit), named, _WITHOUT)
    return RegularBuyers(name=name, optimum=best_fit, steps=steps, **named(peak.at))


def _ahead(
    chances: _Chances,
    steps: int,
    taken: int,
    power: Floats,
    reach: Floats,
    a: float,
    stayed: Floats,
    most_orders: int | None,
) -> _Ahead:
    """Add up future orders: every k-th step is an order if the customer is still active then.

    Args:
        chances: probabilities of steps; counts them.
        steps: that make up an order.
        taken: how many of them were taken already.
        power: r + k x of each customer `(n,)`.
        reach: horizon / (alpha + age) `(n,)`.
        a: parameter of the chance to leave.
        stayed: b + the chances to leave that the customer has withstood `(n,)`.
        most_orders: after how many orders to stop; None to count all.

    Raises:
        ForecastTooLongError: there are too many steps.
    """
    mean, pairs, none = (np.zeros_like(power) for _ in range(3))
    more, active, orders = np.ones_like(power), np.ones_like(power), 0
    for step, chance in enumerate(chances.of(power + taken, reach), start=1):
        more = more - chance  # probability of this many steps or more
        if (step + taken) % steps == 0:
            if orders:
                active = active * (stayed + orders - 1) / (a + stayed + orders - 1)
            else:
                none = 1 - more
            comes = active * more
            mean += comes
            pairs += comes * 2 * orders
            orders += 1
        if orders and (orders == most_orders or more.max() < _UNLIKELY):
            return _Ahead(mean, pairs, none)
    raise ForecastTooLongError


class _Chances:
    """Probabilities of numbers of steps, of which at most `left` are computed in all."""

    def __init__(self, left: int) -> None:
        self.left = left

    def of(self, power: Floats, reach: Floats) -> Iterator[Floats]:
        """Yield the probabilities `(n,)` of 0, 1, 2, ... steps, at most `left` of them."""
        for chance in islice(_chances(power, reach), self.left):
            self.left -= 1
            yield chance


def _chances(power: Floats, reach: Floats) -> Iterator[Floats]:
    """Yield the probabilities `(n,)` of 0, 1, 2, ... steps: the negative binomial distribution."""
    share = reach / (1 + reach)
    log_chance = -power * np.log1p(reach)
    chance = np.exp(log_chance)
    for step in range(MOST_STEPS):
        yield chance
        times = (power + step) / (step + 1) * share
        # Logarithms take longer, and are needed only where the first probabilities underflow.
        if log_chance.min() > _SMALLEST:
            chance = chance * times
        else:
            log_chance = log_chance + np.log(times)
            chance = np.exp(log_chance)
