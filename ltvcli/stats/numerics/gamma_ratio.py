"""Gamma(x + u) / Gamma(x) without the loss of digits of two gamma functions for large x."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_STEPS = 16  # x is first raised by so much; the series below then is exact to the last digits


def log_gamma_ratio(x: float | Floats, u: Floats) -> Floats:
    """Return log(Gamma(x + u) / Gamma(x)) for x above 0 and u of 0 or more, elementwise.

    Two factorial over zero factorial, and four factorial over three factorial:

    >>> import numpy as np
    >>> [round(float(np.exp(log_gamma_ratio(x, np.array(u)))), 9) for x, u in [(1, 2.0), (4, 1.0)]]
    [2.0, 4.0]

    Source: Gamma(x + 1) = x Gamma(x), and Stirling's series: NIST Digital Library of Mathematical
    Functions, 5.5.1 and 5.11.1.
    """
    import numpy as np

    return _log_ratio(np.asarray(x, dtype=np.float64), u, _steps(x))


def digamma_difference(x: float | Floats, u: Floats) -> Floats:
    """Return the slope of `log_gamma_ratio` in x: digamma(x + u) - digamma(x).

    From 1 to 3 it rises by 1/1 + 1/2:

    >>> import numpy as np
    >>> round(float(digamma_difference(1, np.array(2.0))), 12)
    1.5

    Source: DLMF 5.5.2 and 5.11.2.
    """
    import numpy as np

    return _difference(np.asarray(x, dtype=np.float64), u, _steps(x))


def with_slopes(x: float | Floats, u: Floats) -> tuple[Floats, Floats, Floats]:
    """Return `log_gamma_ratio`, `digamma_difference`, and the slope of the latter in x.

    The last is trigamma(x + u) - trigamma(x), from 1 to 3 a fall by 1/1 + 1/4:

    >>> import numpy as np
    >>> round(float(with_slopes(1, np.array(2.0))[2]), 12)
    -1.25

    Source: DLMF 5.15.1, 5.15.5 and 5.15.8.
    """
    import numpy as np

    x, steps = np.asarray(x, dtype=np.float64), _steps(x)
    far, later = x + _STEPS, steps + u[..., None]
    below = (u[..., None] * (steps + later) / (steps * later) ** 2).sum(axis=-1)
    bend = _remainder_bend(far + u) - _remainder_bend(far) - u / (far * (far + u)) - below
    return _log_ratio(x, u, steps), _difference(x, u, steps), bend


def trigamma(x: Floats) -> Floats:
    """Return the second derivative of the log of the gamma function, for x above 0.

    At 1 it is pi^2 / 6:

    >>> import math, numpy as np
    >>> round(float(trigamma(np.array(1.0))), 12) == round(math.pi**2 / 6, 12)
    True

    Source: DLMF 5.15.5 and 5.15.8.
    """
    far = x + _STEPS
    below = (1 / _steps(x) ** 2).sum(axis=-1)
    value: Floats = below + 1 / far + _remainder_bend(far)
    return value


def _log_ratio(x: Floats, u: Floats, steps: Floats) -> Floats:
    import numpy as np

    far = x + _STEPS
    below = np.log1p(u[..., None] / steps).sum(axis=-1)
    series = u * np.log(far) + (far + u - 0.5) * np.log1p(u / far) - u
    ratio: Floats = series + _remainder(far + u) - _remainder(far) - below
    return ratio


def _difference(x: Floats, u: Floats, steps: Floats) -> Floats:
    import numpy as np

    far = x + _STEPS
    below = (u[..., None] / (steps * (steps + u[..., None]))).sum(axis=-1)
    slope = _remainder_slope(far + u) - _remainder_slope(far)
    difference: Floats = np.log1p(u / far) + slope + below
    return difference


def _steps(x: float | Floats) -> Floats:
    import numpy as np

    return np.asarray(np.asarray(x, dtype=np.float64)[..., None] + np.arange(_STEPS))


def _remainder(x: Floats) -> Floats:
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / x**2) / x**2) / x**2) / x


def _remainder_slope(x: Floats) -> Floats:
    series: Floats = (1 / 12 - (1 / 120 - (1 / 252 - 1 / 240 / x**2) / x**2) / x**2) / x**2
    return -1 / (2 * x) - series


def _remainder_bend(x: Floats) -> Floats:
    series: Floats = (1 / 6 - (1 / 30 - (1 / 42 - 1 / 30 / x**2) / x**2) / x**2) / x**3
    return 1 / (2 * x**2) + series
