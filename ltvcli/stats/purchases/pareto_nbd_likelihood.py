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

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ltvcli.stats.numerics import gamma_ratio
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.best_fit import Objective
from ltvcli.stats.purchases.derivatives import of_either, over_coordinates, symmetric
from ltvcli.stats.purchases.record import Cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NODES, _WEIGHTS = (values[:, None] for values in np.polynomial.legendre.leggauss(24))
_PLACES = (1 + _NODES) / 2  # of the nodes, between 0 and 1
_CHUNK = 1024  # cells whose nodes fit into the CPU cache
_SLOPES = range(4)
_PAIRS = [(row, column) for row in _SLOPES for column in _SLOPES if row <= column]


class Left(NamedTuple):
    """Log-odds `(n,)` of having left, and their derivatives over r, log alpha, s and log beta.

    slopes: over each parameter `(n,)`. bends: over pairs of parameters `(n,)`.
    """

    log_odds: Floats
    slopes: Sequence[Floats]
    bends: Mapping[tuple[int, int], Floats]


def log_odds(
    power: Floats, tx: Floats, age: Floats, alpha: float | Floats, s: float, beta: float | Floats
) -> Floats:
    """Return the log-odds `(n,)` that customers have left by `age`.

    Args:
        power: r + x `(n,)`.
        tx: time of the last order `(n,)`.
        age: time until which nothing more was ordered `(n,)`.
        alpha: scale of the rates, one or `(n,)`.
        s: shape of the hazards.
        beta: scale of the hazards, one or `(n,)`.
    """
    columns = np.broadcast_arrays(power, tx, age, alpha, beta)
    odds = np.empty(len(power))
    for start in range(0, len(power), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        power, tx, age, alpha, beta = (values[chunk] for values in columns)
        odds[chunk] = _at_nodes(power, tx, age, alpha, s, beta).log_odds
    return odds


def left(power: Floats, tx: Floats, age: Floats, alpha: float, s: float, beta: float) -> Left:
    """Return the log-odds that customers have left by `age`, and their derivatives.

    Args:
        power: r + x `(n,)`.
        tx: time of the last order `(n,)`.
        age: time until which nothing more was ordered `(n,)`.
        alpha: scale of the rates.
        s: shape of the hazards.
        beta: scale of the hazards.
    """
    rows = np.empty((1 + len(_SLOPES) + len(_PAIRS), len(power)))
    for start in range(0, len(power), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        odds, slopes, bends = _left(power[chunk], tx[chunk], age[chunk], alpha, s, beta)
        rows[:, chunk] = [odds, *slopes, *(bends[pair] for pair in _PAIRS)]
    every_bend = dict(zip(_PAIRS, rows[1 + len(_SLOPES) :], strict=True))
    return Left(rows[0], list(rows[1 : 1 + len(_SLOPES)]), every_bend)


class _AtNodes(NamedTuple):
    """The integral by nodes: time since the last order, its logs and share `(m, n)` of the total.

    near, far: logs of (alpha + y) / (alpha + t_x) and of (beta + y) / (beta + t_x) at time y.
    """

    log_odds: Floats
    later: Floats
    near: Floats
    far: Floats
    share: Floats


def _at_nodes(
    power: Floats, tx: Floats, age: Floats, alpha: float | Floats, s: float, beta: float | Floats
) -> _AtNodes:
    idle, until_near, until_far = age - tx, alpha + tx, beta + tx
    fall = power / until_near + (s + 1) / until_far
    end = np.log1p(fall * idle)
    # Arrays of nodes `(m, n)` are computed in place: that takes three quarters of the time.
    share = end * _PLACES
    later = np.expm1(share)
    later /= fall
    near, far = later / until_near, later / until_far
    np.log1p(near, out=near)
    np.log1p(far, out=far)
    work = power * near
    share -= work
    share -= np.multiply(s + 1, far, out=work)
    np.exp(share, out=share)
    share *= _WEIGHTS
    total = share.sum(axis=0)
    share /= total
    with np.errstate(divide="ignore"):  # log of 0 for customers who ordered on the last day
        integral = np.log(total * end / (2 * fall) * s / beta)
    stayed = power * np.log1p(idle / until_near) + s * np.log1p(idle / until_far)
    return _AtNodes(integral + stayed - np.log1p(tx / beta), later, near, far, share)


def _left(power: Floats, tx: Floats, age: Floats, alpha: float, s: float, beta: float) -> Left:
    """Differentiate the log of the integral: by means of the integrand's slopes and their spread.

    Over r and s it falls with `near` and `far`; over log alpha and log beta it rises with the time
    y as a share of alpha + y and of beta + y, times the factors.
    """
    nodes = _at_nodes(power, tx, age, alpha, s, beta)
    y = nodes.later + tx
    factors: Sequence[float | Floats] = (-1.0, power, -1.0, s + 1)
    each = (nodes.near, y / (alpha + y), nodes.far, y / (beta + y))
    means, squares, bends = [], {}, {}
    for row, values in enumerate(each):
        weighted = nodes.share * values
        means.append(weighted.sum(axis=0))
        for column in range(row, len(each)):
            squares[row, column] = np.einsum("ij,ij->j", weighted, each[column])
    for (row, column), square in squares.items():
        spread = square - means[row] * means[column]
        bends[row, column] = factors[row] * factors[column] * spread
    near, of_alpha, far, of_beta = means
    age_of_alpha, age_of_beta = age / (alpha + age), age / (beta + age)
    bends[0, 1] += of_alpha - age_of_alpha
    bends[1, 1] += power * (age_of_alpha * (1 - age_of_alpha) - of_alpha + squares[1, 1])
    bends[2, 2] -= 1 / s**2
    bends[2, 3] += of_beta - age_of_beta
    bends[3, 3] += s * age_of_beta * (1 - age_of_beta) - (s + 1) * (of_beta - squares[3, 3])
    slopes = (
        np.log1p((age - tx) / (alpha + tx)) - near,
        power * (of_alpha - age_of_alpha),
        1 / s + np.log1p((age - tx) / (beta + tx)) - far,
        (s + 1) * of_beta - 1 - s * age_of_beta,
    )
    return Left(nodes.log_odds, slopes, bends)


def parameters(at: Floats) -> tuple[float, float, float, float]:
    """Return r, alpha, s and beta from coordinates `(4,)`.

    These are the logs of r / alpha, of r, of the hazard of leaving within one unit of time,
    s log(1 + 1 / beta), and of beta.

    >>> [round(value, 9) for value in parameters(np.log([0.5, 1.0, np.log(3.0), 1.0]))]
    [1.0, 2.0, 1.584962501, 1.0]
    """
    rate, r, hazard, beta = np.exp(at).tolist()
    return r, r / rate, hazard / math.log1p(1 / beta), beta


def objective(cells: Cells) -> Objective:
    """Return the mean log-likelihood, its slope and curvature, as functions of the coordinates."""
    x, tx, age = cells.frequency, cells.recency, cells.age
    weight = cells.weight / cells.weight.sum()
    orders, which = np.unique(x, return_inverse=True)
    customers = np.bincount(which, weights=weight)

    def value(at: Floats) -> tuple[float, Floats, Floats]:
        r, alpha, s, beta = parameters(at)
        elapsed, survived = np.log1p(age / alpha), np.log1p(age / beta)
        odds = left(r + x, tx, age, alpha, s, beta)
        either = np.logaddexp(0, odds.log_odds)
        stays = np.exp(-either)
        gone = weight * np.exp(odds.log_odds - either)
        ratios, repeats, fewer = gamma_ratio.with_slopes(r, orders)
        height = dot(customers, ratios) + dot(
            weight, either - r * elapsed - x * np.log(alpha + age) - s * survived
        )
        slope, curvature = of_either(gone, stays, odds.slopes, odds.bends)
        reached, passed = age / (alpha + age), age / (beta + age)
        slope += [
            dot(customers, repeats) - dot(weight, elapsed),
            dot(weight, r * reached - x * (1 - reached)),
            -dot(weight, survived),
            s * dot(weight, passed),
        ]
        entries = {
            (0, 0): dot(customers, fewer),
            (0, 1): dot(weight, reached),
            (1, 1): -dot(weight, (r + x) * reached * (1 - reached)),
            (2, 3): dot(weight, passed),
            (3, 3): -s * dot(weight, passed * (1 - passed)),
        }
        curvature += symmetric(4, entries)
        # s = hazard / log(1 + 1 / beta)
        by_beta = 1 / ((1 + beta) * math.log1p(1 / beta))
        jacobian = np.array([[0, r, 0, 0], [-1, 1, 0, 0], [0, 0, s, s * by_beta], [0, 0, 0, 1]])
        bend = s * by_beta * (2 * by_beta - beta / (1 + beta))
        bends = {
            0: symmetric(4, {(1, 1): r}),
            2: symmetric(4, {(2, 2): s, (2, 3): s * by_beta, (3, 3): bend}),
        }
        return height, *over_coordinates(slope, curvature, jacobian, bends)

    return value
