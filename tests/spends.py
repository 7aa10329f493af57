"""Spend and customers typed by hand, and the way from them to what a customer cost."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from ltvcli.engines import duckdb
from ltvcli.facts import spend as acquired
from ltvcli.facts.spend import Acquired

Day = tuple[str, date, float]
"""Channel, day and spend."""


def summed(
    spend: Sequence[Day],
    customers: Sequence[tuple[date, int]],
    *,
    first: date = date(2026, 1, 1),
    as_of: date = date(2026, 12, 31),
    lag: float = 0.0,
    segments: Sequence[str] = ("",),
    names: Mapping[str, Sequence[str]] | None = None,
    known: Sequence[tuple[str, date]] | None = None,
) -> Acquired | None:
    """Add up spend and new customers (first day and segment), as if they had been read.

    Spend is known of all days between the first and the last of its channel.
    """
    channels = dict.fromkeys(channel for channel, _, _ in spend)
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.open([], Path(folder), None) as engine,
    ):
        engine.execute(
            "create table spend "
            "(channel text, day date, amount decimal(18, 4), spread decimal(18, 4))"
        )
        engine.execute("create table spend_known (channel text, day date)")
        engine.execute("create table spend_names (channel text, name text)")
        engine.execute(
            "create table customers (first date, cohort int, segment int, orders bigint)"
        )
        for channel, day, amount in spend:
            engine.execute(
                "insert into spend values ($1, $2, $3, 0)", [channel, day, Decimal(str(amount))]
            )
        if known is None:
            engine.execute(
                "insert into spend_known select channel, unnest(range(min(day), max(day) + 1, "
                "interval 1 day))::date from spend group by channel"
            )
        for channel, day in known or ():
            engine.execute("insert into spend_known values ($1, $2)", [channel, day])
        for channel in channels:
            for name in {acquired.key(channel), *(names or {}).get(channel, ())}:
                engine.execute("insert into spend_names values ($1, $2)", [channel, name])
        for day, segment in customers:
            cohort = 12 * day.year + day.month - 1
            engine.execute("insert into customers values ($1, $2, $3, 1)", [day, cohort, segment])
        return acquired.gather(engine, first, as_of, lag, segments)
