"""Averages over a beta-distributed probability that stay exact where its density has poles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.numerics.bisection import last_true

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NODES = 64
_NEGLIGIBLE = 28.0  # log-density below the peak that is negligible
_CHUNK = 1024  # averages whose nodes fit into the CPU cache


def beta_average(a: float, b: Floats, values: Callable[[Floats, slice], Floats]) -> Floats:
    """Average `values` over probabilities that are Beta(a, b), for each b: `(n,)`.

    The density may be infinite at 0 and at 1, so the straight line between the values there is
    averaged exactly, and the remainder, which is 0 at both ends, by the trapezoidal rule over the
    log-odds, where it decays quickly and the rule converges faster than any power.

    Args:
        a: first parameter of the distribution.
        b: second parameter `(n,)`.
        values: called with probabilities `(m, k)` and the slice `k` of the averages they are for.

    The mean of p (1 - p), when all p are equally likely, is a sixth:

    >>> float(beta_average(1.0, np.ones(1), lambda p, _: p * (1 - p)).round(9)[0])
    0.166666667

    Source: Trefethen & Weideman (2014), The Exponentially Convergent Trapezoidal Rule, SIAM Review
    56(3), 385-458.
    """
    distinct, which = np.unique(b, return_inverse=True)
    p, weights = _nodes(a, distinct)
    means = np.empty(len(b))
    for start in range(0, len(b), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        probabilities, chunk_weights = p[:, which[chunk]], weights[:, which[chunk]]
        at_0, at_1 = (values(np.full_like(probabilities[:1], end), chunk) for end in (0.0, 1.0))
        straight = at_0 + (at_1 - at_0) * probabilities
        mean = a / (a + b[chunk])
        bent = (chunk_weights * (values(probabilities, chunk) - straight)).sum(axis=0)
        means[chunk] = at_0[0] * (1 - mean) + at_1[0] * mean + bent
    return means


def _nodes(a: float, b: Floats) -> tuple[Floats, Floats]:
    """Return probabilities and weights `(_NODES, n)` for functions that are 0 at both ends."""
    # p (1 - p) turns the density of Beta(a, b) into that of Beta(a + 1, b + 1).
    low, high = a + 1, b + 1
    peak = np.log(low / high)
    most = -low * np.logaddexp(0, -peak) - high * np.logaddexp(0, peak)

    def counts(log_odds: Floats) -> NDArray[np.bool_]:
        density = -low * np.logaddexp(0, -log_odds) - high * np.logaddexp(0, log_odds)
        return np.asarray(density > most - _NEGLIGIBLE)

    least, largest = (last_true(counts, peak, peak + side) for side in (-64.0, 64.0))
    log_odds = least + (largest - least) * np.linspace(0, 1, _NODES)[:, None]
    log_p, log_rest = -np.logaddexp(0, -log_odds), -np.logaddexp(0, log_odds)
    density = np.exp(low * log_p + high * log_rest - most)
    share = density / density.sum(axis=0)
    mean_product = a * b / ((a + b) * (a + b + 1))
    return np.exp(log_p), share * mean_product * np.exp(-log_p - log_rest)
