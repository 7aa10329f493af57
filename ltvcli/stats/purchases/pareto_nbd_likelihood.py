"""The likelihood of the Pareto/NBD model, its slope, and the probability that a customer has left.

The published form needs the Gauss hypergeometric function, which overflows for loyal customers and
whose slope has no closed form. Here the likelihood stays the integral that it comes from,

    Gamma(r + x) / Gamma(r) alpha^r [ (alpha + T)^-(r + x) (1 + T / beta)^-s
        + integral from t_x to T of (alpha + y)^-(r + x) s / beta (1 + y / beta)^-(s + 1) dy ]

over the time y when the customer left. Relative to its value at t_x the integrand falls at first at
the rate D = (r + x) / (alpha + t_x) + (s + 1) / (beta + t_x), later more slowly; over
v = log(1 + D (y - t_x)) it is smooth whatever the parameters, and 24 Gauss-Legendre nodes in v give
ten digits of it, at the most extreme parameters seven. Slopes are averages over the same nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ltvcli.stats.numerics import gamma_ratio
from ltvcli.stats.numerics.reproducible_sum import dots
from ltvcli.stats.purchases.best_fit import Objective
from ltvcli.stats.purchases.record import Cells
from ltvcli.stats.purchases.several_points import in_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NODES, _WEIGHTS = (values[:, None] for values in np.polynomial.legendre.leggauss(24))
_PLACES = (1 + _NODES) / 2  # of the nodes, between 0 and 1
_CHUNK = 1024  # cells whose nodes fit into the CPU cache


class Left(NamedTuple):
    """Log-odds `(..., n)` of having left, and their slopes over r, log alpha, s and log beta."""

    log_odds: Floats
    by_r: Floats
    by_alpha: Floats
    by_s: Floats
    by_beta: Floats


def left(
    power: Floats,
    tx: Floats,
    age: Floats,
    alpha: float | Floats,
    s: float | Floats,
    beta: float | Floats,
) -> Left:
    """Return the log-odds that customers have left by `age`, and their slopes.

    Args:
        power: r + x `(..., n)`.
        tx: time of the last order `(n,)`.
        age: time until which nothing more was ordered `(n,)`.
        alpha: scale of the rates, one, `(..., 1)` or `(n,)`.
        s: shape of the hazards, one or `(..., 1)`.
        beta: scale of the hazards, one, `(..., 1)` or `(n,)`.
    """
    columns = [values.ravel() for values in np.broadcast_arrays(power, tx, age, alpha, s, beta)]
    parts = [
        _left(*(values[start : start + _CHUNK] for values in columns))
        for start in range(0, power.size, _CHUNK)
    ]
    shape = np.shape(power)
    return Left(*(np.concatenate(column).reshape(shape) for column in zip(*parts, strict=True)))


def _left(power: Floats, tx: Floats, age: Floats, alpha: Floats, s: Floats, beta: Floats) -> Left:
    idle, near, far = age - tx, alpha + tx, beta + tx
    fall = power / near + (s + 1) / far
    end = np.log1p(fall * idle)
    # Arrays of nodes `(m, n)` are computed in place: that takes three quarters of the time.
    share = end * _PLACES
    later = np.expm1(share)
    later /= fall
    by_near, by_far = later / near, later / far
    np.log1p(by_near, out=by_near)
    np.log1p(by_far, out=by_far)
    work = power * by_near
    share -= work
    share -= np.multiply(s + 1, by_far, out=work)
    np.exp(share, out=share)
    share *= _WEIGHTS
    total = share.sum(axis=0)
    share /= total
    with np.errstate(divide="ignore"):  # log of 0 for customers who ordered on the last day
        integral = np.log(total * end / (2 * fall) * s / beta)

    def average(values: Floats) -> Floats:
        mean: Floats = np.einsum("ij,ij->j", share, values)
        return mean

    rest = average(np.divide(alpha, np.add(near, later, out=work), out=work))
    np.add(tx, later, out=work)
    later += far
    work /= later
    stayed_near, stayed_far = np.log1p(idle / near), np.log1p(idle / far)
    return Left(
        integral + power * stayed_near + s * stayed_far - np.log1p(tx / beta),
        stayed_near - average(by_near),
        power * (alpha / (alpha + age) - rest),
        1 / s + stayed_far - average(by_far),
        (s + 1) * average(work) - 1 - s * age / (beta + age),
    )


def parameters(at: Floats) -> tuple[float, float, float, float]:
    """Return r, alpha, s and beta from coordinates `(4,)`.

    These are the logs of r / alpha, of r, of the hazard of leaving within one unit of time,
    s log(1 + 1 / beta), and of beta.

    >>> [round(value, 9) for value in parameters(np.log([0.5, 1.0, np.log(3.0), 1.0]))]
    [1.0, 2.0, 1.584962501, 1.0]
    """
    r, alpha, s, beta = _parameters(at)
    return float(r), float(alpha), float(s), float(beta)


def _parameters(at: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return r, alpha, s and beta, each `(...)`, from coordinates `(..., 4)`."""
    rate, r, hazard, beta = np.moveaxis(np.exp(at), -1, 0)
    return r, r / rate, hazard / np.log1p(1 / beta), beta


def objective(cells: Cells) -> Objective:
    """Return the mean log-likelihood and its slope `(4,)`, as a function of the coordinates."""
    x, tx, age = cells.frequency, cells.recency, cells.age
    weight = cells.weight / cells.weight.sum()
    orders, which = np.unique(x, return_inverse=True)
    customers = np.bincount(which, weights=weight)

    def value(at: Floats) -> tuple[Floats, Floats]:
        r, alpha, s, beta = (each[..., None] for each in _parameters(at))
        elapsed, survived = np.log1p(age / alpha), np.log1p(age / beta)
        odds = left(r + x, tx, age, alpha, s, beta)
        either = np.logaddexp(0, odds.log_odds)
        gone = weight * np.exp(odds.log_odds - either)
        ratios, repeats = gamma_ratio.with_slope(r, orders)
        height = dots(customers, ratios) + dots(
            weight, either - r * elapsed - x * np.log(alpha + age) - s * survived
        )
        by_r = r * (dots(customers, repeats) - dots(weight, elapsed) + dots(gone, odds.by_r))
        by_alpha = dots(weight, (r * age - x * alpha) / (alpha + age)) + dots(gone, odds.by_alpha)
        by_s = s * (dots(gone, odds.by_s) - dots(weight, survived))
        by_beta = s * dots(weight, age / (beta + age)) + dots(gone, odds.by_beta)
        turned = by_beta + by_s / ((1 + beta) * np.log1p(1 / beta))
        return height[..., 0], np.concatenate([-by_alpha, by_r + by_alpha, by_s, turned], axis=-1)

    return in_parts(value, len(x))
