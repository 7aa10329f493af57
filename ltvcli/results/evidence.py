"""What checks look at beside the figures of orders or subscriptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ltvcli.units import Money, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Share still there after `months` by sBG (`simple`) and by its extension BdW (`full`).

    `p` is how often data as unlike sBG as this would come about if sBG held; above a `shape` of 1
    customers leave more easily with every renewal, below it they grow more loyal.
    """

    p: float
    months: int
    shape: float
    simple: Rate
    full: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribers:
    """What checks look at beside the figures, of subscriptions only.

    `paying` customers, of whom `young` are of less than `young_months`; churn a month below and
    from that age on, over all the data. `leavers` of the last `churn_months` make the churn figure,
    or all leavers (None).
    `leaving` still pay, but are known to leave, and `leaving_mrr` with them. `billed` counts
    customers by months from one bill to the next. `unfitted` says why no model of renewals could be
    fitted; `projected` is how far it was asked to go, if past the horizon. `duration` holds it
    against its extension, where both could be fitted.
    """

    paying: int
    young: int
    young_months: int
    churn_young: Rate | None
    churn_old: Rate | None
    churn_months: int | None
    leavers: int
    leaving: int
    leaving_mrr: Money
    billed: Mapping[int, int]
    unfitted: str
    projected: int | None
    duration: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What checks look at beside the figures.

    `no_customer_beside` is the sum that `no_customer_revenue` is missing from, where that is not
    `net_revenue`: of subscriptions both are money a month.
    """

    months: int
    first: date
    last: date
    rows_read: int
    rows_used: int
    no_customer_revenue: Money
    net_revenue: Money
    largest_customer_revenue: Money
    new_customers: Mapping[date, int]
    cost_share: Rate | None
    last_gap_days: int
    lapse_sampled: bool = False
    no_customer_beside: Money | None = None
    subscribers: Subscribers | None = None
