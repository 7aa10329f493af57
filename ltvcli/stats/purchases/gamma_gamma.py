"""The Gamma-Gamma model of spend: the value of a customer's future orders, given past ones.

The values of a customer's orders are Gamma(p, nu) with a scale nu of their own; nu is
Gamma(q, gamma) over customers. The mean z of x orders then has the likelihood

    Gamma(p x + q) / (Gamma(p x) Gamma(q)) (gamma / (gamma + x z))^q (x z / (gamma + x z))^(p x) / z

and a customer's own mean is p (gamma + x z) / (p x + q - 1): between that of all customers,
p gamma / (q - 1), and z. With q of 1 or less customers differ so much that there is no mean.

Source: Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct

from ltvcli.language import N_
from ltvcli.stats.numerics import gamma_ratio
from ltvcli.stats.numerics.newton import NOT_CONVERGED
from ltvcli.stats.numerics.once import once
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.best_fit import Levels, Limit, Objective, search
from ltvcli.stats.purchases.derivatives import over_coordinates, symmetric
from ltvcli.stats.purchases.optimum import optimum
from ltvcli.stats.purchases.record import NotFitted, Optimum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NAME = "Gamma-Gamma"
SAME_SPEND = N_("order values do not differ between customers")
STEADY_SPEND = N_("each customer's orders all have the same value")
NO_SPEND = N_("no customer has an average order above zero")
_LIMITS = (Limit(SAME_SPEND, {1: 18.0}), Limit(STEADY_SPEND, {2: 18.0}))
_WITHOUT = {SAME_SPEND: ("q", "gamma"), STEADY_SPEND: ("p", "gamma")}
_log_gamma = np.vectorize(math.lgamma, otypes=[float])
_WIDTHS = (0.2, 0.02)  # widths of the classes of log values in summaries


class Spread(NamedTuple):
    """Variances `(n,)` of the value of a customer's next orders.

    customer: of the customer's mean, which is estimated; shared by all their orders.
    order: of a single order around that mean.
    """

    customer: Floats
    order: Floats


class Values(Struct, frozen=True, kw_only=True):
    """Customers by the value of their orders, each field `(n,)`.

    orders: number of orders averaged, 1 or more. value: their mean, above 0. weight: customers.
    """

    orders: Floats
    value: Floats
    weight: Floats


class GammaGamma(Struct, frozen=True, kw_only=True):
    """A fitted Gamma-Gamma model."""

    name: str
    optimum: Optimum
    p: float
    q: float
    gamma: float

    @property
    def mean(self) -> float | None:
        """Mean value of an order over all customers; None if there is none (q of 1 or less)."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else None

    def expected(self, orders: Floats, value: Floats) -> Floats | None:
        """Return the mean value `(n,)` of the next orders; None if the model has no mean.

        `orders` `(n,)`, 0 or more, is how many each customer has placed, `value` `(n,)` their mean.
        """
        if self.q <= 1:
            return None
        known = self.p * orders + self.q - 1
        mean: Floats = self.p * (self.gamma + orders * value) / known
        return mean

    def spread(self, orders: Floats, value: Floats) -> Spread | None:
        """Return the variances of the value of the next orders; None if they are infinite.

        `orders` and `value` are as for `expected`.
        """
        mean = self.expected(orders, value)
        known = self.p * orders + self.q - 2
        if mean is None or not known.min(initial=np.inf) > 0:
            return None
        return Spread(mean**2 / known, mean**2 * (known + 1) / known / self.p)


@once
def fit(values: Values) -> GammaGamma | NotFitted:
    """Fit the most likely parameters; customers without an order above 0 are not used."""
    used = (values.orders > 0) & (values.value > 0)
    if not used.any():
        return NotFitted(model=NAME, because=NO_SPEND)
    orders, value, weight = values.orders[used], values.value[used], values.weight[used]
    customers = float(weight.sum())
    unit = dot(value, weight) / customers
    scaled = Values(orders=orders, value=value / unit, weight=weight)
    rough, fine = (objective(grouped(scaled, width)) for width in _WIDTHS)
    levels = Levels(rough, fine, fine, objective(scaled))
    peak = search(levels, customers, [np.array([0.0, 1.0, 1.0])], _LIMITS)
    if peak is None:
        return NotFitted(model=NAME, because=NOT_CONVERGED)

    def named(at: Floats) -> dict[str, float]:
        p, q, gamma = parameters(at)
        return {"p": p, "q": q, "gamma": gamma * unit}

    height = float(peak.height * customers - np.log(unit) * customers)
    return GammaGamma(name=NAME, optimum=optimum(peak, height, named, _WITHOUT), **named(peak.at))


def grouped(values: Values, width: float) -> Values:
    """Group values of the same number of orders, in classes of `width` of their logs."""
    place = np.floor(np.log(values.value) / width)
    _, which = np.unique(values.orders + 1j * place, return_inverse=True)
    weight = np.bincount(which, values.weight)
    orders, value = (
        np.bincount(which, values.weight * each) / weight for each in (values.orders, values.value)
    )
    return Values(orders=orders, value=value, weight=weight.astype(np.float64))


def parameters(at: Floats) -> tuple[float, float, float]:
    """Return p, q and gamma from coordinates, logs of p gamma / q, of q and of p: `(3,)`.

    >>> [round(value, 9) for value in parameters(np.log([10.0, 4.0, 2.0]))]
    [2.0, 4.0, 20.0]
    """
    scale, q, p = np.exp(at).tolist()
    return p, q, scale * q / p


def objective(values: Values) -> Objective:
    """Return the mean log-likelihood, its slope and curvature, as functions of the coordinates."""
    spent = values.orders * values.value
    weight = values.weight / values.weight.sum()
    orders, which = np.unique(values.orders, return_inverse=True)
    customers = np.bincount(which, weights=weight)
    counted = weight * values.orders
    constant = dot(weight, np.log(values.value))
    # Of logs of gamma, q and p, over the coordinates.
    jacobian = np.array([[1.0, 1.0, -1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])

    def value(at: Floats) -> tuple[float, Floats, Floats]:
        p, q, gamma = parameters(at)
        shape = p * orders
        by_shape, more_of_q, fewer_of_q = gamma_ratio.with_slopes(q, shape)
        by_q_of_shape, more, fewer = gamma_ratio.with_slopes(shape, np.full_like(shape, q))
        # Two equivalent forms: use the one with smaller terms.
        beta = np.where(shape < q, by_shape - _log_gamma(shape), by_q_of_shape - math.lgamma(q))
        below, above = np.log1p(gamma / spent), np.log1p(spent / gamma)
        rest, share = spent / (gamma + spent), gamma / (gamma + spent)
        height = dot(customers, beta) - p * dot(counted, below) - q * dot(weight, above) - constant
        by_p = p * (dot(customers * orders, more) - dot(counted, below))
        by_q = q * (dot(customers, more_of_q) - dot(weight, above))
        slope = np.array([q * dot(weight, rest) - p * dot(counted, share), by_q, by_p])
        varies = rest * share
        entries = {
            (0, 0): -q * dot(weight, varies) - p * dot(counted, varies),
            (0, 1): q * dot(weight, rest),
            (0, 2): -p * dot(counted, share),
            (1, 1): by_q + q**2 * dot(customers, fewer_of_q),
            (1, 2): p * q * dot(customers * orders, gamma_ratio.trigamma(shape + q)),
            (2, 2): by_p + p**2 * dot(customers * orders**2, fewer),
        }
        return height, *over_coordinates(slope, symmetric(3, entries), jacobian, {})

    return value
