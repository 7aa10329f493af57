"""An interval that holds at every look, however often one looks.

Source: Howard, Ramdas, McAuliffe & Sekhon (2021), Time-uniform, Nonparametric, Nonasymptotic
Confidence Sequences, Annals of Statistics 49, 1055-1080: the two-sided normal mixture, equation 14.
"""

from __future__ import annotations

import math

ALPHA = 0.05


def half_width(error: float, progress: float) -> float:
    """Return half the width of the always-valid 95% interval of an estimate.

    The mixture is tuned to be narrow when all planned customers have been seen: its parameter
    depends on the plan alone, so that every look counts with the same one.

    Args:
        error: standard error now.
        progress: customers seen over customers planned, above 0.

    At the planned number it is 1.55 times as wide as 1.96 errors, halfway there 1.57 times:

    >>> round(half_width(1.0, 1.0) / 1.96, 2), round(half_width(1.0, 0.5) / 1.96, 2)
    (1.55, 1.57)
    """
    mixture = _mixture(progress)
    return error * math.sqrt((1 + mixture) * (math.log1p(1 / mixture) - 2 * math.log(ALPHA)))


def p_value(value: float, error: float, progress: float) -> float:
    """Return the smallest alpha whose always-valid interval leaves out 0; at most 1.

    Args:
        value: the estimate.
        error: its standard error.
        progress: customers seen over customers planned, above 0.

    An estimate that lies half a width from 0 has 0.05:

    >>> round(p_value(half_width(1.0, 0.5), 1.0, 0.5), 9), p_value(0.1, 1.0, 0.5)
    (0.05, 1.0)
    """
    if not error:
        return float(value == 0)
    mixture = _mixture(progress)
    log = ((value / error) ** 2 / (1 + mixture) - math.log1p(1 / mixture)) / 2
    return math.exp(-max(log, 0.0))


def _mixture(progress: float) -> float:
    """Return the parameter of the mixture over the intrinsic time now, which is 1 / error^2."""
    log = -2 * math.log(ALPHA)
    return 1 / (log + math.log1p(log)) / progress
