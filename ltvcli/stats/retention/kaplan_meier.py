"""The survival curve of customers, some of whom are still active (right-censored).

Source: Kaplan & Meier (1958), Journal of the American Statistical Association 53, 457-481.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Survival(Struct, frozen=True, kw_only=True):
    """A step function per sample: `survival[:, i]` holds from `times[i]` to the next.

    `times` `(m,)` ascend; `at_risk`, `ended` and `survival` are `(k, m)`, one row per sample.
    """

    times: Floats
    at_risk: Floats
    ended: Floats
    survival: Floats

    def at(self, when: Floats) -> Floats:
        """Return the share still active just after each moment of `when` `(n,)`: `(k, n)`."""
        import numpy as np

        index = np.searchsorted(self.times, when, side="right")
        start = np.ones((len(self.survival), 1))
        return np.concatenate([start, self.survival], axis=1)[:, index]

    def area_by_month(self, horizon: int) -> Floats:
        """Return the exact area under each curve in month 0, 1, ..., horizon - 1: `(k, horizon)`.

        The sum of a row is the restricted mean: active months of a customer up to the horizon.
        """
        import numpy as np

        inside = self.times[(self.times < horizon) & (self.times % 1 != 0)]
        edges = np.sort(np.concatenate([np.arange(horizon + 1.0), inside]))
        areas = self.at(edges[:-1]) * np.diff(edges)
        month_starts = np.searchsorted(edges, np.arange(float(horizon)))
        return np.add.reduceat(areas, month_starts, axis=1) if horizon else areas[:, :0]

    def limits(self, z: float = Z_95) -> tuple[Floats, Floats]:
        """Return pointwise 95% limits on the log(-log) scale, within 0 and 1; `(k, m)` each.

        Source: Greenwood (1926) for the variance; Kalbfleisch & Prentice (1980) for the scale.
        """
        import numpy as np

        with np.errstate(divide="ignore", invalid="ignore"):
            steps = self.ended / (self.at_risk * (self.at_risk - self.ended))
            log = np.log(self.survival)
            width = z * np.sqrt(np.cumsum(steps, axis=1)) / log
            low, high = self.survival ** np.exp(-width), self.survival ** np.exp(width)
        known = np.isfinite(width)
        return np.where(known, low, self.survival), np.where(known, high, self.survival)


def fit(times: Floats, ended: Floats, censored: Floats) -> Survival:
    """Estimate survival from lifetimes of which some have not ended.

    Args:
        times: `(m,)`, distinct lifetimes, ascending.
        ended: `(k, m)`, lifetimes that ended after each time, in each of k samples.
        censored: `(k, m)`, lifetimes that were observed for that long and go on. They count as at
            risk when others end at the same moment.

    Three lifetimes end at 1, 2 and 4, one goes on at 3:

    >>> import numpy as np
    >>> ended, censored = np.array([[1.0, 1, 0, 1]]), np.array([[0.0, 0, 1, 0]])
    >>> curve = fit(np.array([1.0, 2, 3, 4]), ended, censored)
    >>> curve.survival.tolist()
    [[0.75, 0.5, 0.5, 0.0]]
    >>> float(curve.area_by_month(4).sum())
    2.75
    """
    import numpy as np

    at_risk = (ended + censored)[:, ::-1].cumsum(axis=1)[:, ::-1]
    stay = np.ones_like(at_risk)
    np.divide(at_risk - ended, at_risk, out=stay, where=at_risk > 0)
    return Survival(times=times, at_risk=at_risk, ended=ended, survival=stay.cumprod(axis=1))
