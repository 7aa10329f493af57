"""The reasons for a change: an exact, symmetric decomposition with intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review import subscriber_ltv
from ltvcli.analyses.review.period_ltv import Pair, Rates
from ltvcli.analyses.review.subscriber_ltv import SubscriberRates
from ltvcli.results.review import Reason
from ltvcli.stats.inference import jackknife, shapley

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Factor = Literal["mix", "first", "returning", "orders", "value", "staying", "arpu", "margin", "cac"]
FACTORS: tuple[Factor, ...] = ("mix", "first", "returning", "orders", "value", "margin")
OF_SUBSCRIBERS: tuple[Factor, ...] = ("mix", "staying", "arpu", "margin")


class Why(Struct, frozen=True, kw_only=True):
    """The change of a figure, and the contribution of each factor.

    `before`, `after` and `change` `(R,)` and `by_segment` `(F, S, R)` hold the samples of the
    jackknife.
    """

    parts: tuple[Reason, ...]
    before: Floats
    after: Floats
    change: Floats
    by_segment: Floats


def of_ltv(pair: Pair) -> Why:
    """Decompose the change of the period LTV.

    A segment's contribution to the mix is relative to the mean of both values, so that a segment of
    less than average value lowers the LTV when its share grows; the sum over segments is the same.
    """
    factors, value = factors_of(pair), _value(pair)
    contributions = shapley.contributions(value, len(factors))
    shares = pair.new.mix - pair.old.mix
    before, after = (value((is_new,) * len(factors)).sum(axis=0) for is_new in (False, True))
    contributions[0] -= shares * (before + after) / 2
    return _why(factors, contributions, before, after)


def factors_of(pair: Pair) -> tuple[Factor, ...]:
    """Return the factors of LTV, which differ for subscriptions."""
    return OF_SUBSCRIBERS if isinstance(pair.new, SubscriberRates) else FACTORS


def of_ltv_to_cac(pair: Pair, new_cac: Floats, old_cac: Floats) -> Why:
    """Decompose the change of period LTV / CAC.

    Args:
        pair: rates of both periods.
        new_cac: of the period `(R,)`.
        old_cac: of the period it is compared with `(R,)`.
    """
    ltv = _value(pair)
    factors: tuple[Factor, ...] = (*factors_of(pair), "cac")

    def ratio(choice: shapley.Choice) -> Floats:
        total: Floats = ltv(choice[:-1]).sum(axis=0, keepdims=True)
        return total / (new_cac if choice[-1] else old_cac)

    with np.errstate(divide="ignore", invalid="ignore"):
        contributions = shapley.contributions(ratio, len(factors))
        before, after = (ratio((is_new,) * len(factors))[0] for is_new in (False, True))
    return _why(factors, contributions, before, after)


def _value(pair: Pair) -> Callable[[shapley.Choice], Floats]:
    """Return the period LTV by segment `(S, R)` for a choice among `factors_of`."""
    if isinstance(pair.old, SubscriberRates) and isinstance(pair.new, SubscriberRates):
        return subscriber_ltv.value(pair.old, pair.new)
    assert isinstance(pair.old, Rates)
    assert isinstance(pair.new, Rates)
    sides = (pair.old, pair.new)
    later = {
        (returning, orders, value): (
            sides[returning].returning * sides[orders].orders * sides[value].value
            + sides[value].refunded
        ).sum(axis=1)
        for returning in (False, True)
        for orders in (False, True)
        for value in (False, True)
    }

    def ltv(choice: shapley.Choice) -> Floats:
        mix, first, returning, orders, value, margin = choice
        values: Floats = sides[mix].mix * (
            sides[margin].margin * (sides[first].first + later[returning, orders, value])
        )
        return values

    return ltv


def _why(factors: tuple[Factor, ...], contributions: Floats, before: Floats, after: Floats) -> Why:
    parts = []
    for factor, samples in zip(factors, contributions.sum(axis=1), strict=True):
        spread = jackknife.spread(samples)
        size = float(samples[0])
        half = spread.half_width if spread else None
        parts.append(
            Reason(
                factor=factor,
                contribution=size,
                low=None if half is None else size - half,
                high=None if half is None else size + half,
            )
        )
    return Why(
        parts=tuple(parts),
        before=before,
        after=after,
        change=after - before,
        by_segment=contributions,
    )
