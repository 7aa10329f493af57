"""CAC from spend and new customers of the same days: blended, paid and marginal.

How to use it, with --spend given and `facts` gathered from the same engine:

    sums = acquired.gather(engine, facts.first, facts.as_of, lag, facts.segments)  # or None
    costs = cac.answer(sums)                     # results.Acquisition
    cac.of_month(costs, cohort)                  # CAC of one month's new customers
    cac.of_segment(costs, name)                  # CAC of one of facts.segments, and marginal CAC
    estimates.with_count_noise(ratio, customers) # LTV/CAC with the noise of a measured CAC
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.analyses.acquisition.by_channel import Sums, channels, day, table
from ltvcli.analyses.acquisition.estimates import average, marginal
from ltvcli.facts.spend import NO_SPEND
from ltvcli.language import N_
from ltvcli.results import Estimate, Sentence
from ltvcli.results.acquisition import Acquisition, ChannelCost, MonthCost

if TYPE_CHECKING:
    from ltvcli.facts.spend import Acquired

SPEND_WITHOUT_CHANNELS = N_("the spend has no channels")
CUSTOMERS_WITHOUT_CHANNELS = N_("the channels of customers are unknown")
NO_CHANNEL_IN_COMMON = N_("no channel appears in both the spend and the customers")
NOBODY_PAID_FOR = N_("no new customer came from a channel with spend")
"""Reason for no paid CAC."""


def answer(acquired: Acquired) -> Acquisition:
    """Compute blended, paid and marginal CAC, which are never mixed."""
    sums = Sums(acquired)
    spend, customers = float(acquired.spend), int(sums.customers.sum())
    by_month = sums.spend.sum(axis=1)
    paid_customers = int(sums.matched.sum())
    paid_missing = _paid_missing(acquired, paid_customers)
    more = marginal(sums.month, by_month, sums.customers, sums.complete)
    return Acquisition(
        first=acquired.first,
        last=acquired.last,
        lag_days=acquired.lag_days,
        spend=spend,
        spread=float(acquired.spread),
        outside=float(acquired.outside),
        customers=customers,
        paid_customers=None if paid_missing else paid_customers,
        blended=average(spend, customers),
        paid=None if paid_missing else average(spend, paid_customers),
        marginal=more if isinstance(more, Estimate) else None,
        paid_missing=paid_missing,
        marginal_missing=more if isinstance(more, Sentence) else None,
        months=tuple(
            MonthCost(
                month=day(month),
                complete=bool(sums.complete[at]),
                spend=float(by_month[at]),
                customers=int(sums.customers[at]),
                cac=average(float(by_month[at]), int(sums.customers[at])),
            )
            for at, month in enumerate(sums.month.tolist())
        ),
        channels=tuple(channels(acquired, sums)),
        by_month=tuple(table(acquired, sums)),
    )


def of_month(acquisition: Acquisition, cohort: int) -> MonthCost | None:
    """Find a month (12 * year + month - 1); None outside the days on which both are known."""
    return next((month for month in acquisition.months if month.month == day(cohort)), None)


def of_segment(acquisition: Acquisition, name: str) -> ChannelCost | None:
    """Find the channel of a segment; None where channels of customers are not known.

    A channel with several segments (channel and country) has one CAC for all of them: see
    `segments`.
    """
    return next((channel for channel in acquisition.channels if name in channel.segments), None)


def _paid_missing(acquired: Acquired, paid_customers: int) -> Sentence | None:
    """Return why paid customers cannot be distinguished from others; None if they can."""
    if not any(acquired.channels):
        return Sentence(SPEND_WITHOUT_CHANNELS)
    if not any(acquired.segments):
        return Sentence(CUSTOMERS_WITHOUT_CHANNELS)
    if all(channel == NO_SPEND for channel in acquired.channel_of):
        return Sentence(NO_CHANNEL_IN_COMMON)
    return None if paid_customers else Sentence(NOBODY_PAID_FOR)
