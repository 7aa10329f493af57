"""Period LTV of subscriptions: the value of a subscriber if one period's behaviour lasted.

    period_ltv = margin * sum over ages a < horizon of S(a) * arpu(a)
    S(a) = product over ages b < a of staying(b), staying = exp(-leavers / at_risk)

Who is at risk counts by the time spent at an age within the period, a customer-month for a whole
month. Counting heads instead, S = product of (1 - leavers / heads), would be wrong here: months of
age do not begin with the calendar month, so that most customers pass two ages in a period, half a
month at each, and each age would show about half of its leavers: churn of 10% a month would look
like 5%. With time at risk, 1 - leavers / at_risk would turn negative where few are left (2 leavers
in 1.5 customer-months); exp(-leavers / at_risk) is the share that stays if the rate holds for a
month, and is nearly the same where few leave.

Source: Preston, Heuveline & Guillot (2001), Demography, chapter 3: a rate is occurrences over
exposure, and a probability follows from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.review.subscriber_timeline import SubscriberSums
from ltvcli.units import Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FACTORS = ("mix", "staying", "arpu", "margin")
BY_AGE = ("exposure", "at_risk", "leavers", "revenue")


class SubscriberRates(Struct, frozen=True, kw_only=True):
    """How subscribers behaved in one period: by segment `(S, R)`, by segment and age `(S, A, R)`.

    `mix` is the share of new subscribers, `staying` the share of those at an age who do not leave
    within a month, `arpu` revenue per month of life. `margin` is `(R,)`.
    """

    mix: Floats
    staying: Floats
    arpu: Floats
    margin: Floats

    @property
    def by_age(self) -> Floats:
        """Revenue of a new subscriber at each age `(S, A, R)`."""
        return survival(self.staying) * self.arpu


def survival(staying: Floats) -> Floats:
    """Return the share of new subscribers who are there at the beginning of each age.

    >>> survival(np.array([[[0.5], [0.5], [0.9]]]))[0, :, 0].tolist()
    [1.0, 0.5, 0.25]
    """
    ones = np.ones_like(staying[:, :1])
    shares: Floats = np.concatenate([ones, np.cumprod(staying[:, :-1], axis=1)], axis=1)
    return shares[:, : staying.shape[1]]


def known(sums: SubscriberSums, months: int) -> SubscriberRates:
    """Return the rates of a period; NaN where they are unknown."""
    exposure, at_risk, leavers, revenue = (getattr(sums, name)[:, :months] for name in BY_AGE)
    total = sums.new.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return SubscriberRates(
            mix=np.where(total > 0, sums.new / total, np.nan),
            staying=np.where(at_risk > 0, np.exp(-leavers / at_risk), np.nan),
            arpu=np.where(exposure > 0, revenue / exposure, np.nan),
            margin=np.zeros(len(total)),
        )


def all_segments(sums: SubscriberSums) -> SubscriberSums:
    """Sum all segments; the result keeps the number of rows, all equal."""
    return replace(
        sums,
        **{
            name: np.broadcast_to(
                getattr(sums, name).sum(axis=0, keepdims=True), getattr(sums, name).shape
            )
            for name in ("new", *BY_AGE)
        },
    )


def filled(rates: SubscriberRates, sources: list[SubscriberRates]) -> SubscriberRates:
    """Fill unknown rates from the first of the others that is known, else without churn."""
    values = {}
    for name in ("mix", "staying", "arpu"):
        column = getattr(rates, name)
        for source in sources:
            column = np.where(np.isfinite(column), column, getattr(source, name))
        values[name] = np.nan_to_num(column, nan=1.0 if name == "staying" else 0.0)
    return replace(rates, **values)


def with_margin(rates: SubscriberRates, margin: Rate | None) -> SubscriberRates:
    """Return rates with the given margin; without one, values are revenue."""
    return replace(rates, margin=np.full(rates.mix.shape[-1], 1.0 if margin is None else margin))


def value(old: SubscriberRates, new: SubscriberRates) -> Callable[[tuple[bool, ...]], Floats]:
    """Return the period LTV by segment `(S, R)` for a choice among FACTORS."""
    sides = (old, new)
    brought = {
        (staying, arpu): (survival(sides[staying].staying) * sides[arpu].arpu).sum(axis=1)
        for staying in (False, True)
        for arpu in (False, True)
    }

    def ltv(choice: tuple[bool, ...]) -> Floats:
        mix, staying, arpu, margin = choice
        values: Floats = sides[mix].mix * sides[margin].margin * brought[staying, arpu]
        return values

    return ltv
