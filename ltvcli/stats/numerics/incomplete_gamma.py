"""The regularized incomplete gamma function and its inverse, without scipy.

Source: Abramowitz & Stegun (1964), equations 6.5.29 (series) and 6.5.31 (continued fraction).
"""

from __future__ import annotations

import math

_STEPS = 500
_PRECISION = 1e-15
_TINY = 1e-300


def lower(shape: float, value: float) -> float:
    """Return the probability that a gamma variable of scale 1 is at most `value`.

    With shape 1 it is 1 - exp(-value):

    >>> round(lower(1.0, 2.0), 12) == round(1 - math.exp(-2.0), 12)
    True
    """
    if value <= 0:
        return 0.0
    scale = math.exp(shape * math.log(value) - value - math.lgamma(shape))
    if value < shape + 1:
        term = total = 1 / shape
        for step in range(1, _STEPS):
            term *= value / (shape + step)
            total += term
            if term < total * _PRECISION:
                break
        return min(total * scale, 1.0)
    return max(1 - scale * _fraction(shape, value), 0.0)


def _fraction(shape: float, value: float) -> float:
    """Return the continued fraction of the upper tail, by the method of Lentz."""
    base = value + 1 - shape
    upper, under = 1 / _TINY, 1 / base
    total = under
    for step in range(1, _STEPS):
        factor = step * (shape - step)
        base += 2
        under = 1 / (factor * under + base or _TINY)
        upper = base + factor / upper or _TINY
        total *= upper * under
        if abs(upper * under - 1) < _PRECISION:
            break
    return total


def quantile(shape: float, probability: float) -> float:
    """Return the value that a gamma variable of scale 1 is at most with a probability.

    Half of an exponential variable is at most log(2):

    >>> round(quantile(1.0, 0.5), 9) == round(math.log(2), 9)
    True
    """
    low, high = 0.0, shape + 1.0
    while lower(shape, high) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        if lower(shape, middle) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2
