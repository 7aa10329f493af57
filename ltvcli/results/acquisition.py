"""What new customers cost: blended, paid and marginal, by month and by channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ltvcli.results.figures import Estimate
from ltvcli.results.sentences import Sentence
from ltvcli.units import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCost:
    """Spend and new customers of one month, on the days both are known of.

    `complete` where these are all days of the month. `cac` is None where nobody was won.
    """

    month: date
    complete: bool
    spend: Money
    customers: int
    cac: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCost:
    """Spend and new customers of one channel; either is None where that side does not know it.

    `segments` are the names in `Facts.segments` that are this channel, none where no customer is of
    it. `customers` are those of the days on which spend of this channel is known. `marginal` is
    what one customer more cost; where it is None, `marginal_missing` says why.
    """

    channel: str
    segments: tuple[str, ...]
    spend: Money | None
    customers: int | None
    cac: Estimate | None
    marginal: Estimate | None
    marginal_missing: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    """Three costs of a new customer that are never mixed; where one is None, a sentence says why.

    blended   all spend / all new customers
    paid      all spend / new customers of the channels that have spend
    marginal  change in spend / change in new customers, from month to month

    Over the days from `first` to `last` (those of the customers; what was spent `lag_days` before
    belongs to them) on which both are known. `months` add up to `spend` and `customers`, `outside`
    was spent for days on which no customers are known. `spread` is the part of `spend` that is of
    periods across months, evenly spread over their days. `by_month` is the table `acquisition`.
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
