"""Spend and new customers laid out by month and channel, and what each channel cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.acquisition.estimates import average, marginal
from ltvcli.facts.spend import NO_SPEND
from ltvcli.results import Estimate, Row, Sentence
from ltvcli.results.acquisition import ChannelCost

if TYPE_CHECKING:
    from ltvcli.facts.spend import Acquired


class Sums:
    """Sums by month `(m,)`, by month and channel `(m, c)`, by month and segment `(m, s)`.

    Only of the days both sides are known of. `own` and `own_of_segment` are the customers of days
    on which spend of their own channel is known; `whole` says where these are all of the month.
    """

    def __init__(self, acquired: Acquired) -> None:
        self.month = acquired.window.month
        self.complete = acquired.window.complete
        spent, won = acquired.spent, acquired.won
        by_channel = (len(self.month), len(acquired.channels))
        at = (np.searchsorted(self.month, spent.month), spent.channel)
        self.spend = np.zeros(by_channel)
        self.known = np.zeros(by_channel, dtype=np.bool_)
        self.whole = np.zeros(by_channel, dtype=np.bool_)
        self.spend[at], self.known[at], self.whole[at] = spent.amount, True, spent.complete
        by_segment = (len(self.month), len(acquired.segments))
        at = (np.searchsorted(self.month, won.month), won.segment)
        self.of_segment = np.zeros(by_segment, dtype=np.int64)
        self.own_of_segment = np.zeros(by_segment, dtype=np.int64)
        self.of_segment[at], self.own_of_segment[at] = won.customers, won.own
        self.customers = self.of_segment.sum(axis=1)
        self.own = np.zeros(by_channel, dtype=np.int64)
        for segment, channel in enumerate(acquired.channel_of):
            if channel != NO_SPEND:
                self.own[:, channel] += self.own_of_segment[:, segment]


def day(month: int) -> date:
    """Return the first day of a month that is counted from year 0.

    >>> day(12 * 2026 + 8)
    datetime.date(2026, 9, 1)
    """
    return date(month // 12, month % 12 + 1, 1)


def channels(acquired: Acquired, sums: Sums) -> Iterator[ChannelCost]:
    """Return every channel of the spend, then every other segment.

    Where no segment at all is a channel of the spend, segments may not be channels.
    """
    told, matched = any(acquired.segments), _is_matched(acquired)
    for code, name in _spent(acquired):
        of = [at for at, one in enumerate(acquired.channel_of) if one == code]
        spend, own = sums.spend[:, code], sums.own[:, code]
        knows = matched and bool(name)
        more = marginal(sums.month, spend, own, sums.whole[:, code]) if knows and of else None
        yield ChannelCost(
            channel=name,
            segments=tuple(acquired.segments[at] for at in of),
            spend=float(spend.sum()),
            customers=int(own.sum()) if knows else None,
            cac=average(float(spend.sum()), int(own.sum())) if knows else None,
            marginal=more if isinstance(more, Estimate) else None,
            marginal_missing=more if isinstance(more, Sentence) else None,
        )
    for at, name in enumerate(acquired.segments if told else ()):
        if acquired.channel_of[at] == NO_SPEND:
            yield ChannelCost(
                channel=name,
                segments=(name,),
                spend=None,
                customers=int(sums.of_segment[:, at].sum()),
                cac=None,
                marginal=None,
                marginal_missing=None,
            )


def table(acquired: Acquired, sums: Sums) -> Iterator[Row]:
    """Return each month in total (`channel` is None), then by channel; these add up to it.

    Customers of a channel on days on which its spend is not known are in a row without spend.
    """
    told, matched = any(acquired.segments), _is_matched(acquired)
    for at, month in enumerate(sums.month.tolist()):
        begin: Row = {"month": f"{day(month):%Y-%m}", "complete": bool(sums.complete[at])}
        yield {**begin, **_row(None, float(sums.spend[at].sum()), int(sums.customers[at]))}
        for code, name in _spent(acquired):
            if sums.known[at, code]:
                customers = int(sums.own[at, code]) if matched and name else None
                yield {**begin, **_row(name, float(sums.spend[at, code]), customers)}
        for place, name in enumerate(acquired.segments if told else ()):
            is_spent = acquired.channel_of[place] != NO_SPEND
            rest = int(sums.of_segment[at, place])
            rest -= int(sums.own_of_segment[at, place]) if is_spent else 0
            if rest:
                yield {**begin, **_row(name, None, rest)}


def _is_matched(acquired: Acquired) -> bool:
    return any(channel != NO_SPEND for channel in acquired.channel_of)


def _spent(acquired: Acquired) -> Iterator[tuple[int, str]]:
    """List the channels of the spend, unless nobody knows any."""
    if any(acquired.channels) or any(acquired.segments):
        yield from enumerate(acquired.channels)


def _row(channel: str | None, spend: float | None, customers: int | None) -> Row:
    found = average(spend, customers) if spend is not None and customers else None
    return {
        "channel": channel,
        "spend": spend,
        "customers": customers,
        "cac": found.value if found else None,
        "cac_low": found.low if found else None,
        "cac_high": found.high if found else None,
    }
