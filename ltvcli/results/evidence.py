"""Evidence for checks, besides the figures of orders or subscriptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ltvcli.units import Money, Rate


class Duration(Struct, frozen=True, kw_only=True):
    """Share still active after `months` by sBG (`simple`) and by its extension BdW (`full`).

    `p` is the p-value of sBG against BdW; above a `shape` of 1 customers leave more easily with
    every renewal, below it they grow more loyal.
    """

    p: float
    months: int
    shape: float
    simple: Rate
    full: Rate


class Subscribers(Struct, frozen=True, kw_only=True):
    """Evidence for checks, besides the figures, about subscriptions only.

    Of `paying` customers, `young` have paid for less than `young_months`; monthly churn is given
    below and from that age on, over all the data. The churn figure counts the `leavers` of the last
    `churn_months`, or all leavers (None).
    `leaving` customers still pay, but have cancelled; their MRR is `leaving_mrr`. `billed` counts
    customers by months from one bill to the next. `unfitted` is the reason why no model of renewals
    could be fitted; `projected` is its requested horizon, if that lies beyond the data. `duration`
    compares it with its extension, where both could be fitted.
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


class Evidence(Struct, frozen=True, kw_only=True):
    """Evidence for checks, besides the figures.

    `no_customer_beside` is the sum that lacks `no_customer_revenue`, where that is not
    `net_revenue`: for subscriptions both are money per month.
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
    last_gap_days: int
    lapse_sampled: bool = False
    no_customer_beside: Money | None = None
    subscribers: Subscribers | None = None
