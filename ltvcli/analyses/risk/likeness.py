"""Past customers similar to a prospect, and their value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.risk import groups
from ltvcli.facts.attributes import Attributes, Kind
from ltvcli.results.experiment import Range
from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

ALIKE = 50
"""Past customers who are most alike."""


def weights(attributes: Attributes, left: Bools, value: Floats) -> tuple[float, ...]:
    """Return how much each column counts in likeness: the share of variance that it explains.

    That is of who left or of what customers brought, whichever is larger.

    Args:
        attributes: of customers.
        left: whether each left, shape `(n,)`.
        value: of each customer; NaN if it is unknown, shape `(n,)`.
    """
    import numpy as np

    shares = []
    for column in attributes.columns:
        learned = groups.learn(column)
        codes = learned.codes(column)
        known = ~np.isnan(value)
        explained = [_explained(codes, left.astype(np.float64), learned.count)]
        if known.sum() > 1:
            explained.append(_explained(codes[known], value[known], learned.count))
        shares.append(max(explained))
    return tuple(shares)


def _explained(codes: Ints, target: Floats, count: int) -> float:
    """Return the share of a target's variance between groups (eta squared)."""
    import numpy as np

    total = float(((target - target.mean()) ** 2).sum())
    if not total:
        return 0.0
    n = np.maximum(np.bincount(codes, minlength=count), 1)
    means = np.bincount(codes, weights=target, minlength=count) / n
    return float(((means[codes] - target.mean()) ** 2).sum()) / total


def most_similar(asked: Attributes, past: Attributes, weights: tuple[float, ...]) -> list[Ints]:
    """Return the most similar past customers of each prospect, by Gower's distance.

    Numbers are compared by their ranks.

    Args:
        asked: prospects.
        past: customers.
        weights: of each column.

    Source: Gower (1971), Biometrics 27(4), 857-871.
    """
    import numpy as np

    scales = []
    for column, weight in zip(past.columns, weights, strict=True):
        known = np.sort(column.values[~np.isnan(column.values)])
        scales.append((column, weight, known))
    nearest = []
    for row in range(len(asked)):
        distance = np.zeros(len(past))
        for place, (column, weight, known) in enumerate(scales):
            value = asked.columns[place].values[row]
            if column.kind is Kind.LEVEL or np.isnan(value):
                differs = (column.values != value) & ~(np.isnan(column.values) & np.isnan(value))
                away = differs.astype(np.float64)
            else:
                ranks = np.searchsorted(known, column.values) / max(len(known), 1)
                away = np.abs(ranks - np.searchsorted(known, value) / max(len(known), 1))
                away[np.isnan(column.values)] = 1.0
            distance += weight * away
        nearest.append(np.argsort(distance, kind="stable")[: min(ALIKE, len(distance))])
    return nearest


class Worth(Struct, frozen=True, kw_only=True):
    """The expected value of a prospect.

    Attributes:
        expected: contribution after CAC.
        below: probability that it is below 0.
        spread: what each customer adds to its error, shape `(n,)`; the error of a sum of several
            prospects follows from their sum, customer by customer.
    """

    expected: Range
    below: float
    spread: Floats


def worth(value: Floats, left: Bools, chance: float, cac: float) -> Worth | None:
    """Return the expected value of a prospect; None with too few known customers.

    Customers who left and those who stayed count by the chance of the prospect, not by how many of
    each there happen to be.

    Args:
        value: of each customer before CAC; NaN if it is unknown, shape `(n,)`.
        left: whether each left, shape `(n,)`.
        chance: that the prospect leaves.
        cac: to be taken off.

    Leavers brought 20 and others 100; with an even chance that is 60, less 20:

    >>> import numpy as np
    >>> brought, left = np.array([20.0, 100.0, 100.0, 100.0]), np.array([True, False, False, False])
    >>> round(worth(brought, left, 0.5, 20.0).expected.value, 6)
    40.0
    """
    import numpy as np

    known = ~np.isnan(value)
    n = int(known.sum())
    if n < 2:  # noqa: PLR2004 - a spread takes two
        return None
    gone = left & known
    shares = known.astype(np.float64)
    if 0 < gone.sum() < n:
        rate = float(gone.sum()) / n
        shares *= np.where(gone, chance / rate, (1 - chance) / (1 - rate))
    shares /= shares.sum()
    brought = np.where(known, value, 0.0)
    mean = float((shares * brought).sum())
    spread = shares * (brought - mean) * math.sqrt(n / (n - 1))
    error = math.sqrt(float((spread**2).sum()))
    after = mean - cac
    return Worth(
        expected=Range(value=after, low=after - Z_95 * error, high=after + Z_95 * error),
        below=0.5 * math.erfc(after / error / math.sqrt(2)) if error else float(after < 0),
        spread=spread,
    )
