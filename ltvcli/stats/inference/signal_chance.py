"""The probability that routine variation alone gives a signal of a process behaviour chart.

The chart itself makes no such claim; this is for counting several charts at once (see holm).
The standard deviation is the mean moving range / 1.128, whose variance is 0.826 / (n - 1), so that
n values have 0.605 (n - 1) degrees of freedom.

Source: Cryer & Ryan (1990), The Estimation of Sigma for an X Chart: MR/d2 or S/c4?, Journal of
Quality Technology 22, 187-192.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ltvcli.stats.inference import process_behaviour, student_t
from ltvcli.stats.inference.process_behaviour import NEAR, OF_LAST, RUN, Rule

D2 = 1.128
EFFICIENCY = 0.605
_BEYOND_HALF = 0.5 * math.erfc(1.5 / math.sqrt(2))
"""Share of a normal that is nearer to one limit than to the mean: beyond 1.5 deviations."""


def p_value(earlier: Sequence[float], value: float) -> float | None:
    """Return the p-value of the last value of a series: 1 if it is no signal.

    Returns:
        None where there are fewer than 8 earlier values.

    The mean 50.5 and the mean moving range 18/7 give a deviation of 2.28; 36 lies 6.36 of them
    below, 6.0 with the error of the mean: p of Student's t with 0.605 x 7 = 4 degrees of freedom.

    >>> series = [52, 49, 51, 50, 53, 48, 51, 50]
    >>> round(p_value(series, 36), 4), p_value(series, 47)
    (0.0039, 1.0)
    """
    chart = process_behaviour.limits(earlier)
    if chart is None:
        return None
    signal = process_behaviour.signal(earlier, value)
    if signal is None:
        return 1.0
    if signal.rule is Rule.RUN:
        return 2.0 * 0.5**RUN
    if signal.rule is Rule.NEAR:
        return 2.0 * _BEYOND_HALF * _at_least(NEAR - 1, OF_LAST - 1, _BEYOND_HALF)
    deviation = (chart.high - chart.mean) / process_behaviour.SCALE / D2
    if deviation == 0:
        return 0.0
    count = len(earlier)
    away = abs(value - chart.mean) / deviation / math.sqrt(1 + 1 / count)
    degrees = max(1, round(EFFICIENCY * (count - 1)))
    return 2 * student_t.cdf(-away, degrees)


def _at_least(least: int, of: int, probability: float) -> float:
    """Return the probability that at least so many of some independent events happen."""
    return sum(
        math.comb(of, count) * probability**count * (1 - probability) ** (of - count)
        for count in range(least, of + 1)
    )
