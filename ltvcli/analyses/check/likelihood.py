"""How probable a condition is, from the intervals of the figures it names.

A figure is normal on either side of its estimate, as wide as its 95% interval says. Two figures are
compared as if their errors worked against each other. What is joined by `and` or `or` may depend on
each other in any way: only what holds however they do is counted (the bounds of Frechet), so that a
condition is never called more probable than it is.

Source: Frechet (1935), Generalisations du theoreme des probabilites totales, Fundamenta
Mathematicae 25, 379-387.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec import Struct

from ltvcli.results import Estimate, Source
from ltvcli.settings.conditions import Both, Changed, Compared, Condition, Either, Not

NORMAL_95 = 1.959963984540054
"""Standard errors from the estimate to an end of its 95% interval."""


class Chance(Struct, frozen=True):
    """The ends between which a probability lies; 0 and 1 if nothing is known."""

    low: float
    high: float


UNKNOWN = Chance(0.0, 1.0)

Value = Callable[[str], Estimate | None]
"""Gives the estimate of a figure; None where it is not known."""


class Known(Struct, frozen=True):
    """The known facts of a month: estimates, signals, and the limits that a figure exceeds.

    `beyond` gives (limit, probability) where a figure is above the limit, and how far is not known.
    """

    estimate: Value
    changed: Callable[[str], bool | None]
    exact: Callable[[str], bool]
    beyond: Callable[[str], tuple[float, float] | None]


def probability(condition: Condition, known: Known) -> Chance:
    """Return the probability that a condition holds, or its bounds.

    Args:
        condition: as read.
        known: of the month.
    """
    match condition:
        case Compared():
            return _compared(condition, known)
        case Changed():
            changed = known.changed(condition.figure)
            return UNKNOWN if changed is None else Chance(float(changed), float(changed))
        case Not():
            negated_chance = probability(condition.negated, known)
            return Chance(1 - negated_chance.high, 1 - negated_chance.low)
        case Both():
            left, right = probability(condition.left, known), probability(condition.right, known)
            return Chance(max(0.0, left.low + right.low - 1), min(left.high, right.high))
        case Either():
            left, right = probability(condition.left, known), probability(condition.right, known)
            return Chance(max(left.low, right.low), min(1.0, left.high + right.high))


def _compared(condition: Compared, known: Known) -> Chance:
    left, right = condition.left, condition.right
    is_less = condition.operator in ("<", "<=")
    or_equal = condition.operator in ("<=", ">=")
    if isinstance(left, str) and isinstance(right, str):
        first, second = known.estimate(left), known.estimate(right)
        if first is None or second is None:
            return UNKNOWN
        gap = _gap(first, second, known.exact(left), known.exact(right))
        return UNKNOWN if gap is None else _side(gap, 0.0, True, is_less, or_equal)
    if isinstance(left, str) and not isinstance(right, str):
        return _against(left, right, is_less, or_equal, known)
    assert isinstance(right, str)
    assert not isinstance(left, str)
    return _against(right, left, not is_less, or_equal, known)


def _against(figure: str, limit: float, is_less: bool, or_equal: bool, known: Known) -> Chance:
    """Compare a figure with a number."""
    estimate = known.estimate(figure)
    if estimate is not None:
        return _side(estimate, limit, known.exact(figure), is_less, or_equal)
    past = known.beyond(figure)
    if past is None or limit > past[0]:
        return UNKNOWN
    return Chance(0.0, 1 - past[1]) if is_less else Chance(past[1], 1.0)


def _side(estimate: Estimate, limit: float, exact: bool, is_less: bool, or_equal: bool) -> Chance:
    below = probability_below(estimate, limit, exact=exact, or_equal=is_less is or_equal)
    if below is None:
        return UNKNOWN
    probability = below if is_less else 1 - below
    return Chance(probability, probability)


def probability_below(
    estimate: Estimate, limit: float, *, exact: bool = False, or_equal: bool = False
) -> float | None:
    """Return the probability that a figure lies below a limit.

    Args:
        estimate: of the figure.
        limit: to compare with.
        exact: whether a figure without an interval is known exactly.
        or_equal: whether being equal to the limit counts, which matters to exact figures.

    Returns:
        None where the figure was measured and has no interval.

    One standard error below the estimate, as many lie below as below -1 of a normal:

    >>> ten = Estimate(value=10.0, low=10 - 1.959964, high=10 + 1.959964, source=Source.MEASURED)
    >>> round(probability_below(ten, 9.0), 4), probability_below(ten, 10.0)
    (0.1587, 0.5)
    """
    value, low, high = estimate.value, estimate.low, estimate.high
    if low is None and high is None:
        if not exact and estimate.source is Source.MEASURED:
            return None
        return float(value < limit or (or_equal and value == limit))
    end = low if limit < value else high
    if end is None:
        return 0.5
    error = abs(end - value) / NORMAL_95
    if error == 0:
        return 0.5 if limit == value and low != high else float(value < limit)
    return 0.5 * math.erfc(-(limit - value) / error / math.sqrt(2))


def _gap(
    first: Estimate, second: Estimate, first_exact: bool, second_exact: bool
) -> Estimate | None:
    """Subtract a figure from another; the interval takes the worst ends of both."""
    for figure, exact in ((first, first_exact), (second, second_exact)):
        if figure.source is Source.MEASURED and not exact and None in (figure.low, figure.high):
            return None
    ends = [
        (figure.value if figure.low is None else figure.low,
         figure.value if figure.high is None else figure.high)
        for figure in (first, second)
    ]  # fmt: skip
    low, high = ends[0][0] - ends[1][1], ends[0][1] - ends[1][0]
    value = first.value - second.value
    if low == high:
        return Estimate(value=value, source=Source.GIVEN)
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)
