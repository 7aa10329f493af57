"""What happened to subscribers in each calendar month, by age: what periods are compared by.

A part of the facts (see ltvcli.facts.subscriptions). The tables are plain GROUP BY sums and add up
over files, partitions and engines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from ltvcli.errors import InternalError

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine, Floats, Ints
    from ltvcli.facts.subscriptions import Subscriptions

CENT, NEARLY = 0.01, 1e-9
"""How close revenue, added up in another order, agrees with that of the triangle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberStarts:
    """New subscribers by month of the first paid day (12 * year + month - 1)."""

    segment: Ints
    month: Ints
    bucket: Ints
    customers: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberSpans:
    """Subscribers by calendar month and month of age.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberCloses:
    """Paying customers and MRR at the end of a month; `gone` do not pay at the end of the next."""

    segment: Ints
    month: Ints
    bucket: Ints
    customers: Ints
    gone: Ints
    mrr: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberPeriods:
    """The sums over subscriptions that periods are compared by."""

    span: Literal["month"]
    first: date
    as_of: date
    segments: tuple[str, ...]
    buckets: int
    starts: SubscriberStarts
    spans: SubscriberSpans
    closes: SubscriberCloses


def gather(engine: Engine, facts: Subscriptions) -> SubscriberPeriods:
    """Add up subscriptions by month and age; call it after `subscriptions.gather`.

    Args:
        engine: holds `customers` and `paid`.
        facts: what `subscriptions.gather` found.

    Raises:
        InternalError: the cells do not add up to what the customers paid.
    """
    until = {"as_of": facts.as_of}
    cells = engine.columns("facts/periods/subscriber_cells", until)
    paid, expected = float(np.sum(cells["revenue"])), float(facts.net_revenue)
    if abs(paid - expected) > max(CENT, expected * NEARLY):
        raise InternalError(what=f"periods bring {paid}, subscriptions {expected}")
    return SubscriberPeriods(
        span="month",
        first=facts.first or facts.as_of,
        as_of=facts.as_of,
        segments=facts.segments,
        buckets=facts.buckets,
        starts=SubscriberStarts(**engine.columns("facts/periods/subscriber_starts")),
        spans=SubscriberSpans(**cells),
        closes=SubscriberCloses(**engine.columns("facts/periods/subscriber_closes", until)),
    )
