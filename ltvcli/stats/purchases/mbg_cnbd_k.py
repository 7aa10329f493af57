"""The MBG/CNBD-k model: MBG/NBD for customers who order more regularly than at random.

An order is made of k steps, each at random moments at a rate of the customer's own, so that the
time between orders varies less the larger k is; with k of 1 it is the MBG/NBD. What the record
tells of a customer who is there, beside rate and chance to leave, is how many of the k steps to
the next order may be taken. The likelihood is that of `beta_geometric` with k x steps at random,
and the probability of fewer than k more since the last order; it leaves out the factor that does
not depend on the parameters, so it must not be compared between different k.

Source: Reutterer, Platzer & Schroeder (2021), Leveraging Purchase Regularity for Predicting
Customer Behavior the Easy Way, International Journal of Research in Marketing 38(1), 194-215.
Forecasts are exact sums over orders here, not the approximations of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ltvcli.stats.numerics.newton import NOT_CONVERGED
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
    in_mean_ages,
    log_likelihood,
    optimum,
    refusal,
)
from ltvcli.stats.purchases.record import Cells, ForecastTooLongError, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WITHOUT = WITHOUT | dict.fromkeys((NOBODY_LEAVES, FIRST_OR_NEVER), ("a", "b"))
_CHUNK = 2048  # cells worked on at once, with about the same number of orders ahead
_SMALLEST = -600.0  # logarithm of a probability that is no 0 yet
_UNLIKELY = 1e-10  # chance of more steps than are added up
MOST_STEPS = 20_000
"""Steps that one forecast may be summed up over; usual records take 100 to 2,000."""


class _Ahead(NamedTuple):
    """Of customers who are there, `(n,)`: mean of X, mean of X (X - 1), and P(X = 0)."""

    mean: Floats
    pairs: Floats
    none: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class RegularBuyers:
    """A fitted MBG/CNBD-k of `steps` k."""

    name: str
    optimum: Optimum
    steps: int
    r: float
    alpha: float
    a: float
    b: float

    def alive(self, cells: Cells) -> Floats:
        """The term of those who are there, who may have taken some steps, as a share of both."""
        power = self.r + self.steps * cells.frequency
        since = np.log1p((cells.age - cells.recency) / (self.alpha + cells.recency))
        odds = np.log(self.a / (self.b + cells.frequency)) + power * since
        stays: Floats = np.exp(-np.logaddexp(0, odds - self._waiting(cells).log))
        return stays

    def expected(self, cells: Cells, horizon: float) -> Floats:
        """Sum over m of the probability that an m-th order comes within the horizon."""
        return self.alive(cells) * self._ahead(cells, horizon).mean

    def variance(self, cells: Cells, horizon: float) -> Floats:
        """From the mean of X (X - 1), twice the sum of (m - 1) times that probability."""
        alive, ahead = self.alive(cells), self._ahead(cells, horizon)
        mean = alive * ahead.mean
        return alive * ahead.pairs + mean - mean**2

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Left, or there and not taking the steps that are left to the next order."""
        return 1 - self.alive(cells) * (1 - self._ahead(cells, horizon, most_orders=1).none)

    def expected_new(self, times: Floats) -> Floats:
        """Expected orders of a customer with no record yet."""
        none = np.zeros(1)
        newcomer = Cells(frequency=none, recency=none, age=none, weight=none + 1)
        return np.array([self.expected(newcomer, float(time))[0] for time in times])

    def _waiting(self, cells: Cells) -> Waiting:
        power = self.r + self.steps * cells.frequency
        return waiting(power, (cells.age - cells.recency) / (self.alpha + cells.age), self.steps)

    def _ahead(self, cells: Cells, horizon: float, most_orders: int | None = None) -> _Ahead:
        power = self.r + self.steps * cells.frequency
        reach = horizon / (self.alpha + cells.age)
        stayed = self.b + cells.frequency + 1
        shares = self._waiting(cells).shares
        found = np.empty((3, len(power)))
        order = np.argsort(power * reach)
        chances = _Chances(MOST_STEPS)
        for start in range(0, len(power), _CHUNK):
            part = order[start : start + _CHUNK]
            found[:, part] = _ahead(
                chances,
                power[part],
                reach[part],
                shares[:, part],
                self.a,
                stayed[part],
                most_orders,
            )
        return _Ahead(*found)


def fit(cells: Cells, steps: int = 2) -> RegularBuyers | NotFitted:
    """Find the most likely parameters for orders of so many steps.

    `optimum.log_likelihood` leaves out what does not depend on the parameters.
    """
    name = f"MBG/CNBD-{steps}"
    if not_fitted := refusal(name, cells):
        return not_fitted
    scaled, unit = in_mean_ages(cells)
    peak = best(scaled, 1, steps)
    if peak is None:
        return NotFitted(model=name, because=NOT_CONVERGED)

    def named(at: Floats) -> dict[str, float]:
        r, alpha, a, b = parameters(at)
        return {"r": r, "alpha": alpha * unit, "a": a, "b": b}

    taken = replace(cells, frequency=cells.frequency * steps)
    told = optimum(peak, log_likelihood(peak, taken, unit), named, _WITHOUT)
    return RegularBuyers(name=name, optimum=told, steps=steps, **named(peak.at))


def _ahead(
    chances: _Chances,
    power: Floats,
    reach: Floats,
    shares: Floats,
    a: float,
    stayed: Floats,
    most_orders: int | None,
) -> _Ahead:
    """Add up the orders ahead: every k-th step is an order if the customer is still there for it.

    Args:
        chances: of steps, which counts them.
        power: r + k x of each customer `(n,)`.
        reach: horizon / (alpha + age) `(n,)`.
        shares: chances that 0, 1, ... steps to the next order are taken already `(k, n)`.
        a: of the chance to leave.
        stayed: b + the chances to leave that the customer has withstood `(n,)`.
        most_orders: how many orders ahead are looked at; None for all.

    Raises:
        ForecastTooLongError: there are too many steps.
    """
    steps = len(shares)
    mean, pairs, none = (np.zeros_like(power) for _ in range(3))
    for taken, share in enumerate(shares):
        more, there, orders = np.ones_like(power), np.ones_like(power), 0
        for step, chance in enumerate(chances.of(power + taken, reach), start=1):
            more = more - chance  # of so many steps or more
            if (step + taken) % steps == 0:
                if orders:
                    there = there * (stayed + orders - 1) / (a + stayed + orders - 1)
                else:
                    none += share * (1 - more)
                comes = share * there * more
                mean += comes
                pairs += comes * 2 * orders
                orders += 1
            if orders and (orders == most_orders or more.max() < _UNLIKELY):
                break
        else:
            raise ForecastTooLongError
    return _Ahead(mean, pairs, none)


class _Chances:
    """Probabilities of so many steps, of which there are at most `left` in all."""

    def __init__(self, left: int) -> None:
        self.left = left

    def of(self, power: Floats, reach: Floats) -> Iterator[Floats]:
        """Yield the probabilities `(n,)` of 0, 1, 2, ... steps while there are any left."""
        for chance in islice(_chances(power, reach), self.left):
            self.left -= 1
            yield chance


def _chances(power: Floats, reach: Floats) -> Iterator[Floats]:
    """Probabilities `(n,)` of 0, 1, 2, ... steps: the negative binomial distribution."""
    share = reach / (1 + reach)
    log_chance = -power * np.log1p(reach)
    chance = np.exp(log_chance)
    for step in range(MOST_STEPS):
        yield chance
        times = (power + step) / (step + 1) * share
        # By logarithms, which takes longer, only where the first of them are too small to be held.
        if log_chance.min() > _SMALLEST:
            chance = chance * times
        else:
            log_chance = log_chance + np.log(times)
            chance = np.exp(log_chance)
