"""The delete-one-group jackknife: the sampling error of a figure.

Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11; with groups of
customers in place of single ones, as in Shao & Tu (1995), The Jackknife and Bootstrap, chapter 2.
The correction for skewness is the monotone cubic transformation of Hall (1992), On the removal of
skewness by transformation, J. R. Statist. Soc. B 54, 221-228.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.stats.inference import student_t

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.95
NO_SKEWNESS = 1e-9
ROUNDING = 1e-9
"""Share of a figure by which rounding may change it."""


class Spread(Struct, frozen=True, kw_only=True):
    """A figure, its standard error, and the degrees of freedom behind it (groups - 1).

    `skewness` is that of the figure itself: of what groups contribute, over the square root of
    their number. 0 leaves the interval symmetric.
    """

    value: float
    error: float
    degrees: int
    skewness: float = 0.0

    @property
    def half_width(self) -> float:
        """Half the width of the 95% interval."""
        return student_t.quantile((1 + LEVEL) / 2, self.degrees) * self.error

    @property
    def low(self) -> float:
        """Low end of the 95% interval, corrected for skewness."""
        t = student_t.quantile((1 + LEVEL) / 2, self.degrees)
        return self.value - restored(t, self.skewness) * self.error

    @property
    def high(self) -> float:
        """High end of the 95% interval, corrected for skewness."""
        t = student_t.quantile((1 + LEVEL) / 2, self.degrees)
        return self.value - restored(-t, self.skewness) * self.error

    def below(self, threshold: float) -> float:
        """Return the probability of lying below `threshold`, by Student's t with skewness."""
        if self.error == 0:
            return float(self.value < threshold)
        t = transformed((self.value - threshold) / self.error, self.skewness)
        return student_t.cdf(-t, self.degrees)


def transformed(t: float, skewness: float) -> float:
    """Remove the skewness of a studentized mean: t + s t^2 / 3 + s^2 t^3 / 27 + s / 6.

    1 + 0.6 / 3 + 0.36 / 27 + 0.6 / 6 = 1.31333:

    >>> round(transformed(1.0, 0.6), 5)
    1.31333
    """
    return t + skewness * t**2 / 3 + skewness**2 * t**3 / 27 + skewness / 6


def restored(t: float, skewness: float) -> float:
    """Invert `transformed`: (3 / s) ((1 + s (t - s / 6))^(1/3) - 1).

    >>> round(restored(1 + 0.2 + 0.36 / 27 + 0.1, 0.6), 9), restored(1.96, 0.0)
    (1.0, 1.96)
    """
    if abs(skewness) < NO_SKEWNESS:
        return t
    return 3 / skewness * (math.cbrt(1 + skewness * (t - skewness / 6)) - 1)


def spread(replicates: NDArray[np.float64]) -> Spread | None:
    """Estimate the standard error of a figure by leaving out each group of customers in turn.

    Args:
        replicates: `(1 + G,)`, the figure of all customers, then of all but group 1, 2, ..., G.

    Returns:
        None with fewer than two groups, if the figure is undefined without one of them, or if none
        of them changes it: then the data shows nothing of its error, which is unknown, not 0.

    The mean of 1, 2, 3 has the classic standard error sd / sqrt(3) = 0.577:

    >>> import numpy as np
    >>> mean = spread(np.array([2.0, 2.5, 2.0, 1.5]))
    >>> mean.value, round(mean.error, 4), mean.degrees
    (2.0, 0.5774, 2)
    """
    if not is_defined(replicates) or not moves(replicates).any():
        return None
    left_out = replicates[1:]
    return Spread(
        value=float(replicates[0]), error=standard_error(left_out), degrees=len(left_out) - 1
    )


def is_defined(replicates: NDArray[np.float64]) -> bool:
    """Return whether there are two groups or more, and the figure is defined without each."""
    return len(replicates) > 2 and all(map(math.isfinite, replicates.tolist()))  # noqa: PLR2004


def standard_error(left_out: NDArray[np.float64]) -> float:
    """Return the standard error of a figure from `(G,)`, the figure without each group."""
    groups = len(left_out)
    squares = float(((left_out - left_out.mean()) ** 2).sum())
    return math.sqrt((groups - 1) / groups * squares)


def moves(replicates: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return, per group, whether leaving it out changes the figure by more than rounding does.

    Args:
        replicates: `(1 + G,)`, the figure of all customers, then of all but group 1, 2, ..., G.

    >>> import numpy as np
    >>> moves(np.array([0.3, 0.1 + 0.2, 0.31])).tolist()
    [False, True]
    """
    import numpy as np

    everyone = float(replicates[0])
    return np.abs(replicates[1:] - everyone) > ROUNDING * abs(everyone)


def skew_corrected(replicates: NDArray[np.float64]) -> Spread | None:
    """Estimate the standard error as `spread` does, and the skewness of the groups.

    A mean of heavy-tailed spend is more often far too low than far too high, as few samples hold
    one of the few large spenders: its interval reaches farther up than down.

    Args:
        replicates: `(1 + G,)`, the figure of all customers, then of all but group 1, 2, ..., G.

    Returns:
        None where `spread` is None.

    The mean of 1, 2, 9: they lie -3, -2, 5 from 4, so s = (-27 - 8 + 125) / (9 + 4 + 25)^1.5:

    >>> import numpy as np
    >>> mean = skew_corrected(np.array([4.0, 5.5, 5.0, 1.5]))
    >>> round(mean.skewness, 6), round(90 / 38**1.5, 6)
    (0.384209, 0.384209)
    """
    symmetric = spread(replicates)
    if symmetric is None or symmetric.error == 0:
        return symmetric
    influence = replicates[1:].mean() - replicates[1:]
    skewness = float((influence**3).sum()) / float((influence**2).sum()) ** 1.5
    return replace(symmetric, skewness=skewness)
