"""Numbers known up to rounding, and what follows from them: interval arithmetic at the corners."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import NamedTuple

from ltvcli.results.audit import Claim

# Two numbers that touch at the edge of their rounding agree; floats must not say otherwise.
_TOUCH = 1e-9


class Span(NamedTuple):
    """A value and the least and most it may be; inf has no bound."""

    low: float
    value: float
    high: float


def of(claim: Claim) -> Span:
    """Return what a claim may have been before rounding."""
    return Span(claim.low, claim.value, claim.high)


def exactly(value: float) -> Span:
    """Return a number that was not rounded."""
    return Span(value, value, value)


def over(function: Callable[..., float], *spans: Span) -> Span:
    """Return what `function` may be. Each argument alone must only ever raise it or only lower it.

    The least and the most then lie at corners of the box that the spans make.

    >>> over(lambda revenue, churn: revenue / churn, exactly(10.0), Span(0.02, 0.04, 0.05))
    Span(low=200.0, value=250.0, high=500.0)
    """
    corners = [function(*corner) for corner in product(*((span.low, span.high) for span in spans))]
    return Span(min(corners), function(*(span.value for span in spans)), max(corners))


def hull(first: Span, *others: Span) -> Span:
    """Return all that any of several conventions allows; the value is that of the first.

    >>> hull(exactly(12.0), Span(10.0, 11.0, 11.5))
    Span(low=10.0, value=12.0, high=12.0)
    """
    every = (first, *others)
    return Span(min(one.low for one in every), first.value, max(one.high for one in every))


def meet(span: Span, other: Span) -> bool:
    """Return whether both can be the same number.

    >>> meet(Span(1.5, 2, 2.5), Span(2.5, 3, 3.5)), meet(exactly(2.0), exactly(2.1))
    (True, False)
    """
    return _least(span.low, other.high) and _least(other.low, span.high)


def divided(one: float, other: float) -> float:
    """Divide, where something by nothing is without bound, and nothing by nothing is nothing.

    >>> divided(6, 3), divided(6, 0), divided(0, 0)
    (2.0, inf, 0.0)
    """
    if other == 0:
        return math.inf if one > 0 else 0.0
    return one / other


def bounded(value: float) -> float | None:
    """Return a number that may be printed: what has no bound is unknown."""
    return value if math.isfinite(value) else None


def _least(low: float, high: float) -> bool:
    return low <= high or math.isclose(low, high, rel_tol=_TOUCH, abs_tol=_TOUCH)
