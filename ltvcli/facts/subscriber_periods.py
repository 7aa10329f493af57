"""Movements of subscribers in each calendar month, by age, to compare periods.

A part of the facts (see ltvcli.facts.subscriptions). The tables are plain GROUP BY sums and add up
over files, partitions and engines.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from msgspec import Struct

from ltvcli.errors import InternalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Floats, Ints
    from ltvcli.facts.subscriptions import Subscriptions

Span = Literal["month", "week"]
BLOCK = 50_000
"""Customers of a block, whose periods are counted at once."""
CENT, NEARLY = 0.01, 1e-9
"""How close revenue, added up in another order, agrees with that of the triangle."""


class SubscriberStarts(Struct, frozen=True, kw_only=True):
    """New subscribers by month of the first paid day.

    `month` is 12 * year + month - 1; of weekly facts, weeks from Monday 1900-01-01, here and below.
    """

    segment: Ints
    month: Ints
    bucket: Ints
    customers: Ints


class SubscriberSpans(Struct, frozen=True, kw_only=True):
    """Subscribers by calendar month, or week, and month of age.

    `alive_days` lie between the first and the last paid day, `risk_days` also count the day of
    leaving, the first one not paid; `leavers` have it in that cell. `revenue` is money per month
    times the share of the month of age that was paid.
    """

    segment: Ints
    month: Ints
    age_month: Ints
    bucket: Ints
    customers: Ints
    alive_days: Ints
    risk_days: Ints
    leavers: Ints
    revenue: Floats


class SubscriberCloses(Struct, frozen=True, kw_only=True):
    """Paying customers and MRR at the end of a month, or week.

    `gone` do not pay at the end of the next.
    """

    segment: Ints
    month: Ints
    bucket: Ints
    customers: Ints
    gone: Ints
    mrr: Floats


class SubscriberPeriods(Struct, frozen=True, kw_only=True):
    """The sums over subscriptions that periods are compared by: by month, or by week."""

    span: Span
    first: date
    as_of: date
    segments: tuple[str, ...]
    buckets: int
    starts: SubscriberStarts
    spans: SubscriberSpans
    closes: SubscriberCloses


def gather(engine: Engine, facts: Subscriptions, span: Span = "month") -> SubscriberPeriods:
    """Add up subscriptions by period and age; call it after `subscriptions.gather`.

    Args:
        engine: holds `customers` and `paid`.
        facts: what `subscriptions.gather` found.
        span: length of the periods.

    Raises:
        InternalError: the cells do not add up to what the customers paid.
    """
    given = {"as_of": facts.as_of, "weekly": span == "week"}
    blocks = min(facts.buckets, 1 + facts.customers // BLOCK)

    def blockwise(name: str) -> dict[str, NDArray[Any]]:
        by_block = [
            engine.columns(name, given | {"blocks": blocks, "block": block})
            for block in range(blocks)
        ]
        return {key: np.concatenate([columns[key] for columns in by_block]) for key in by_block[0]}

    cells = blockwise("facts/periods/subscriber_cells")
    paid, expected = float(np.sum(cells["revenue"])), float(facts.net_revenue)
    if abs(paid - expected) > max(CENT, expected * NEARLY):
        raise InternalError(what=f"periods bring {paid}, subscriptions {expected}")
    return SubscriberPeriods(
        span=span,
        first=facts.first or facts.as_of,
        as_of=facts.as_of,
        segments=facts.segments,
        buckets=facts.buckets,
        starts=SubscriberStarts(**engine.columns("facts/periods/subscriber_starts", given)),
        spans=SubscriberSpans(**cells),
        closes=SubscriberCloses(**blockwise("facts/periods/subscriber_closes")),
    )
