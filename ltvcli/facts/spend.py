"""Spend and new customers, added up by month over the days on which both are known.

These facts need a second input (see ltvcli.facts.orders): the tables `spend`, `spend_known` and
`spend_names` of the engine, which read.spend fills.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.facts.segments import JOINED
from ltvcli.units import DAYS_PER_MONTH, Months

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

NO_SPEND = -1
"""In place of a channel, for a segment without known spend."""
FREE = {"organic", "referral", "email", "direct", "(none)", "none", "自然検索", "オーガニック"}
"""Parts of a segment (source and medium) that mean that customers came without spend."""


class Window(Struct, frozen=True, kw_only=True):
    """Months of new customers; `days` of each on which spend is also known, `complete` if all."""

    month: Ints  # months since year 0: 12 * year + month - 1, as Triangle.cohort
    days: Ints
    complete: Bools


class Spent(Struct, frozen=True, kw_only=True):
    """Spend by month of the customers it was for, and by channel; `days` on which it is known.

    `complete` where these are all days of the month.
    """

    month: Ints
    channel: Ints
    days: Ints
    complete: Bools
    amount: Floats


class Won(Struct, frozen=True, kw_only=True):
    """New customers by month and segment; `matched` where spend of their channel is known."""

    month: Ints
    segment: Ints
    customers: Ints
    matched: Ints


class Acquired(Struct, frozen=True, kw_only=True):
    """All facts about spend. Codes are positions in `channels` and in `segments`.

    `channel_of` gives the channel of each segment, `NO_SPEND` where there is none. `spend` is the
    exact sum of `spent`; `spread` is its share of periods across months, which is spread evenly
    over their days; `outside` was spent for days on which no customers are known.
    """

    first: date
    last: date
    lag_days: int
    channels: tuple[str, ...]
    segments: tuple[str, ...]
    channel_of: tuple[int, ...]
    spend: Decimal
    spread: Decimal
    outside: Decimal
    window: Window
    spent: Spent
    won: Won


def key(name: str) -> str:
    """Return the name of a channel without differences in width, case, spaces and hyphens.

    >>> key(" Ｇｏｏｇｌｅ  Ads "), key("google / cpc")
    ('googleads', 'googlecpc')
    """
    return re.sub(r"[\s_./|-]+", "", unicodedata.normalize("NFKC", name).casefold())


def days(lag: Months | None) -> int:
    """Return a lag in whole days.

    >>> days(1.0), days(None)
    (30, 0)
    """
    return round((lag or 0.0) * DAYS_PER_MONTH)


def gather(
    engine: Engine,
    first: date,
    as_of: date,
    lag: Months | None = None,
    segments: Sequence[str] = ("",),
    customers_in: Engine | None = None,
) -> Acquired | None:
    """Add up spend and new customers.

    Call it after `facts.gather`, or its equivalent for subscriptions: it reads the table
    `customers` (first, cohort, orders, and segment where there are several). If that is in another
    engine, new customers by day and segment are transferred from there.

    Args:
        engine: holds the tables that `read.spend.load` filled, and `customers` where no other does.
        first: first day on which customers are known (`Facts.first`).
        as_of: the last such day (`Facts.as_of`).
        lag: time from spend to the customers it acquired (`settings.cac_lag`).
        segments: `Facts.segments`; a segment with the name of a channel of the spend, or the usual
            name of a platform, is that channel. A segment made of several columns is a channel if
            one of its parts is.
        customers_in: engine that holds `customers`, if that is another.

    Returns:
        The facts; None if there is no day on which both are known.
    """
    period = {"first": first, "as_of": as_of, "lag": days(lag)}
    engine.run("facts/spend/days", period)
    window = Window(**engine.columns("facts/spend/window"))
    if not len(window.month):
        return None
    columns = engine.columns("facts/spend/spent", period)
    names = engine.columns("facts/spend/names")
    channels = tuple(dict.fromkeys(names["channel"].tolist()))
    code = {channel: number for number, channel in enumerate(channels)}
    known = {
        name: code[channel]
        for channel, name in zip(names["channel"].tolist(), names["name"].tolist(), strict=True)
        if name
    }
    channel_of = tuple(_channel(segment, known) for segment in segments)
    won_in = customers_in or engine
    won_in.run("facts/spend/customers_by_segment" if len(segments) > 1 else "facts/spend/customers")
    if won_in is not engine:
        _bring_home(won_in, engine)
    spent_on = [
        (segment, channels[channel]) for segment, channel in enumerate(channel_of) if channel >= 0
    ]
    pairs = {
        "segment": ("integer", [segment for segment, _ in spent_on]),
        "channel": ("text", [channel for _, channel in spent_on]),
    }
    engine.fill("acquired_channels", pairs)
    totals = engine.row("facts/spend/totals", period)
    import numpy as np

    return Acquired(
        first=totals["first"],
        last=totals["last"],
        lag_days=days(lag),
        channels=channels,
        segments=tuple(segments),
        channel_of=channel_of,
        spend=totals["spend"],
        spread=totals["spread"],
        outside=totals["outside"],
        window=window,
        spent=Spent(
            month=columns["month"],
            channel=np.array(
                [code[channel] for channel in columns["channel"].tolist()], dtype=np.int64
            ),
            days=columns["days"],
            complete=columns["complete"],
            amount=columns["amount"],
        ),
        won=Won(**engine.columns("facts/spend/new_customers", {"lag": days(lag)})),
    )


def _bring_home(customers_in: Engine, engine: Engine) -> None:
    """Copy new customers by day and segment to the engine that holds spend."""
    rows = customers_in.columns("facts/spend/acquired_customers")
    types = {"first": "date", "month": "integer", "segment": "integer", "customers": "bigint"}
    engine.fill(
        "acquired_customers", {name: (kind, rows[name].tolist()) for name, kind in types.items()}
    )


def _channel(segment: str, known: Mapping[str, int]) -> int:
    """Find the channel of a segment: by its full name, else by a separate part of it."""
    parts = [key(name) for name in (segment, *segment.split(JOINED))]
    if parts[0] not in known and FREE & {*parts}:
        return NO_SPEND
    return next((known[name] for name in parts if name in known), NO_SPEND)
