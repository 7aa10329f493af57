"""Customers who may leave for good right after an order: code shared by BG/NBD and MBG/NBD.

While they stay, customers order at random, each at a constant rate of their own; rates are
Gamma(r, alpha) over customers. After an order they leave with a chance p of their own; chances are
Beta(a, b) over customers. In BG/NBD the first order ever is not followed by such a chance (who has
no repeat order never left), in MBG/NBD it is: with `c` the chances a customer has withstood, x in
the first and x + 1 in the second, all else is the same.

With x orders in the age T, the last at t_x, the likelihood is

    Gamma(r + x) / Gamma(r) alpha^r [ B(a, b + c) / B(a, b) (alpha + T)^-(r + x)
                                    + B(a + 1, b + c - 1) / B(a, b) (alpha + t_x)^-(r + x) ]

with the second term, left after the last order, only for c of 1 or more. A customer who is still
there has rate Gamma(r + x, alpha + T) and chance Beta(a, b + c), whence all forecasts follow as
averages over p, and no average needs a > 1.

Sources: Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science
24(2), 275-284. Batislam, Denizel & Filiztekin (2007), Empirical validation and comparison of models
for customer base analysis, International Journal of Research in Marketing 24(3), 201-209. The form
of the likelihood that neither over- nor underflows: Hardie's note 027.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.stats.numerics.interpolation import interpolated
from ltvcli.stats.numerics.newton import NOT_CONVERGED
from ltvcli.stats.numerics.once import once
from ltvcli.stats.purchases import nbd
from ltvcli.stats.purchases.beta_average import beta_average
from ltvcli.stats.purchases.beta_geometric_likelihood import WITHOUT, best, parameters
from ltvcli.stats.purchases.optimum import (
    FIRST_OR_NEVER,
    NOBODY_LEAVES,
    log_likelihood,
    optimum,
    refusal,
    rescaled_time,
)
from ltvcli.stats.purchases.record import Cells, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_TINY = 1e-100  # in place of 0, where a quotient has a limit
_SERIES = 0.02  # orders expected, below which chances of two or more are added up one by one


class BetaGeometric(Struct, frozen=True, kw_only=True):
    """A fitted BG/NBD or MBG/NBD; `withstood` are chances to leave besides those of repeats."""

    name: str
    optimum: Optimum
    withstood: int
    r: float
    alpha: float
    a: float
    b: float

    def alive(self, cells: Cells) -> Floats:
        """Return the first term of the likelihood as a share of both terms."""
        x = cells.frequency
        chances = x + self.withstood
        since = np.log1p((cells.age - cells.recency) / (self.alpha + cells.recency))
        with np.errstate(divide="ignore"):
            odds = np.log(np.where(chances >= 1, self.a / (self.b + np.maximum(chances - 1, 0)), 0))
        stays: Floats = np.exp(-np.logaddexp(0, odds + (self.r + x) * since))
        return stays

    def expected(self, cells: Cells, horizon: float | Floats) -> Floats:
        """Average (1 - e^(-rate p horizon)) / p over rate and p of customers still active."""
        power, reach = self._ahead(cells, horizon)

        def orders(_: Floats, power: Floats, scaled: Floats) -> Floats:
            """Return the mean of X, as a share of what it is if nobody leaves."""
            positive = np.maximum(scaled, _TINY)
            return -np.expm1(-power * np.log1p(positive)) / (power * positive)

        return self.alive(cells) * power * reach * self._average(orders, cells, reach)

    def moments(self, cells: Cells, horizon: float) -> tuple[Floats, Floats]:
        """Compute the variance from the mean of X (X - 1), 2 (1 - p) / p^2 P(two or more)."""
        power, reach = self._ahead(cells, horizon)

        def pairs(p: Floats, power: Floats, scaled: Floats) -> Floats:
            """Return the mean of X (X - 1), as a share of what it is if nobody leaves."""
            positive = np.maximum(scaled, _TINY)
            two = _two_or_more(power, positive)
            share: Floats = 2 * (1 - p) * two / (power * (power + 1) * positive**2)
            return share

        mean = self.expected(cells, horizon)
        most = power * (power + 1) * reach**2
        squares = self.alive(cells) * most * self._average(pairs, cells, reach)
        return mean, squares + mean - mean**2

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Add leavers and active customers without orders, of (1 + h / (alpha + T))^-(r + x)."""
        power, reach = self._ahead(cells, horizon)
        return 1 + self.alive(cells) * np.expm1(-power * np.log1p(reach))

    def expected_new(self, times: Floats) -> Floats:
        """Return the expected orders of a customer without a record."""
        none = np.zeros_like(times)
        newcomers = Cells(frequency=none, recency=none, age=none, weight=none + 1)
        return self.expected(newcomers, times)

    def _ahead(self, cells: Cells, horizon: float | Floats) -> tuple[Floats, Floats]:
        """Return r + x and horizon / (alpha + T), `(n,)` each."""
        return self.r + cells.frequency, horizon / (self.alpha + cells.age)

    def _average(
        self, values: Callable[[Floats, Floats, Floats], Floats], cells: Cells, reach: Floats
    ) -> Floats:
        """Return the average over p `(n,)` of values of p, r + x and p x reach.

        It depends on x and reach alone, and smoothly on the logarithm of the latter.
        """

        def average(x: Floats, log_reach: Floats) -> Floats:
            power, reach = self.r + x, np.exp(log_reach)
            return beta_average(
                self.a,
                self.b + x + self.withstood,
                lambda p, chunk: values(p, power[chunk], p * reach[chunk]),
            )

        return interpolated(average, cells.frequency, np.log(np.maximum(reach, _TINY)))


def _two_or_more(power: Floats, scaled: Floats) -> Floats:
    """Return the probability that a negative binomial of mean power x scaled is 2 or more."""
    q = scaled / (1 + scaled)
    none = np.exp(-power * np.log1p(scaled))
    direct = 1 - none * (1 + power * q)
    first = power * (power + 1) * q**2 / 2
    series = (
        none
        * first
        * (1 + (power + 2) * q / 3 * (1 + (power + 3) * q / 4 * (1 + (power + 4) * q / 5)))
    )
    return np.where(np.maximum(power, 1) * q < _SERIES, series, direct)


@once
def fit(cells: Cells, name: str, withstood: int) -> BetaGeometric | nbd.Nbd | NotFitted:
    """Fit BG/NBD or MBG/NBD, or the simpler model that fits as well.

    Args:
        cells: the record.
        name: of the model.
        withstood: chances to leave besides those after repeat orders: 0 in BG/NBD, 1 in MBG/NBD.
    """
    if not_fitted := refusal(name, cells):
        return not_fitted
    scaled, unit = rescaled_time(cells)
    peak = best(scaled, withstood)
    if peak is None:
        return NotFitted(model=name, because=NOT_CONVERGED)
    if any(limit.says in {NOBODY_LEAVES, FIRST_OR_NEVER} for limit in peak.limits):
        return nbd.of(peak, cells, unit)

    def named(at: Floats) -> dict[str, float]:
        r, alpha, a, b = parameters(at)
        return {"r": r, "alpha": alpha * unit, "a": a, "b": b}

    best_fit = optimum(peak, log_likelihood(peak, cells, unit), named, WITHOUT)
    return BetaGeometric(name=name, optimum=best_fit, withstood=withstood, **named(peak.at))
