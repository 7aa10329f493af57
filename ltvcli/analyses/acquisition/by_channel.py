"""Spend and new customers by month and channel, and the CAC of each channel."""

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

    They cover the days on which both are known. `matched` and `matched_of_segment` are customers of
    days on which spend of their channel is known; `full` where these are all days of the month.
    """

    def __init__(self, acquired: Acquired) -> None:
        self.month = acquired.window.month
        self.complete = acquired.window.complete
        spent, won = acquired.spent, acquired.won
        by_channel = (len(self.month), len(acquired.channels))
        at = (np.searchsorted(self.month, spent.month), spent.channel)
        self.spend = np.zeros(by_channel)
        self.known = np.zeros(by_channel, dtype=np.bool_)
        self.full = np.zeros(by_channel, dtype=np.bool_)
        self.spend[at], self.known[at], self.full[at] = spent.amount, True, spent.complete
        by_segment = (len(self.month), len(acquired.segments))
        at = (np.searchsorted(self.month, won.month), won.segment)
        self.of_segment = np.zeros(by_segment, dtype=np.int64)
        self.matched_of_segment = np.zeros(by_segment, dtype=np.int64)
        self.of_segment[at], self.matched_of_segment[at] = won.customers, won.matched
        self.customers = self.of_segment.sum(axis=1)
        self.matched = np.zeros(by_channel, dtype=np.int64)
        for segment, channel in enumerate(acquired.channel_of):
            if channel != NO_SPEND:
                self.matched[:, channel] += self.matched_of_segment[:, segment]


def day(month: int) -> date:
    """Return the first day of a month, numbered from year 0.

    >>> day(12 * 2026 + 8)
    datetime.date(2026, 9, 1)
    """
    return date(month // 12, month % 12 + 1, 1)


def channels(acquired: Acquired, sums: Sums) -> Iterator[ChannelCost]:
    """Return every channel of the spend, then all other segments.

    If no segment is a channel of the spend, segments may not be channels.
    """
    has_segments, matched = any(acquired.segments), _is_matched(acquired)
    for code, name in _spent(acquired):
        of = [at for at, channel in enumerate(acquired.channel_of) if channel == code]
        spend, customers = sums.spend[:, code], sums.matched[:, code]
        knows = matched and bool(name)
        more = marginal(sums.month, spend, customers, sums.full[:, code]) if knows and of else None
        yield ChannelCost(
            channel=name,
            segments=tuple(acquired.segments[at] for at in of),
            spend=float(spend.sum()),
            customers=int(customers.sum()) if knows else None,
            cac=average(float(spend.sum()), int(customers.sum())) if knows else None,
            marginal=more if isinstance(more, Estimate) else None,
            marginal_missing=more if isinstance(more, Sentence) else None,
        )
    for at, name in enumerate(acquired.segments if has_segments else ()):
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
    has_segments, matched = any(acquired.segments), _is_matched(acquired)
    for at, month in enumerate(sums.month.tolist()):
        begin: Row = {"month": f"{day(month):%Y-%m}", "complete": bool(sums.complete[at])}
        yield {**begin, **_row(None, float(sums.spend[at].sum()), int(sums.customers[at]))}
        for code, name in _spent(acquired):
            if sums.known[at, code]:
                customers = int(sums.matched[at, code]) if matched and name else None
                yield {**begin, **_row(name, float(sums.spend[at, code]), customers)}
        for place, name in enumerate(acquired.segments if has_segments else ()):
            is_spent = acquired.channel_of[place] != NO_SPEND
            rest = int(sums.of_segment[at, place])
            rest -= int(sums.matched_of_segment[at, place]) if is_spent else 0
            if rest:
                yield {**begin, **_row(name, None, rest)}


def _is_matched(acquired: Acquired) -> bool:
    return any(channel != NO_SPEND for channel in acquired.channel_of)


def _spent(acquired: Acquired) -> Iterator[tuple[int, str]]:
    """List the channels of the spend, if any channel is known."""
    if any(acquired.channels) or any(acquired.segments):
        yield from enumerate(acquired.channels)


def _row(channel: str | None, spend: float | None, customers: int | None) -> Row:
    cac = average(spend, customers) if spend is not None and customers else None
    return {
        "channel": channel,
        "spend": spend,
        "customers": customers,
        "cac": cac.value if cac else None,
        "cac_low": cac.low if cac else None,
        "cac_high": cac.high if cac else None,
    }
