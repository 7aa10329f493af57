"""Process behaviour charts (XmR): which movements of a series are more than routine variation.

Source: Wheeler (2000), Understanding Variation: The Key to Managing Chaos, 2nd edition; the rules
are those of Wheeler & Chambers (1992), Understanding Statistical Process Control, 2nd edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

ENOUGH = 8
"""Earlier values, below which there are no limits."""
SCALE = 2.66
"""Limits are so many mean moving ranges from the mean: 3 / d2, where d2 = 1.128 for pairs."""
RUN = 8
NEAR, OF_LAST = 3, 4
"""So many of the last values nearer a limit than the mean are a signal."""


class Rule(StrEnum):
    """The rule by which a value is a signal."""

    OUTSIDE = "outside"
    RUN = "run"
    NEAR = "near"


class Limits(Struct, frozen=True, kw_only=True):
    """Mean of a series and its natural process limits."""

    mean: float
    low: float
    high: float


class Signal(Struct, frozen=True, kw_only=True):
    """The rule that the last value of a chart meets; `is_high` if it lies above the mean."""

    rule: Rule
    is_high: bool


def limits(earlier: Sequence[float]) -> Limits | None:
    """Return the limits of the earlier values of a series; None where there are fewer than 8.

    >>> chart = limits([52, 49, 51, 50, 53, 48, 51, 50])
    >>> chart.mean, round(chart.low, 2), round(chart.high, 2)
    (50.5, 43.66, 57.34)
    """
    if len(earlier) < ENOUGH:
        return None
    mean = sum(earlier) / len(earlier)
    ranges = [abs(after - before) for before, after in pairwise(earlier)]
    distance = SCALE * sum(ranges) / len(ranges)
    return Limits(mean=mean, low=mean - distance, high=mean + distance)


def signal(earlier: Sequence[float], value: float) -> Signal | None:
    """Return whether a value is a signal, given the earlier ones; None for routine variation.

    A signal is a value outside the limits of the earlier ones, the last of 8 in a row on one side
    of the mean, or, with 3 of the last 4 values, nearer to the same limit than to the mean.

    >>> series = [52, 49, 51, 50, 53, 48, 51, 50]
    >>> signal(series, 36), signal(series, 47)
    (Signal(rule=<Rule.OUTSIDE: 'outside'>, is_high=False), None)
    """
    chart = limits(earlier)
    if chart is None or value == chart.mean:
        return None
    is_high = value > chart.mean
    if not chart.low <= value <= chart.high:
        return Signal(rule=Rule.OUTSIDE, is_high=is_high)
    away = [
        (earlier_value - chart.mean) * (1 if is_high else -1) for earlier_value in (*earlier, value)
    ]
    half = (chart.high - chart.mean) / 2
    if away[-1] > half and sum(earlier_value > half for earlier_value in away[-OF_LAST:]) >= NEAR:
        return Signal(rule=Rule.NEAR, is_high=is_high)
    if all(earlier_value > 0 for earlier_value in away[-RUN:]):
        return Signal(rule=Rule.RUN, is_high=is_high)
    return None
