"""Customer acquisition cost: blended, paid and marginal, by month and by channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ltvcli.results.figures import Estimate
from ltvcli.results.sentences import Sentence
from ltvcli.units import Money


class MonthCost(Struct, frozen=True, kw_only=True):
    """Spend and new customers of one month, on the days on which both are known.

    `complete` where these are all days of the month. `cac` is None without new customers.
    """

    month: date
    complete: bool
    spend: Money
    customers: int
    cac: Estimate | None


class ChannelCost(Struct, frozen=True, kw_only=True):
    """Spend and new customers of one channel; either is None if its source has no such channel.

    `segments` are the names in `Facts.segments` of this channel, none if it has no customers.
    `customers` are those of the days on which spend of this channel is known. `marginal` is the
    cost of an additional customer; if it is None, `marginal_missing` gives the reason.
    """

    channel: str
    segments: tuple[str, ...]
    spend: Money | None
    customers: int | None
    cac: Estimate | None
    marginal: Estimate | None
    marginal_missing: Sentence | None


class Acquisition(Struct, frozen=True, kw_only=True):
    """Blended, paid and marginal CAC; if one is None, a sentence gives the reason.

    blended   all spend / all new customers
    paid      all spend / new customers of the channels that have spend
    marginal  change in spend / change in new customers, from month to month

    They cover the days from `first` to `last` on which both are known: days of the customers, with
    the spend of `lag_days` before. `months` add up to `spend` and `customers`, `outside` was spent
    for days on which no customers are known. `spread` is the share of `spend` that belongs to
    periods across months, spread evenly over their days. `by_month` is the table `acquisition`.
    """

    first: date
    last: date
    lag_days: int
    spend: Money
    spread: Money
    outside: Money
    customers: int
    paid_customers: int | None
    blended: Estimate | None
    paid: Estimate | None
    marginal: Estimate | None
    paid_missing: Sentence | None
    marginal_missing: Sentence | None
    months: tuple[MonthCost, ...]
    channels: tuple[ChannelCost, ...]
    by_month: tuple[Mapping[str, float | int | str | None], ...]
