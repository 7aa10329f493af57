"""The Pareto/NBD model: customers order at random until they leave, unseen, at any moment.

Each customer orders at a constant rate and leaves at a constant hazard; rates are Gamma(r, alpha),
hazards Gamma(s, beta) over customers. The likelihood is in
`pareto_nbd_likelihood`. A customer who is still active has rate Gamma(r + x, alpha + T) and hazard
Gamma(s, beta + T), so the mean number of future orders is

    (r + x) / (alpha + T)  times the integral from 0 to h of ((beta + T) / (beta + T + t))^s dt.

Sources: Schmittlein, Morrison & Colombo (1987), Counting Your Customers: Who Are They and What
Will They Do Next?, Management Science 33(1), 1-24. Fader & Hardie (2005), A Note on Deriving the
Pareto/NBD Model and Related Expressions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.stats.numerics.newton import NOT_CONVERGED
from ltvcli.stats.numerics.once import once
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases import nbd
from ltvcli.stats.purchases.best_fit import Limit, search
from ltvcli.stats.purchases.grouped_records import levels
from ltvcli.stats.purchases.optimum import (
    FIRST_OR_NEVER,
    NOBODY_LEAVES,
    SAME_CHANCE,
    SAME_RATE,
    log_likelihood,
    optimum,
    refusal,
    rescaled_time,
)
from ltvcli.stats.purchases.pareto_nbd_likelihood import log_odds, objective, parameters
from ltvcli.stats.purchases.record import Cells, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NAME = "Pareto/NBD"
_LIMITS = (
    Limit(SAME_RATE, {1: 18.0}),
    Limit(NOBODY_LEAVES, {2: -27.0, 3: 0.0}),
    Limit(SAME_CHANCE, {3: 18.0}),
    Limit(FIRST_OR_NEVER, {3: -30.0}),
)
_WITHOUT = {SAME_RATE: ("r", "alpha"), SAME_CHANCE: ("s", "beta")}


class ParetoNbd(Struct, frozen=True, kw_only=True):
    """A fitted Pareto/NBD."""

    name: str
    optimum: Optimum
    r: float
    alpha: float
    s: float
    beta: float

    def alive(self, cells: Cells) -> Floats:
        """Return the first term of the likelihood as a share of both terms."""
        power = self.r + cells.frequency
        odds = log_odds(power, cells.recency, cells.age, self.alpha, self.s, self.beta)
        stays: Floats = np.exp(-np.logaddexp(0, odds))
        return stays

    def expected(self, cells: Cells, horizon: float | Floats) -> Floats:
        """Multiply the mean rate by the mean time active within the horizon."""
        return self._expected(cells, horizon, self.alive(cells))

    def moments(self, cells: Cells, horizon: float) -> tuple[Floats, Floats]:
        """Compute the variance from the mean of X (X - 1), of squares of rate x time active."""
        alive = self.alive(cells)
        power, beta = self.r + cells.frequency, self.beta + cells.age
        span = np.log1p(horizon / beta)
        square = 2 * beta**2 * span * (_growth((2 - self.s) * span) - _growth((1 - self.s) * span))
        pairs = power * (power + 1) / (self.alpha + cells.age) ** 2 * square
        mean = self._expected(cells, horizon, alive)
        return mean, alive * pairs + mean - mean**2

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Add those who left and those active now without an order in the horizon."""
        power, alpha, beta = self.r + cells.frequency, self.alpha + cells.age, self.beta + cells.age
        none = np.zeros_like(power)
        odds = log_odds(power, none, none + horizon, alpha, self.s, beta)
        waits = -power * np.log1p(horizon / alpha) - self.s * np.log1p(horizon / beta)
        silent: Floats = np.exp(waits + np.logaddexp(0, odds))
        return 1 - self.alive(cells) * (1 - silent)

    def expected_new(self, times: Floats) -> Floats:
        """Return the expected orders of a customer without a record."""
        none = np.zeros_like(times)
        newcomers = Cells(frequency=none, recency=none, age=none, weight=none + 1)
        return self.expected(newcomers, times)

    def _expected(self, cells: Cells, horizon: float | Floats, alive: Floats) -> Floats:
        beta = self.beta + cells.age
        span = np.log1p(horizon / beta)
        stay = beta * span * _growth((1 - self.s) * span)
        return alive * (self.r + cells.frequency) / (self.alpha + cells.age) * stay


@once
def fit(cells: Cells) -> ParetoNbd | nbd.Nbd | NotFitted:
    """Fit the most likely parameters, or the simpler model that fits as well."""
    if not_fitted := refusal(NAME, cells):
        return not_fitted
    scaled, unit = rescaled_time(cells)
    rate = np.log(0.5 + dot(scaled.frequency, scaled.weight) / scaled.weight.sum())
    starts = [
        np.array([rate, -0.5, hazard, beta])
        for hazard, beta in ((-0.5, -1.0), (-2.0, 1.5), (0.0, -5.0))
    ]
    peak = search(levels(objective, scaled), float(cells.weight.sum()), starts, _LIMITS)
    if peak is None:
        return NotFitted(model=NAME, because=NOT_CONVERGED)
    limits = {limit.says for limit in peak.limits}
    if NOBODY_LEAVES in limits:
        return nbd.of(peak, cells, unit)
    if FIRST_OR_NEVER in limits:
        without = nbd.fit(cells)
        if isinstance(without, NotFitted):
            return without
        return replace(without, optimum=replace(without.optimum, limit=FIRST_OR_NEVER))

    def named(at: Floats) -> dict[str, float]:
        r, alpha, s, beta = parameters(at)
        return {"r": r, "alpha": alpha * unit, "s": s, "beta": beta * unit}

    best_fit = optimum(peak, log_likelihood(peak, cells, unit), named, _WITHOUT)
    return ParetoNbd(name=NAME, optimum=best_fit, **named(peak.at))


def _growth(x: Floats) -> Floats:
    """Return (e^x - 1) / x, which is 1 at 0."""
    nonzero = np.where(x == 0, 1.0, x)
    growth: Floats = np.where(x == 0, 1.0, np.expm1(nonzero) / nonzero)
    return growth
