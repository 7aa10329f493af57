"""Newton's method: the maximum of a log-likelihood, and whether it was reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ltvcli.language import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NOT_CONVERGED = N_("the search for the best fit did not converge")
WIDEST = 30.0  # log-odds and logs of parameters are sought within this distance of 0

_FAR = 2.0  # no step is longer, in log-odds or logs
_SETTLED = 1e-13  # gain in height below which the climb ends; heights are of the order of 1


def climb(
    height: Callable[[Floats], float],
    derivatives: Callable[[Floats], tuple[Floats, Floats]],
    start: Floats,
) -> tuple[Floats, Floats | None]:
    """Climb from `start` to a nearby maximum by Newton's method.

    Args:
        height: function to maximise, of the order of 1: a log-likelihood per customer and renewal.
        derivatives: slope `(k,)` and curvature `(k, k)` of the height.
        start: where to begin `(k,)`, within WIDEST of 0.

    Returns:
        The peak and the curvature there. The curvature is None if no peak was reached: the surface
        is level or still rising, does not bend down in every direction, or the search reached the
        end of its range. Then the point is only the highest one seen.

    From 0 to the peak of 1 - (x - 2)^2, where it bends down by 2:

    >>> import numpy as np
    >>> peak, curvature = climb(
    ...     lambda x: 1 - (x[0] - 2) ** 2,
    ...     lambda x: (-2 * (x - 2), np.array([[-2.0]])),
    ...     np.zeros(1),
    ... )
    >>> peak.tolist(), curvature.tolist()
    ([2.0], [[-2.0]])
    """
    import numpy as np

    here, top = start, height(start)
    for _ in range(100):
        slope, curvature = derivatives(here)
        if not np.isfinite(curvature).all():
            return here, None
        bends, axes = np.linalg.eigh(curvature)
        # Where the surface does not bend down, go up all the same, and never far at once.
        step = axes @ ((axes.T @ slope) / np.maximum(np.abs(bends), 1e-300))
        if bends.max() < 0 and slope @ step < _SETTLED:
            # The last step gains less than the height can show, and the peak is where it ends.
            return here + step, curvature if np.abs(here).max() < WIDEST - 1 else None
        step *= _FAR / max(_FAR, float(np.abs(step).max()))
        for _ in range(60):
            candidate = np.clip(here + step, -WIDEST, WIDEST)
            if (higher := height(candidate)) > top:
                break
            step /= 2
        else:
            return here, None
        here, top = candidate, higher
    return here, None
