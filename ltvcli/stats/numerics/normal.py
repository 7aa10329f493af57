"""Quantiles of the normal distribution."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Z_95 = 1.959963984540054
"""97.5% quantile: a 95% interval reaches so many standard deviations either way."""
Z_80 = 1.2816
"""90% quantile: an 80% interval reaches so many standard deviations either way."""


def quantiles(probability: Floats) -> Floats:
    """Return quantiles `(n,)` of the normal distribution, to four digits.

    They are kept within -6 and 6.

    >>> import numpy as np
    >>> quantiles(np.array([0.0, 0.5, 0.975])).round(3).tolist()
    [-6.0, 0.0, 1.96]
    """
    import numpy as np

    steps = np.linspace(-6, 6, 6001)
    below = [math.erfc(-step / math.sqrt(2)) / 2 for step in steps.tolist()]
    return np.interp(probability, below, steps)
