"""Customers who may leave for good right after an order: what BG/NBD and MBG/NBD share.

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

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.language import N_
from ltvcli.stats import nbd
from ltvcli.stats.best_fit import Limit, Objective, search
from ltvcli.stats.beta_average import beta_average
from ltvcli.stats.dot import dot
from ltvcli.stats.fitted import (
    FIRST_OR_NEVER,
    NOBODY_LEAVES,
    SAME_CHANCE,
    SAME_RATE,
    UNSETTLED,
    in_mean_ages,
    log_likelihood,
    optimum,
    refusal,
)
from ltvcli.stats.gamma_ratio import digamma_difference, log_gamma_ratio
from ltvcli.stats.grouped_cells import levels
from ltvcli.stats.purchases import Cells, NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SECOND_OR_NEVER = N_("some customers leave after their second order, the others never")
ALL_AFTER_SECOND = N_("every customer leaves after the second order")

_SERIES = 0.02  # orders expected, below which chances of two or more are added up one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaGeometric:
    """A fitted BG/NBD or MBG/NBD; `withstood` are the chances to leave beside those of repeats."""

    name: str
    optimum: Optimum
    withstood: int
    r: float
    alpha: float
    a: float
    b: float

    def alive(self, cells: Cells) -> Floats:
        """The first term of the likelihood as a share of both."""
        x = cells.frequency
        chances = x + self.withstood
        since = np.log1p((cells.age - cells.recency) / (self.alpha + cells.recency))
        with np.errstate(divide="ignore"):
            odds = np.log(np.where(chances >= 1, self.a / (self.b + np.maximum(chances - 1, 0)), 0))
        stays: Floats = np.exp(-np.logaddexp(0, odds + (self.r + x) * since))
        return stays

    def expected(self, cells: Cells, horizon: float | Floats) -> Floats:
        """(1 - e^(-rate p horizon)) / p, averaged over rate and p of who is still there."""
        power, scaled, chances = self._ahead(cells, horizon)

        def orders(p: Floats, part: slice) -> Floats:
            some = np.maximum(p, 1e-100)
            left = -np.expm1(-power[part] * np.log1p(some * scaled[part]))
            return np.where(p > 0, left / some, power[part] * scaled[part])

        return self.alive(cells) * beta_average(self.a, self.b + chances, orders)

    def variance(self, cells: Cells, horizon: float) -> Floats:
        """From the mean of X (X - 1), 2 (1 - p) / p^2 P(two or more chances met by horizon)."""
        power, scaled, chances = self._ahead(cells, horizon)

        def pairs(p: Floats, part: slice) -> Floats:
            some = np.maximum(p, 1e-100)
            two = _two_or_more(power[part], some * scaled[part])
            first = power[part] * (power[part] + 1) * scaled[part] ** 2
            return np.where(p > 0, 2 * (1 - p) * two / some**2, first)

        mean = self.expected(cells, horizon)
        found: Floats = (
            self.alive(cells) * beta_average(self.a, self.b + chances, pairs) + mean - mean**2
        )
        return found

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Left, or there and not ordering: (1 + horizon / (alpha + T))^-(r + x)."""
        power, scaled, _ = self._ahead(cells, horizon)
        return 1 + self.alive(cells) * np.expm1(-power * np.log1p(scaled))

    def expected_new(self, times: Floats) -> Floats:
        """Expected orders of a customer with no record yet."""
        none = np.zeros_like(times)
        newcomers = Cells(frequency=none, recency=none, age=none, weight=none + 1)
        return self.expected(newcomers, times)

    def _ahead(self, cells: Cells, horizon: float | Floats) -> tuple[Floats, Floats, Floats]:
        """Power r + x and horizon / (alpha + T) of rates ahead, and chances withstood."""
        x = cells.frequency
        return self.r + x, horizon / (self.alpha + cells.age), x + self.withstood


def _two_or_more(power: Floats, scaled: Floats) -> Floats:
    """Probability that a negative binomial number with mean power x scaled is 2 or more."""
    q = scaled / (1 + scaled)
    none = np.exp(-power * np.log1p(scaled))
    whole = 1 - none * (1 + power * q)
    first = power * (power + 1) * q**2 / 2
    series = (
        none
        * first
        * (1 + (power + 2) * q / 3 * (1 + (power + 3) * q / 4 * (1 + (power + 4) * q / 5)))
    )
    return np.where(np.maximum(power, 1) * q < _SERIES, series, whole)


def fit(cells: Cells, name: str, withstood: int) -> BetaGeometric | nbd.Nbd | NotFitted:
    """Fit the model of `name`, in which customers have withstood so many chances beside repeats."""
    if found := refusal(name, cells):
        return found
    scaled, unit = in_mean_ages(cells)
    rate = np.log(0.5 + dot(scaled.frequency, scaled.weight) / scaled.weight.sum())
    starts = [np.array([rate, -0.5, -0.5, 0.0]), np.array([rate, -0.5, -2.0, 1.5])]
    summaries = levels(lambda cells: objective(cells, withstood), scaled)
    peak = search(summaries, float(cells.weight.sum()), starts, _LIMITS[withstood])
    if peak is None:
        return NotFitted(model=name, because=UNSETTLED)
    if any(limit.says in {NOBODY_LEAVES, FIRST_OR_NEVER} for limit in peak.limits):
        return nbd.of(peak, cells, unit)

    def named(at: Floats) -> dict[str, float]:
        r, alpha, a, b = parameters(at)
        return {"r": r, "alpha": alpha * unit, "a": a, "b": b}

    told = optimum(peak, log_likelihood(peak, cells, unit), named, _WITHOUT)
    return BetaGeometric(name=name, optimum=told, withstood=withstood, **named(peak.at))


_EACH = (
    Limit(SAME_RATE, {1: 18.0}),
    Limit(NOBODY_LEAVES, {2: -27.0, 3: 0.0}),
    Limit(SAME_CHANCE, {3: 18.0}),
)
_LIMITS = (
    (*_EACH, Limit(SECOND_OR_NEVER, {3: -27.0}), Limit(ALL_AFTER_SECOND, {2: 27.0, 3: 0.0})),
    (*_EACH, Limit(FIRST_OR_NEVER, {3: -27.0})),
)
_WITHOUT = {SAME_RATE: ("r", "alpha")} | dict.fromkeys(
    (SAME_CHANCE, SECOND_OR_NEVER, ALL_AFTER_SECOND), ("a", "b")
)


def parameters(at: Floats) -> tuple[float, float, float, float]:
    """r, alpha, a and b of coordinates: logs of r / alpha, r, a / b and a + b.

    >>> [round(value, 9) for value in parameters(np.log([0.5, 1.0, 1.0, 4.0]))]
    [1.0, 2.0, 2.0, 2.0]
    """
    rate, r, odds, sure = (float(value) for value in np.exp(at))
    return r, r / rate, sure * odds / (1 + odds), sure / (1 + odds)


def objective(cells: Cells, withstood: int) -> Objective:
    """Mean log-likelihood and its slope `(4,)` over the coordinates, as a function of them.

    Args:
        cells: the record.
        withstood: chances to leave beside those after repeat orders: 0 in BG/NBD, 1 in MBG/NBD.
    """
    x, tx, age = cells.frequency, cells.recency, cells.age
    weight = cells.weight / cells.weight.sum()
    orders, which = np.unique(x, return_inverse=True)
    customers = np.bincount(which, weights=weight)
    chances = orders + withstood
    earlier = np.maximum(chances - 1, 0)
    may_have_left = chances >= 1
    idle = age - tx

    def value(at: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = parameters(at)
        until_age, until_last = alpha + age, alpha + tx
        elapsed, since = np.log1p(age / alpha), np.log1p(idle / until_last)
        fixed = np.where(may_have_left, np.log(a) - np.log(b + earlier), -np.inf)
        log_odds = fixed[which] + (r + x) * since
        either = np.logaddexp(0, log_odds)
        left = weight * np.exp(log_odds - either)
        withstands = log_gamma_ratio(b, chances) - log_gamma_ratio(a + b, chances)
        height = dot(customers, log_gamma_ratio(r, orders) + withstands) + dot(
            weight, either - r * elapsed - x * np.log(until_age)
        )
        left_by = np.bincount(which, left)
        kept, all_of = digamma_difference(b, chances), digamma_difference(a + b, chances)
        repeats = dot(customers, digamma_difference(r, orders))
        by_r = r * (repeats - dot(weight, elapsed) + dot(left, since))
        by_alpha = dot(weight, (r * age - x * alpha) / until_age) - alpha * dot(
            left, (r + x) * idle / (until_last * until_age)
        )
        by_a = left.sum() - a * dot(customers, all_of)
        by_b = b * (dot(customers, kept - all_of) - dot(left_by, 1 / (b + earlier)))
        share = a / (a + b)
        slope = [-by_alpha, by_r + by_alpha, (1 - share) * by_a - share * by_b, by_a + by_b]
        return height, np.array(slope)

    return value
