"""The delete-one-group jackknife: how far a figure would move with other customers.

Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11; with groups of
customers in place of single ones, as in Shao & Tu (1995), The Jackknife and Bootstrap, chapter 2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltvcli.stats import student_t

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A figure, its standard error, and the degrees of freedom behind it (groups - 1)."""

    value: float
    error: float
    degrees: int

    @property
    def half_width(self) -> float:
        """Half the width of the 95% interval."""
        return student_t.quantile((1 + LEVEL) / 2, self.degrees) * self.error

    def below(self, threshold: float) -> float:
        """Probability, by Student's t, that the figure lies below `threshold`."""
        if self.error == 0:
            return float(self.value < threshold)
        return student_t.cdf((threshold - self.value) / self.error, self.degrees)


def spread(replicates: NDArray[np.float64]) -> Spread | None:
    """Measure how far a figure moves when one group after the other is left out.

    Args:
        replicates: `(1 + G,)`, the figure of all customers, then of all but group 1, 2, ..., G.

    Returns:
        None if there are fewer than two groups, or if the figure is undefined without one of them.

    The mean of 1, 2, 3 has the classic standard error sd / sqrt(3) = 0.577:

    >>> import numpy as np
    >>> found = spread(np.array([2.0, 2.5, 2.0, 1.5]))
    >>> found.value, round(found.error, 4), found.degrees
    (2.0, 0.5774, 2)
    """
    left_out = replicates[1:]
    groups = len(left_out)
    if groups < 2 or not all(map(math.isfinite, replicates.tolist())):  # noqa: PLR2004
        return None
    squares = float(((left_out - left_out.mean()) ** 2).sum())
    return Spread(
        value=float(replicates[0]),
        error=math.sqrt((groups - 1) / groups * squares),
        degrees=groups - 1,
    )
