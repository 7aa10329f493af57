"""Smooth functions at many places, computed at few of them and interpolated in between."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PRECISION = 1e-12
"""Largest error, relative to the bound of the function."""
_WORTH = 2  # places for each that is computed, from which interpolation takes less time


def interpolated(function: Callable[[Floats, Floats], Floats], kind: Floats, at: Floats) -> Floats:
    """Return `function(kind, at)`, values `(..., n)`, with an error of PRECISION at most.

    For each kind the function is computed at Chebyshev points between its places, and the
    polynomial through them is evaluated; at the places where these are not many more.

    Args:
        function: of kinds `(m,)` and places `(m,)`, with values `(..., m)`. It must be analytic and
            of the order of 1 at complex places with an imaginary part of up to pi / 2.
        kind: anything else that the function depends on `(n,)`.
        at: places `(n,)`.

    >>> at = np.linspace(-2, 2, 1000)
    >>> found = interpolated(lambda kind, at: kind / (1 + np.exp(at)), np.ones(1000), at)
    >>> bool(np.abs(found - 1 / (1 + np.exp(at))).max() < 1e-12)
    True

    Sources: Trefethen (2013), Approximation Theory and Approximation Practice, theorem 8.2, for the
    number of points; Berrut & Trefethen (2004), Barycentric Lagrange Interpolation, SIAM Review
    46(3), 501-517, equations 4.2 and 5.3.
    """
    kinds, which, counts = np.unique(kind, return_inverse=True, return_counts=True)
    rows_of_kinds = np.split(np.argsort(which, kind="stable"), np.cumsum(counts))[:-1]
    nodes = [_nodes(at[rows]) for rows in rows_of_kinds]
    sizes = [len(each) for each in nodes]
    known = function(np.repeat(kinds, sizes), np.concatenate([*nodes, at[:0]]))
    values = np.empty((*known.shape[:-1], len(at)))
    start = 0
    for rows, of_kind in zip(rows_of_kinds, nodes, strict=True):
        at_nodes = known[..., start : start + len(of_kind)]
        is_known = len(of_kind) == len(rows)
        values[..., rows] = at_nodes if is_known else _between(of_kind, at_nodes, at[rows])
        start += len(of_kind)
    return values


def _nodes(at: Floats) -> Floats:
    """Return the Chebyshev points of these places, or the places where that is worth no while."""
    low, high = at.min(), at.max()
    points = _points((high - low) / 2)
    if points is None or points * _WORTH > len(at):
        return at
    angles = (np.arange(points) + 0.5) * (np.pi / points)
    nodes: Floats = low + (high - low) * (1 + np.cos(angles)) / 2
    return nodes


def _between(nodes: Floats, known: Floats, at: Floats) -> Floats:
    """Return the polynomial through values `(..., m)` at Chebyshev points `(m,)`, at places."""
    points = len(nodes)
    weights = np.sin((np.arange(points) + 0.5) * (np.pi / points)) * (-1.0) ** np.arange(points)
    distance = at[:, None] - nodes
    distance[distance == 0] = np.finfo(np.float64).tiny  # at a node its value is all that counts
    share = weights / distance
    share /= share.sum(axis=-1, keepdims=True)
    values: Floats = np.einsum("...m,nm->...n", known, share)
    return values


def _points(half: float) -> int | None:
    """Return the number of points that PRECISION needs, for places up to `half` from their middle.

    None if the places do not differ, or are not finite.

    Where the ellipse of theorem 8.2 has the parameter e, the bound is 4 / (e - 1) e^-degree:

    >>> round(math.log(4 / PRECISION / (math.e - 1)), 1), _points(math.pi / 2 / math.sinh(1))
    (28.5, 30)
    """
    if not 0 < half < math.inf:
        return None
    growth = math.asinh(math.pi / 2 / half)  # log of the sum of the ellipse's half axes
    return 1 + math.ceil((math.log(4 / PRECISION) - math.log(math.expm1(growth))) / growth)
