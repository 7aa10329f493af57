"""What channels are called: in files of spend, and where it is said how customers came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.acquired import key
from ltvcli.read import profiles
from ltvcli.read.accounts import rows_of

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def name(engine: DuckDB) -> None:
    """Fill `spend_called` (called, channel) and `spend_names` (channel, name).

    Names that differ in nothing that matters are one channel, as most rows write it; usual names of
    a platform are that platform.
    """
    usual = {
        key(alias): profile.channel
        for profile in map(profiles.load, profiles.names())
        if profile.channel
        for alias in (profile.channel, *profile.aliases)
    }
    channel_of: dict[str, str] = {}
    called: dict[str, str] = {}
    for text, _ in rows_of(engine, "read_spend_called"):
        called[text] = usual.get(key(text)) or channel_of.setdefault(key(text), text)
    found = {*called.values()}
    names = {(channel, key(channel)) for channel in found if channel}
    names |= {(channel, alias) for alias, channel in usual.items() if channel in found}
    for table, column, pairs in (
        ("spend_called", "called, channel", sorted(called.items())),
        ("spend_names", "channel, name", sorted(names | {(one, "") for one in found if not one})),
    ):
        first, second = column.split(", ")
        engine.execute(
            f"create or replace table {table} as select unnest($1::text[]) as {first}, "
            f"unnest($2::text[]) as {second}",
            [[one for one, _ in pairs], [one for _, one in pairs]],
        )
