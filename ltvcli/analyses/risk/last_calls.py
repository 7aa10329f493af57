"""The effect of the last call list: called customers compared with the control group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.results.experiment import Range
from ltvcli.results.risk import LastCalls
from ltvcli.stats.inference import welch
from ltvcli.stats.inference.welch import Sample

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


def compared(
    day: date, control: Bools, came_back: Bools, revenue: Floats, margin: float
) -> LastCalls | None:
    """Compare listed customers with the control group, as assigned.

    Args:
        day: of the list.
        control: whether each was left out, shape `(n,)`.
        came_back: whether each ordered since, shape `(n,)`.
        revenue: since, shape `(n,)`.
        margin: share of revenue that is kept.

    Returns:
        None where one of the two has fewer than two customers.
    """
    import numpy as np

    called = ~control
    if min(int(control.sum()), int(called.sum())) < 2:  # noqa: PLR2004 - a spread takes two
        return None

    def sample(values: Floats, rows: Bools) -> Sample:
        chosen = values[rows]
        return Sample(n=len(chosen), mean=float(chosen.mean()), sd=float(chosen.std(ddof=1)))

    def difference(values: Floats) -> Range:
        between = welch.difference(sample(values, called), sample(values, control))
        half = between.half_width
        return Range(value=between.value, low=between.value - half, high=between.value + half)

    back = came_back.astype(np.float64)
    return LastCalls(
        day=day,
        called=int(called.sum()),
        called_back=int(came_back[called].sum()),
        control=int(control.sum()),
        control_back=int(came_back[control].sum()),
        difference=difference(back),
        worth=difference(revenue * margin),
    )
