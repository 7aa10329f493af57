"""Names of channels, in files of spend and in the data of customers.

`Google Ads`, `google ads` and `adwords` are one channel, called as most rows write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ltvcli.errors import NoSuchChannelError
from ltvcli.facts.spend import key
from ltvcli.read import profiles
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.spend.columns import NAMED

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def name(engine: DuckDB, chosen: Mapping[str, str]) -> None:
    """Fill `spend_channel_labels` (channel_label, channel) and `spend_names` (channel, name).

    Names that differ in nothing that matters are one channel, as most rows write it; usual names of
    a platform are that platform.

    Args:
        engine: holds `spend_rows`.
        chosen: roles as typed with --map, of which those for channels matter.

    Raises:
        NoSuchChannelError: there is no spend on a channel that was typed.
    """
    usual = {
        key(alias): profile.channel
        for profile in map(profiles.load, profiles.names())
        if profile.channel
        for alias in (profile.channel, *profile.aliases)
    }
    channel_of: dict[str, str] = {}
    channel_of_label: dict[str, str] = {}
    for text, _ in rows_of(engine, "read/spend/channel_labels"):
        channel_of_label[text] = usual.get(key(text)) or channel_of.setdefault(key(text), text)
    channels = {*channel_of_label.values()}
    names = {(channel, key(channel)) for channel in channels if channel}
    names |= {(channel, alias) for alias, channel in usual.items() if channel in channels}
    for role, text in chosen.items():
        if role.startswith(NAMED):
            channel = _channel(role.removeprefix(NAMED), names)
            names = {pair for pair in names if pair[1] != key(text)} | {(channel, key(text))}
    for table, column, pairs in (
        ("spend_channel_labels", "channel_label, channel", sorted(channel_of_label.items())),
        (
            "spend_names",
            "channel, name",
            sorted(names | {(channel, "") for channel in channels if not channel}),
        ),
    ):
        first, second = column.split(", ")
        engine.execute(
            f"create or replace table {table} as select unnest($1::text[]) as {first}, "
            f"unnest($2::text[]) as {second}",
            [[value for value, _ in pairs], [value for _, value in pairs]],
        )


def _channel(typed: str, names: set[tuple[str, str]]) -> str:
    for channel, name in sorted(names):
        if name == key(typed):
            return channel
    known = sorted({channel for channel, _ in names})
    raise NoSuchChannelError(name=typed, known=", ".join(known))
