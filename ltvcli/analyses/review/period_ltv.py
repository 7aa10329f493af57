"""Period LTV: what a customer would bring if one period's behaviour lasted.

Every age as it behaved in the period, chained, as in a period life table.

Source: Preston, Heuveline & Guillot (2001), Demography, chapter 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.review import subscriber_ltv
from ltvcli.analyses.review.subscriber_ltv import SubscriberRates
from ltvcli.analyses.review.subscriber_timeline import SubscriberSums
from ltvcli.analyses.review.timeline import Sums
from ltvcli.units import Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ENOUGH_EXPOSED = 30
"""Customers at an age in a period, below which the age is past the horizon."""


class Rates(Struct, frozen=True, kw_only=True):
    """How customers behaved in one period: by segment `(S, R)`, by segment and age `(S, A, R)`.

    Ages are those below the horizon. `mix` is the share of new customers, `first` the mean revenue
    of a first day, `returning` buyers per customer-month, `orders` orders per buyer, `value`
    revenue per order. `refunded` is revenue per customer-month of cells with refunds but no order;
    it goes with `value`. `margin` is `(R,)`.
    """

    mix: Floats
    first: Floats
    returning: Floats
    orders: Floats
    value: Floats
    refunded: Floats
    margin: Floats

    @property
    def by_age(self) -> Floats:
        """Revenue of a new customer at each age, the first day at age 0 `(S, A, R)`."""
        later = self.returning * self.orders * self.value + self.refunded
        if later.shape[1]:
            later[:, 0] += self.first
        margins_by_age: Floats = later
        return margins_by_age


AnySums = Sums | SubscriberSums
AnyRates = Rates | SubscriberRates


class Pair(Struct, frozen=True, kw_only=True):
    """The rates of a period and of the one it is compared with, over one horizon."""

    horizon: int
    new: AnyRates
    old: AnyRates


def horizon(*periods: AnySums) -> int:
    """Return the months of age known in all periods: the oldest with 30 customers or more.

    An age at which nobody was exposed ends it: nothing is known about it.
    """
    exposed = np.min([period.exposed for period in periods], axis=0)
    begun = int(np.argmin(np.append(exposed > 0, False)))
    enough = np.flatnonzero(exposed[:begun] >= ENOUGH_EXPOSED)
    return int(enough[-1]) + 1 if len(enough) else 0


def longest(*periods: AnySums) -> int:
    """Return the months of age at which anyone was exposed, in all periods."""
    exposed = np.min([period.exposed for period in periods], axis=0)
    return int(np.argmin(np.append(exposed > 0, False)))


def pair(new: AnySums, old: AnySums, all_time: AnySums, months: int, margin: Rate | None) -> Pair:
    """Return the rates of two periods, each filled from the other where its rates are unknown.

    A segment without new customers takes the other period's first order, an age without exposure
    the other period's `returning`, and one without orders its `orders` and `value`; what neither
    knows comes from all time, of the segment or of all segments. Margin is measured where it is not
    given; where one of the periods has no cost, both take that of all time.

    Args:
        new: sums of the period.
        old: sums of the period it is compared with.
        all_time: sums of everything.
        months: horizon.
        margin: given margin.
    """
    if isinstance(new, SubscriberSums):
        return _of_subscribers(new, old, all_time, months, margin)
    assert isinstance(old, Sums)
    assert isinstance(all_time, Sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        ever = _known(all_time, months)
        pooled = _known(_pooled(all_time), months)
        raw = [_known(period, months) for period in (new, old)]
        filled = [_filled(first, [second, ever, pooled]) for first, second in (raw, raw[::-1])]
        margins = [_margin(period, margin) for period in (new, old)]
        if not all(np.isfinite(values[0]) for values in margins):
            margins = [_margin(all_time, margin)] * 2
    if not np.isfinite(margins[0][0]):
        margins = [np.ones_like(margins[0])] * 2
    rates = [replace(known, margin=share) for known, share in zip(filled, margins, strict=True)]
    return Pair(horizon=months, new=rates[0], old=rates[1])


def _of_subscribers(
    new: AnySums, old: AnySums, all_time: AnySums, months: int, margin: Rate | None
) -> Pair:
    """Return the rates of subscribers; a subscription has no cost, so that margin is only given."""
    assert isinstance(new, SubscriberSums)
    assert isinstance(old, SubscriberSums)
    assert isinstance(all_time, SubscriberSums)
    ever = subscriber_ltv.known(all_time, months)
    pooled = subscriber_ltv.known(subscriber_ltv.all_segments(all_time), months)
    raw = [subscriber_ltv.known(period, months) for period in (new, old)]
    rates = [
        subscriber_ltv.with_margin(subscriber_ltv.filled(rate, [counterpart, ever, pooled]), margin)
        for rate, counterpart in (raw, raw[::-1])
    ]
    return Pair(horizon=months, new=rates[0], old=rates[1])


def months_of(rates: AnyRates) -> int:
    """Return the horizon of rates."""
    return int(rates.by_age.shape[1])


def by_segment(rates: AnyRates) -> Floats:
    """Return each segment's contribution to the period LTV `(S, R)`: its share times its LTV."""
    return rates.mix * segment_ltv(rates)


def segment_ltv(rates: AnyRates) -> Floats:
    """Return the period LTV of each segment `(S, R)`.

    margin * (first + sum over ages of returning * orders * value)
    """
    if isinstance(rates, SubscriberRates):
        brought: Floats = rates.margin * rates.by_age.sum(axis=1)
        return brought
    later = rates.returning * rates.orders * rates.value + rates.refunded
    segment_values: Floats = rates.margin * (rates.first + later.sum(axis=1))
    return segment_values


def ltv(rates: AnyRates) -> Floats:
    """Return the period LTV `(R,)`, segments weighted by their new customers."""
    total: Floats = by_segment(rates).sum(axis=0)
    return total


def measured_margin(sums: AnySums) -> Floats:
    """Return 1 - cost / revenue over the orders whose cost is known `(R,)`; NaN where none is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _margin(sums, None)


def _margin(sums: AnySums, given: Rate | None) -> Floats:
    cost, revenue = sums.cost.sum(axis=0), sums.costed_revenue.sum(axis=0)
    if given is not None:
        return np.full(len(cost), given)
    return np.where(revenue > 0, 1 - cost / revenue, np.nan)


def _pooled(sums: Sums) -> Sums:
    """Sum all segments; the number of rows is unchanged, all with the same values."""
    return replace(
        sums,
        **{
            name: np.broadcast_to(
                getattr(sums, name).sum(axis=0, keepdims=True), getattr(sums, name).shape
            )
            for name in ("new", "first_revenue", "exposure", "revenue", "orders", "buyers")
        },
    )


def _known(sums: Sums, months: int) -> Rates:
    """Return the rates of a period; NaN where they are unknown."""
    exposure, revenue, orders, buyers = (
        getattr(sums, name)[:, :months] for name in ("exposure", "revenue", "orders", "buyers")
    )
    total = sums.new.sum(axis=0)
    lonely = (orders == 0) & (revenue != 0) & (exposure > 0)
    return Rates(
        mix=np.where(total > 0, sums.new / total, np.nan),
        first=np.where(sums.new > 0, sums.first_revenue / sums.new, np.nan),
        returning=np.where(exposure > 0, buyers / exposure, np.nan),
        orders=np.where(orders > 0, orders / buyers, np.nan),
        value=np.where(orders > 0, revenue / orders, np.nan),
        refunded=np.where(lonely, revenue / exposure, 0.0),
        margin=np.zeros(len(total)),
    )


def _filled(rates: Rates, sources: list[Rates]) -> Rates:
    """Fill unknown rates from the first source that knows them, else with 0."""
    filled = {}
    for name in ("mix", "first", "returning", "orders", "value"):
        values = getattr(rates, name)
        for source in sources:
            values = np.where(np.isfinite(values), values, getattr(source, name))
        filled[name] = np.nan_to_num(values, nan=0.0)
    return replace(rates, **filled)
