"""The regularized incomplete beta function, without scipy.

Source: Press et al. (2007), Numerical Recipes, 3rd edition, section 6.4: the continued fraction by
the method of Lentz.
"""

from __future__ import annotations

import math

_TINY = 1e-300
_EXACT = 1e-15
_MOST = 1_000_000


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the probability that a beta variable with shapes `a` and `b` is at most `x`.

    Args:
        a: first shape, above 0.
        b: second shape, above 0.
        x: from 0 to 1.

    A beta variable with shapes 2 and 1 has the distribution function x^2:

    >>> round(incomplete_beta(2, 1, 0.3), 12), incomplete_beta(5, 5, 0.0)
    (0.09, 0.0)
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    log_front = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    return math.exp(log_front) * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """Evaluate the continued fraction, two terms a step."""
    above = 1.0
    below = 1 / _apart(1 - (a + b) * x / (a + 1))
    value = below
    for step in range(1, _MOST):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            below = 1 / _apart(1 + term * below)
            above = _apart(1 + term / above)
            value *= below * above
        if abs(below * above - 1) < _EXACT:
            break
    return value


def _apart(value: float) -> float:
    """Keep a divisor apart from 0."""
    return value if abs(value) > _TINY else _TINY
