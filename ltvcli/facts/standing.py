"""Facts for forecasts of subscriptions: who pays at the end of a day, and what they pay after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.facts.subscriptions import Subscriptions, gather

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine, Floats, Ints

A_YEAR = timedelta(days=365)


class Standing(Struct, frozen=True, kw_only=True):
    """Customers who pay at the end of a day, by segment, month of the first paid day and renewals.

    `renewals` are whole months since the first paid day; `mrr_squared` is the sum of squares over
    customers. `paid_ahead` is what they paid on the days after it, up to a later day, and `stay`
    counts those who pay at the end of that one; both only mean something where these days are over.
    """

    segment: Ints
    cohort: Ints
    renewals: Ints
    customers: Ints
    mrr: Floats
    mrr_squared: Floats
    paid_ahead: Floats
    stay: Ints


class FirstMrr(Struct, frozen=True, kw_only=True):
    """What customers of the last year paid a month on their first paid day, by segment."""

    segment: Ints
    customers: Ints
    mrr: Floats
    mrr_squared: Floats


class Moment(Struct, frozen=True, kw_only=True):
    """Data known at the end of `as_of`, and payments of its customers up to `until`."""

    as_of: date
    until: date
    facts: Subscriptions
    standing: Standing
    first_mrr: FirstMrr


def at(engine: Engine, as_of: date, until: date, billed: Mapping[int, int], dated: bool) -> Moment:
    """Gather the data known at the end of a day; replaces the table `customers` of `engine`.

    Args:
        engine: holds `periods`, with segments.
        as_of: the day.
        until: a later day.
        billed: customers by months from one bill to the next.
        dated: whether it is known when customers left.
    """
    facts = gather(engine, as_of, billed, None, dated, by_segment=True)
    days = {"as_of": as_of, "until": until}
    return Moment(
        as_of=as_of,
        until=until,
        facts=facts,
        standing=Standing(**engine.columns("facts/standing/cells", days)),
        first_mrr=FirstMrr(**engine.columns("facts/standing/first_mrr", {"since": as_of - A_YEAR})),
    )
