"""Marginal CAC: the cost of an additional customer, from monthly changes in spend and customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.stats.inference import jackknife
from ltvcli.stats.inference.jackknife import Spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

ENOUGH_MONTHS = 6
"""Fewer do not show the noise: two of them are needed for slope and trend."""
FEW, STEADY, NOISE = "few", "steady", "noise"
"""Why there is no marginal cost."""
_SPENT = 2  # parameters: customers per spend, and customers per month (the trend)


class MarginalCost(Struct, frozen=True, kw_only=True):
    """Spend per additional customer, with its 95% interval."""

    value: float
    low: float
    high: float


def marginal_cost(month: ArrayLike, spend: ArrayLike, customers: ArrayLike) -> MarginalCost | str:
    """Divide changes in spend by changes in new customers, from one month to the next.

    Least squares of the change in customers on the change in spend and on the months between (the
    trend); the marginal cost is 1 / slope. Changes, because levels of two things that grow go
    together even if neither causes the other. The interval is that of the slope, by the jackknife
    over months: each is left out in turn, and its neighbours are compared instead. If it reaches 0,
    the cost has no upper end, and is not given.

    Args:
        month: `(m,)` months counted from anywhere, whole ones only, ascending.
        spend: `(m,)` spend of each.
        customers: `(m,)` new customers of each.

    Returns:
        FEW if m is below 6, STEADY if spend hardly changed, NOISE if the slope may be 0.

    Ten additional customers for every additional 500:

    >>> spend = [1000, 1500, 1000, 2000, 1500, 1000, 2500]
    >>> round(marginal_cost(range(7), spend, [20, 30, 20, 40, 30, 20, 50]).value, 6)
    50.0
    >>> marginal_cost(range(3), [1, 2, 3], [1, 2, 3]), marginal_cost(range(6), [9] * 6, range(6))
    ('few', 'steady')

    Source: first differences as in Wooldridge (2020), Introductory Econometrics, section 10.5;
    jackknife of regressions: MacKinnon & White (1985), Journal of Econometrics 29, 305-325.
    """
    import numpy as np

    columns = [np.asarray(values, dtype=np.float64) for values in (month, spend, customers)]
    count = len(columns[0])
    if count < ENOUGH_MONTHS:
        return FEW
    samples = [columns, *([np.delete(column, at) for column in columns] for at in range(count))]
    slopes = np.array([_slope(*sample) for sample in samples])
    if not np.isfinite(slopes).all():
        return STEADY
    error = jackknife.standard_error(slopes[1:])
    half = Spread(value=float(slopes[0]), error=error, degrees=count - 1 - _SPENT).half_width
    low, high = slopes[0] - half, slopes[0] + half
    if low <= 0:
        return NOISE
    return MarginalCost(value=1 / float(slopes[0]), low=1 / float(high), high=1 / float(low))


def _slope(month: Floats, spend: Floats, customers: Floats) -> float:
    """Return customers per spend; NaN where spend does not change, or follows the trend exactly."""
    import numpy as np

    between, change = np.diff(month), np.diff(spend)
    # The change in spend beyond its trend.
    detrended = change - between * (between @ change) / (between @ between)
    size = float(detrended @ detrended)
    if size <= 1e-12 * float(spend @ spend):
        return float("nan")
    return float(detrended @ np.diff(customers)) / size
