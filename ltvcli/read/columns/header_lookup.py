"""Columns found by their headers: equal but for case, width, accents and units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from ltvcli.errors import AmbiguousColumnError, NoColumnError
from ltvcli.read import profiles
from ltvcli.read.columns import folding
from ltvcli.read.profiles import Tiers

_SHOWN = 40  # at most this many headers are quoted in a message
_SUFFIX = re.compile(
    r"\s*[(\[](utc|jst|metadata|税込|消費税込|円|jpy|usd|eur|gbp|yyyy[-/]mm[-/]dd)[)\]]$"
    r"|(?<=[a-z])[ _-](usd|eur|gbp|jpy|utc|jst)$"
)
_SEPARATOR = re.compile(r"[\s_.-]+")
_ZONE = re.compile(r"[(\[](utc|jst|gmt)[)\]]$|[ _-](utc|jst|gmt)$")
_WHEN = re.compile(r"[\s_-]+(date[\s_-]*time|timestamp|date|time|at|on)$|(?<=[a-z])(at|date)$")
_CURRENCY = re.compile(r"(?:^|[\s_(\[-])(usd|eur|gbp|jpy|円)[)\]]?$")


def recognise(header: Sequence[str], kind: str = "orders") -> str | None:
    """Return the profile whose recognised headers are all present; of several, the most specific.

    >>> recognise(["Name", "Email", "Financial Status", "Created at", "Total"])
    'shopify'
    >>> recognise(["customer", "date", "total"])
    """
    keys = {key(name) for name in header}
    days = {day for name in header if (day := day_key(name))}
    fits = {
        name: len(tiers)
        for name, tiers in profiles.signatures(kind).items()
        if all(
            any(key(alias) in keys or day_key(alias) in days for alias in tier) for tier in tiers
        )
    }
    return max(fits, key=lambda name: fits[name], default=None)


def first_tier(header: Sequence[str], tiers: Tiers) -> list[int]:
    """Return the positions of the columns that fit the first tier of aliases with any fit."""
    keys = [key(name) for name in header]
    for tier in tiers:
        hits: dict[int, None] = {}
        for alias in tier:
            exact = [index for index, name in enumerate(header) if name.strip() == alias]
            alike = [index for index, column_key in enumerate(keys) if column_key == key(alias)]
            hits.update(dict.fromkeys(exact if len(exact) == 1 else alike))
        if hits:
            return list(hits)
    days = [day_key(name) for name in header]
    for tier in tiers:
        wanted = {day for alias in tier if (day := day_key(alias))}
        if day_hits := [index for index, day in enumerate(days) if day in wanted]:
            return day_hits
    return []


@lru_cache(maxsize=2**16)  # the headers of profiles are compared with every file
def key(header: str) -> str:
    """Normalise a header: without width, case, accents, spaces and remarks like (UTC).

    >>> key("Order_ID"), key("合計　(税込)"), key("price_usd"), key("Créée le")
    ('orderid', '合計', 'price', 'creeele')
    """
    bare = folding.without_accents(folding.folded(header).strip())
    return _SEPARATOR.sub("", _SUFFIX.sub("", bare)) or bare


@lru_cache(maxsize=2**16)
def day_key(header: str) -> str | None:
    """Return the event in the header of a column of days; None for other headers.

    Vendors change only the words behind it.

    >>> day_key("Created (UTC)"), day_key("Created date (UTC)"), day_key("created_at")
    ('created', 'created', 'created')
    >>> day_key("Refunded")
    """
    bare = folding.folded(header).strip()
    zoneless = _ZONE.sub("", bare).strip()
    event = _WHEN.sub("", zoneless)
    return _SEPARATOR.sub("", event) or None if event != bare else None


def currency_of(header: str) -> str | None:
    """Return the currency code at the end of a header, as in price_usd or 金額(円)."""
    match = _CURRENCY.search(folding.folded(header).strip())
    return {"円": "JPY"}.get(match[1], match[1].upper()) if match else None


def position_of(role: str, name: str, header: Sequence[str]) -> int:
    """Find the column that was typed for a role; "Date#2" is the second of that name.

    Args:
        role: named in an error.
        name: of the column, as typed.
        header: of the sheet.

    Raises:
        NoColumnError: there is none.
        AmbiguousColumnError: there are several.
    """
    bare, _, number = name.rpartition("#")
    for wanted, nth in ((name, None), (bare, number)):
        exact = [index for index, column in enumerate(header) if column.strip() == wanted.strip()]
        hits = exact or [index for index, column in enumerate(header) if key(column) == key(wanted)]
        if hits and nth is None:
            if len(hits) > 1:
                raise ambiguous("", role, hits, header)
            return hits[0]
        if hits and nth and nth.isdecimal() and 1 <= int(nth) <= len(hits):
            return hits[int(nth) - 1]
    keys = {key(column): column for column in header}
    near_keys = get_close_matches(key(name), keys, n=5, cutoff=0.5)
    shown = [keys[near_key] for near_key in near_keys] or list(header[:_SHOWN])
    raise NoColumnError(role=role, header=name, near=", ".join(shown))


def ambiguous(
    file: str, role: str, hits: Sequence[int], header: Sequence[str]
) -> AmbiguousColumnError:
    """Describe several columns that could have a role, by number where they share a name.

    Args:
        file: its name.
        role: that several columns could have.
        hits: positions of these columns.
        header: of the sheet.
    """
    names = []
    for index in hits:
        same = [position for position, name in enumerate(header) if name == header[index]]
        names.append(header[index] + (f"#{same.index(index) + 1}" if len(same) > 1 else ""))
    return AmbiguousColumnError(
        file=file,
        role=role,
        candidates=", ".join(names),
        flag=f'--map {role}="{names[0]}"',
    )
