"""Numbers known up to rounding, and functions of them: interval arithmetic at the corners."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import NamedTuple

from ltvcli.results.audit import Claim

# Two numbers that touch at the edge of their rounding agree, whatever the rounding of floats.
_TOUCH = 1e-9


class Span(NamedTuple):
    """A value with its lower and upper bound; inf means no bound."""

    low: float
    value: float
    high: float


def of(claim: Claim) -> Span:
    """Return the values that are rounded to a claim."""
    return Span(claim.low, claim.value, claim.high)


def exactly(value: float) -> Span:
    """Return a number that was not rounded."""
    return Span(value, value, value)


def range_of(function: Callable[..., float], *spans: Span) -> Span:
    """Return the range of a function, which must be monotone in each argument.

    Its bounds then lie at corners of the box of the spans.

    >>> range_of(lambda revenue, churn: revenue / churn, exactly(10.0), Span(0.02, 0.04, 0.05))
    Span(low=200.0, value=250.0, high=500.0)
    """
    corners = [function(*corner) for corner in product(*((span.low, span.high) for span in spans))]
    return Span(min(corners), function(*(span.value for span in spans)), max(corners))


def hull(first: Span, *further: Span) -> Span:
    """Return the range that covers several conventions, with the value of the first.

    >>> hull(exactly(12.0), Span(10.0, 11.0, 11.5))
    Span(low=10.0, value=12.0, high=12.0)
    """
    every = (first, *further)
    return Span(min(span.low for span in every), first.value, max(span.high for span in every))


def meet(first: Span, second: Span) -> bool:
    """Return whether two spans overlap.

    >>> meet(Span(1.5, 2, 2.5), Span(2.5, 3, 3.5)), meet(exactly(2.0), exactly(2.1))
    (True, False)
    """
    return _least(first.low, second.high) and _least(second.low, first.high)


def divided(dividend: float, divisor: float) -> float:
    """Divide; a positive number by 0 is inf, and 0 by 0 is 0.

    >>> divided(6, 3), divided(6, 0), divided(0, 0)
    (2.0, inf, 0.0)
    """
    if divisor == 0:
        return math.inf if dividend > 0 else 0.0
    return dividend / divisor


def bounded(value: float) -> float | None:
    """Return a number for printing: None if it is infinite."""
    return value if math.isfinite(value) else None


def _least(low: float, high: float) -> bool:
    return low <= high or math.isclose(low, high, rel_tol=_TOUCH, abs_tol=_TOUCH)
