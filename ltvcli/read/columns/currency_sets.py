"""Columns that belong together: amount, refund and currency before and after a conversion.

A payment may stand in a file twice, once as the customer paid it and once converted. `Converted
Amount Refunded` belongs to `Converted Amount`, never to `Amount`: the two are in different
currencies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

_CURRENCY_OF = (
    r"(?P<whose>shop|store|base|home|account|presentment|settlement|payout|reporting|customer|local"
    r"|transaction|original)"
)
_BEFORE = re.compile(
    rf"(?:(?P<mark>converted|presentment|settlement|settled|reporting|payout|customer facing"
    rf"|umgerechnete[rsn]?)|{_CURRENCY_OF} (?:currency|money)) (?P<base>.+)"
)
_BEHIND = re.compile(
    rf"(?P<base>.+?) (?:in )?(?:(?P<mark>converted|presentment|settlement|settled|umgerechnet"
    rf"|converti(?:e|s|es)?|convertid[oa]s?)|{_CURRENCY_OF} (?:currency|money))"
)
_CURRENCY = re.compile(rf"{_CURRENCY_OF} currency(?: code)?")
_JAPANESE = re.compile(r"(?P<mark>換算後?|決済通貨|精算通貨|現地通貨|表示通貨|店舗通貨|基準通貨)")


def split(header: str) -> tuple[str, str]:
    """Split a header into the name of its set, "" for the usual one, and the rest.

    >>> split("Converted Amount Refunded"), split("Total (shop currency)"), split("Amount")
    (('converted', 'amount refunded'), ('shop', 'total'), ('', 'amount'))
    """
    text = unicodedata.normalize("NFKC", header).casefold()
    text = re.sub(r"[\s_.()\[\]/-]+", " ", text).strip()
    if found := _CURRENCY.fullmatch(text):
        return found["whose"], "currency"
    for pattern in (_BEFORE, _BEHIND):
        if found := pattern.fullmatch(text):
            name = found["mark"] or found["whose"]
            return {"settled": "settlement"}.get(name, name), found["base"]
    if found := _JAPANESE.search(text):
        base = text.replace(found["mark"], "").strip(" の")
        return found["mark"].removesuffix("後"), base or "通貨"
    return "", text


def names(header: Sequence[str]) -> list[str]:
    """List the names of the sets in a header, except the usual one, in order of appearance."""
    return [name for name in dict.fromkeys(split(one)[0] for one in header) if name]


def within(header: Sequence[str], name: str) -> Mapping[int, str]:
    """Give position and bare header of the columns of one set."""
    parts = [split(one) for one in header]
    return {at: base for at, (found, base) in enumerate(parts) if found == name}
