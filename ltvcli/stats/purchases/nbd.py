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
from ltvcli.stats.numerics.reproducible_sum import dot, dots
from ltvcli.stats.purchases.best_fit import Limit, Objective, Peak, search
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
from ltvcli.stats.purchases.several_points import in_parts

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
    """Return the mean log-likelihood and its slope `(3,)`, as a function of the coordinates.

    These are the logs of r / alpha and of r, and the log-odds of `gone`.
    """
    x, age = cells.frequency, cells.age
    weight = cells.weight / cells.weight.sum()
    orders, which = np.unique(x, return_inverse=True)
    customers = np.bincount(which, weights=weight)
    none = x == 0

    def value(at: Floats) -> tuple[Floats, Floats]:
        rate, r = (each[..., None] for each in np.moveaxis(np.exp(at[..., :2]), -1, 0))
        alpha, odds = r / rate, at[..., 2:]
        elapsed = np.log1p(age / alpha)
        # Relative to the share that is not gone.
        either = np.logaddexp(0, np.where(none, odds + r * elapsed, -np.inf))
        here = weight * np.exp(-either)
        ratios, repeats = gamma_ratio.with_slope(r, orders)
        waits = dots(weight, either - r * elapsed - x * np.log(alpha + age))
        by_r = r * (dots(customers, repeats) - dots(here, elapsed))
        by_alpha = dots(here, (r * age - x * alpha) / (alpha + age))
        by_gone = np.exp(-np.logaddexp(0, odds)) - here.sum(axis=-1, keepdims=True)
        height = dots(customers, ratios) + waits - np.logaddexp(0, odds)
        return height[..., 0], np.concatenate([-by_alpha, by_r + by_alpha, by_gone], axis=-1)

    return in_parts(value, len(x))
