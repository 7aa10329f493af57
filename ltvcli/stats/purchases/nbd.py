"""The NBD model: customers never leave, except for a share who are gone after their first order.

Customers order at random, at constant rates that are Gamma(r, alpha) over customers. A share `gone`
never orders again. Models in which customers leave simplify to this one where orders show no sign
of leaving (`gone` is 0), or only customers with a single order. With x
orders in the age T the likelihood is

    (1 - gone) Gamma(r + x) / Gamma(r) (alpha / (alpha + T))^r (alpha + T)^-x, plus gone if x = 0.

Source: Ehrenberg (1959), The Pattern of Consumer Purchases, Applied Statistics 8(1), 26-41;
Morrison & Schmittlein (1988), Generalizing the NBD Model for Customer Purchases, Journal of
Business & Economic Statistics 6(2), 145-159, for the share who never order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.language import N_
from ltvcli.stats.numerics import gamma_ratio
from ltvcli.stats.numerics.newton import NOT_CONVERGED
from ltvcli.stats.numerics.once import once
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.best_fit import Limit, Objective, Peak, search
from ltvcli.stats.purchases.derivatives import of_either, over_coordinates, symmetric
from ltvcli.stats.purchases.grouped_records import levels
from ltvcli.stats.purchases.optimum import (
    NOBODY_LEAVES,
    SAME_RATE,
    log_likelihood,
    optimum,
    refusal,
    rescaled_time,
)
from ltvcli.stats.purchases.record import Cells, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NAME = "NBD"
NONE_GONE = N_("no customer appears to churn after the first order")
_LIMITS = (Limit(NONE_GONE, {2: -27.0}), Limit(SAME_RATE, {1: 18.0}))
_WITHOUT = {SAME_RATE: ("r", "alpha"), NONE_GONE: ("gone",), NOBODY_LEAVES: ("gone",)}


class Nbd(Struct, frozen=True, kw_only=True):
    """A fitted NBD; `gone` is the share who left after their first order."""

    name: str = NAME
    optimum: Optimum
    r: float
    alpha: float
    gone: float

    def alive(self, cells: Cells) -> Floats:
        """Return 1 after a repeat order, otherwise the probability of not being gone."""
        waits = (1 - self.gone) * np.exp(-self.r * np.log1p(cells.age / self.alpha))
        here: Floats = np.where(cells.frequency > 0, 1.0, waits / (self.gone + waits))
        return here

    def expected(self, cells: Cells, horizon: float | Floats) -> Floats:
        """Multiply the mean rate of active customers, Gamma(r + x, alpha + T), by the horizon."""
        rate = (self.r + cells.frequency) / (self.alpha + cells.age)
        return self.alive(cells) * rate * horizon

    def moments(self, cells: Cells, horizon: float) -> tuple[Floats, Floats]:
        """Combine the variance of a negative binomial number if active with that of 0 if gone."""
        alive, mean = self.alive(cells), self.expected(cells, horizon)
        here = mean / np.maximum(alive, 1e-300)
        variance_here = here * (1 + horizon / (self.alpha + cells.age))
        return mean, alive * variance_here + alive * (1 - alive) * here**2

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Add those gone and those active who do not order, of (1 + h / (alpha + T))^-(r + x)."""
        power = -(self.r + cells.frequency)
        waits = np.expm1(power * np.log1p(horizon / (self.alpha + cells.age)))
        return 1 + self.alive(cells) * waits

    def expected_new(self, times: Floats) -> Floats:
        """Multiply the share not gone by the mean rate and the time."""
        return (1 - self.gone) * self.r / self.alpha * times


@once
def fit(cells: Cells) -> Nbd | NotFitted:
    """Fit the NBD, and a share who are gone if the data shows one."""
    if not_fitted := refusal(NAME, cells):
        return not_fitted
    scaled, unit = rescaled_time(cells)
    rate = np.log(dot(scaled.frequency, scaled.weight) / scaled.weight.sum())
    starts = [np.array([rate, -0.5, -1.0])]
    peak = search(levels(objective, scaled), float(cells.weight.sum()), starts, _LIMITS)
    if peak is None:
        return NotFitted(model=NAME, because=NOT_CONVERGED)
    return of(peak, cells, unit)


def of(peak: Peak, cells: Cells, unit: float) -> Nbd:
    """Return the model at a peak over the coordinates of `objective`.

    Args:
        peak: end of the search.
        cells: the record, in the caller's unit of time.
        unit: of time in which the search ran, in the caller's unit.
    """

    def parameters(at: Floats) -> dict[str, float]:
        rate, r, odds = (float(value) for value in np.exp(at[:3]))
        return {"r": r, "alpha": r / rate * unit, "gone": odds / (1 + odds)}

    values = parameters(peak.at)
    none_gone = any("gone" in _WITHOUT.get(limit.says, ()) for limit in peak.limits)
    return Nbd(
        optimum=optimum(peak, log_likelihood(peak, cells, unit), parameters, _WITHOUT),
        r=values["r"],
        alpha=values["alpha"],
        gone=0.0 if none_gone else values["gone"],
    )


def objective(cells: Cells) -> Objective:
    """Return the mean log-likelihood, its slope and curvature, as functions of the coordinates.

    These are the logs of r / alpha and of r, and the log-odds of `gone`.
    """
    x, age = cells.frequency, cells.age
    weight = cells.weight / cells.weight.sum()
    orders, which = np.unique(x, return_inverse=True)
    customers = np.bincount(which, weights=weight)
    none = x == 0

    def value(at: Floats) -> tuple[float, Floats, Floats]:
        rate, r, odds = np.exp(at).tolist()
        alpha = r / rate
        elapsed, reached = np.log1p(age / alpha), age / (alpha + age)
        # Relative to the share that is not gone.
        log_odds = np.where(none, at[2] + r * elapsed, -np.inf)
        either = np.logaddexp(0, log_odds)
        gone = weight * np.exp(log_odds - either)
        ratios, repeats, fewer = gamma_ratio.with_slopes(r, orders)
        waits = dot(weight, either - r * elapsed - x * np.log(alpha + age))
        height = dot(customers, ratios) + waits - float(np.logaddexp(0, at[2]))
        # Over r, log alpha and the log-odds.
        slopes = [elapsed, -r * reached, np.ones_like(age)]
        bends = {(0, 1): -reached, (1, 1): r * reached * (1 - reached)}
        slope, curvature = of_either(gone, np.exp(-either), slopes, bends)
        share = odds / (1 + odds)
        slope += [
            dot(customers, repeats) - dot(weight, elapsed),
            dot(weight, r * reached - x * (1 - reached)),
            -share,
        ]
        entries = {
            (0, 0): dot(customers, fewer),
            (0, 1): dot(weight, reached),
            (1, 1): -dot(weight, (r + x) * reached * (1 - reached)),
            (2, 2): -share * (1 - share),
        }
        curvature += symmetric(3, entries)
        jacobian = np.array([[0, r, 0], [-1, 1, 0], [0, 0, 1]])
        bends_of_r = {0: symmetric(3, {(1, 1): r})}
        return height, *over_coordinates(slope, curvature, jacobian, bends_of_r)

    return value
