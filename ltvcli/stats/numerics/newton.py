"""Newton's method: the maximum of a log-likelihood, and whether it was reached.

`uphill` and `higher` are the step of every search; `climb` is a search with exact derivatives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ltvcli.language import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Slope = TypeVar("Slope")

NOT_CONVERGED = N_("the search for the best fit did not converge")
WIDEST = 30.0  # log-odds and logs of parameters are sought within this distance of 0

_HALVINGS = 60
_FAR = 2.0  # no step is longer, in log-odds or logs
SETTLED = 1e-13
"""Gain in height below which a climb ends; heights are of the order of 1."""


def uphill(slope: Floats, bends: Floats, axes: Floats, scale: float = 1.0) -> Floats:
    """Return Newton's step; where the surface does not bend down, it goes up all the same.

    Args:
        slope: of the height `(k,)`.
        bends: eigenvalues of `scale` times its curvature `(k,)`, of either sign.
        axes: their eigenvectors `(k, k)`, in columns.
        scale: by which the curvature was multiplied.

    On 1 - (x - 2)^2, from 0 to its peak:

    >>> import numpy as np
    >>> uphill(np.array([4.0]), np.array([-2.0]), np.eye(1)).tolist()
    [2.0]
    """
    import numpy as np

    step: Floats = axes @ ((axes.T @ slope) / (np.maximum(np.abs(bends), 1e-300) / scale))
    return step


def higher(
    evaluate: Callable[[Floats], tuple[float, Slope]],
    here: Floats,
    step: Floats,
    top: float,
    halvings: int,
) -> tuple[Floats, float, Slope] | None:
    """Return a higher point along a step, its height and slope; None if there is none.

    No step is longer than 2 in a coordinate; it is halved until it leads up.

    Args:
        evaluate: height at a point, and its slope if the caller needs it.
        here: the point to go from `(k,)`.
        step: where to go `(k,)`.
        top: height of `here`.
        halvings: how often to halve the step at most.
    """
    import numpy as np

    step = step * (_FAR / max(_FAR, float(np.abs(step).max())))
    for _ in range(halvings):
        candidate = np.clip(here + step, -WIDEST, WIDEST)
        height, slope = evaluate(candidate)
        if height > top:
            return candidate, height, slope
        step = step / 2
    return None


def maximise(
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
    >>> peak, curvature = maximise(
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
        step = uphill(slope, bends, axes)
        if bends.max() < 0 and slope @ step < SETTLED:
            # The last step gains less than the height can show, and the peak is where it ends.
            return here + step, curvature if np.abs(here).max() < WIDEST - 1 else None
        point = higher(lambda at: (height(at), None), here, step, top, _HALVINGS)
        if point is None:
            return here, None
        here, top, _ = point
    return here, None
