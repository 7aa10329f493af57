"""Reissued customer IDs: old IDs that were given to new people, who look like returning customers.

The value of an order predicts the value of the same person's next one, also after a long gap: in
the regression of logs the slope hardly falls with the length of the gap. Orders of two different
people are unrelated, with a slope of 0. The share of new people among the customers who return
after a long gap is 1 less the ratio of both slopes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.facts import purchases as records_of
from ltvcli.results.prediction import ReissuedIds

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.purchases import Returns

SHORT, LONG = 30, 182
"""Days between orders: at least, so that one visit does not count twice; of a silence, more."""
WATCHED = 91
"""Days after an order in which another one follows or not."""
LEAST_RETURNS = 50
LEAST_SLOPE, LEAST_T = 0.1, 4.0
"""Slope after usual gaps, and its t statistic, from which order values distinguish customers."""
SURE, MOST_LEFT = 3.0, 0.65
"""Least z of the difference of slopes, and largest ratio, at which IDs count as reissued."""


class Slope(Struct, frozen=True, kw_only=True):
    """A slope of a simple regression, its standard error, and the number of pairs."""

    value: float
    error: float
    pairs: int


def find(engine: Engine, facts: Facts) -> ReissuedIds | None:
    """Find IDs that were given to new people; None without evidence of it.

    Args:
        engine: holds the sampled `purchases`.
        facts: of all orders.
    """
    if (facts.as_of - facts.first).days <= LONG:
        return None
    returns = records_of.returns(engine, facts, SHORT, LONG, WATCHED)
    return judged(returns)


def judged(returns: Returns) -> ReissuedIds | None:
    """Compare the slopes of order values after both gaps; None without evidence of reissued IDs.

    Args:
        returns: sums of purchases after usual gaps, after silences, and of first ones.
    """
    usual, silent = slope(returns, "gap"), slope(returns, "silence")
    if usual is None or silent is None or silent.pairs < LEAST_RETURNS:
        return None
    if usual.value < max(LEAST_SLOPE, LEAST_T * usual.error):
        return None
    z = (usual.value - silent.value) / math.hypot(usual.error, silent.error)
    left = max(silent.value, 0.0) / usual.value
    if z < SURE or left > MOST_LEFT:
        return None
    return ReissuedIds(
        customers=silent.pairs,
        strangers=1 - left,
        followed=_share(returns, "silence"),
        followed_new=_share(returns, "start"),
    )


def slope(returns: Returns, after: str) -> Slope | None:
    """Return the slope of the log of a value on that of the one before it; None with few pairs."""
    where = returns.after == after
    pairs = int(returns.purchases[where].sum())
    if pairs < LEAST_RETURNS:
        return None
    value, earlier, square, earlier_square, product = (
        float(column[where].sum()) / pairs
        for column in (
            returns.value,
            returns.earlier,
            returns.value_squares,
            returns.earlier_squares,
            returns.products,
        )
    )
    spread, together = earlier_square - earlier**2, product - value * earlier
    if spread <= 1e-9:  # noqa: PLR2004
        return None
    estimate = together / spread
    left = max(square - value**2 - estimate * together, 0.0)
    return Slope(value=estimate, error=math.sqrt(left / spread / (pairs - 2)), pairs=pairs)


def _share(returns: Returns, after: str) -> float | None:
    """Return the share of purchases followed soon by another; None if none was observed."""
    where = returns.after == after
    watched = int(returns.watched[where].sum())
    return int(returns.followed[where].sum()) / watched if watched else None
