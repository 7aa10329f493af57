"""First and second derivatives of log-likelihoods: shared parts of their arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def symmetric(size: int, entries: Mapping[tuple[int, int], float]) -> Floats:
    """Return a symmetric matrix `(size, size)` from entries on one side; others are 0.

    >>> symmetric(2, {(0, 1): 3.0, (1, 1): 2.0}).tolist()
    [[0.0, 3.0], [3.0, 2.0]]
    """
    matrix = np.zeros((size, size))
    for (row, column), entry in entries.items():
        matrix[row, column] = matrix[column, row] = entry
    return matrix


def of_either(
    left: Floats, stays: Floats, slopes: Sequence[Floats], bends: Mapping[tuple[int, int], Floats]
) -> tuple[Floats, Floats]:
    """Return slope `(k,)` and curvature `(k, k)` of the sum of weight x log(1 + odds).

    The odds are those of having left.

    Args:
        left: weight x probability of having left `(n,)`.
        stays: probability of not having left `(n,)`.
        slopes: of the log-odds over each of k parameters, `(n,)`.
        bends: second derivatives of the log-odds over pairs of parameters, `(n,)`; others are 0.
    """
    size = len(slopes)
    unsure = left * stays
    entries = {}
    for row, slope in enumerate(slopes):
        varies = unsure * slope
        for column in range(row, size):
            entries[row, column] = dot(varies, slopes[column])
    for pair, bend in bends.items():
        entries[pair] += dot(left, bend)
    return np.array([dot(left, slope) for slope in slopes]), symmetric(size, entries)


def over_coordinates(
    slope: Floats, curvature: Floats, jacobian: Floats, bends: Mapping[int, Floats]
) -> tuple[Floats, Floats]:
    """Return slope and curvature over coordinates, from those over parameters: the chain rule.

    Args:
        slope: over parameters `(p,)`.
        curvature: over parameters `(p, p)`.
        jacobian: slopes of parameters over coordinates `(p, k)`.
        bends: curvature of each parameter over coordinates `(k, k)`, by its place; others are 0.

    Of z^2 at 3 over the log of z, where it is the exponential of twice the coordinate:

    >>> three = np.array([[3.0]])
    >>> over_coordinates(np.array([6.0]), np.array([[2.0]]), three, {0: three})
    (array([18.]), array([[36.]]))
    """
    turned = jacobian.T @ curvature @ jacobian
    for place, bend in bends.items():
        turned = turned + slope[place] * bend
    return jacobian.T @ slope, turned
