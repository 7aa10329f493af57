"""Columns of subscriptions that customers are segmented by: the plan, or any other.

| --by    | the files                        | column                              |
| plan    | Stripe: “Plan price ID”          | the one that says the plan          |
| channel | “Channel”, “utm source”, ...     | the one with a usual header of that |
| Country | “country”                        | the one with that header            |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from ltvcli.errors import NoColumnError, NoSuchSubscriberSegmentError
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, key, position_of
from ltvcli.read.columns.mapping import CHANNEL
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import segments as of_orders
from ltvcli.read.subscriptions.columns import Meaning

PLAN = "plan"
_SHOWN = 40  # at most this many headers are quoted in a message


def located(
    known: Sequence[Meaning],
    sheets: Sequence[Sheet],
    by: Sequence[str],
    *,
    is_optional: bool = False,
) -> list[Meaning]:
    """Add to each meaning the column of every segment, None if a sheet lacks it.

    Args:
        known: what the columns of each sheet mean.
        sheets: files of subscriptions, opened.
        by: names of columns.
        is_optional: whether all sheets may lack a column.

    Raises:
        NoSuchSubscriberSegmentError: no file has the column.
        AmbiguousColumnError: several columns would do.
    """
    places = [
        {name: _position(name, sheet, meaning.columns.position) for name in by}
        for meaning, sheet in zip(known, sheets, strict=True)
    ]
    for name in by:
        if not is_optional and all(place[name] is None for place in places):
            headers = [header for sheet in sheets for header in sheet.header]
            raise NoSuchSubscriberSegmentError(name=name, near=_near(name, headers))
    return [
        replace(meaning, columns=replace(meaning.columns, by=place))
        for meaning, place in zip(known, places, strict=True)
    ]


def fields(meaning: Meaning) -> dict[str, str]:
    """Return SQL of the value of each column asked for, by the name of its field."""
    return {
        f"segment_{number}": "null::text" if place is None else f"segment_value(c{place})"
        for number, place in enumerate(meaning.columns.by.values())
    }


def joined(meaning: Meaning) -> str:
    """Return SQL of the segment of a row, from its fields."""
    return of_orders.joined([*fields(meaning)])


def _position(name: str, sheet: Sheet, position: Mapping[str, int]) -> int | None:
    """Find the column a name means: of the plan, of the channel, or with that header."""
    if key(name) == PLAN and PLAN in position:
        return position[PLAN]
    if key(name) == CHANNEL:
        hits = first_tier(sheet.header, profiles.load(profiles.GENERIC).columns[CHANNEL])
        if len(hits) > 1:
            raise ambiguous(sheet.name, CHANNEL, hits, sheet.header)
        return hits[0] if hits else None
    try:
        return position_of("--by", name, sheet.header)
    except NoColumnError:
        return None


def _near(name: str, headers: Sequence[str]) -> str:
    """List headers that come near a name, or else all there are."""
    keys = {key(header): header for header in headers}
    near = get_close_matches(key(name), keys, n=5, cutoff=0.5)
    return ", ".join([keys[near_key] for near_key in near] or list(keys.values())[:_SHOWN])
