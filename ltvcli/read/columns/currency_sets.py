"""Sets of columns: amount, refund and currency before and after a conversion.

A payment may stand in a file twice, once as the customer paid it and once converted. `Converted
Amount Refunded` belongs to `Converted Amount`, never to `Amount`: the two are in different
currencies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ltvcli.read.columns import folding

_SEPARATORS = re.compile(r"[\s_.:()\[\]/-]+")
_CURRENCY_WORD = re.compile(
    r"\b(currency|wahrung|devise|monnaie|divisa|moneda|valuta|moeda)\b|通貨|货币|貨幣"
)
_NOISE = re.compile(
    r"\b(currency|money|wahrung|devise|monnaie|divisa|moneda|valuta|moeda|code|iso|in|of|the|de|der|la)\b"
    r"|通貨|コード|建て|ベース|の"
)
_OF_WHOM = (
    "shop|store|base|home|account|presentment|settlement|payout|reporting|customer|local|transaction"
    "|original"
)
_CURRENCY_OF = rf"(?P<whose>{_OF_WHOM})"
_BEFORE = re.compile(
    rf"(?:(?P<mark>converted|presentment|settlement|settled|reporting|payout|customer facing"
    rf"|umgerechnete[rsn]?)|{_CURRENCY_OF} (?:currency|money)) (?P<base>.+)"
)
_BEHIND = re.compile(
    rf"(?P<base>.+?) (?:in )?(?:(?P<mark>converted|presentment|settlement|settled|umgerechnet"
    rf"|converti(?:e|s|es)?|convertid[oa]s?)|{_CURRENCY_OF} (?:currency|money))"
)
_IN_BRACKETS = re.compile(
    rf"(?P<base>.+?)\s*[(\[]\s*(?:in )?(?P<mark>converted|settled|{_OF_WHOM})"
    r"(?: (?:currency|money))?\s*[)\]]"
)
_CURRENCY = re.compile(rf"{_CURRENCY_OF} currency(?: code)?")
_JAPANESE = re.compile(
    r"(?P<mark>換算後?|決済通貨|精算通貨|現地通貨|表示通貨|店舗通貨|基準通貨|本国通貨|自国通貨|本社通貨)"
)


def split(header: str) -> tuple[str, str]:
    """Split a header into the name of its set, "" for the usual one, and the rest.

    >>> split("Converted Amount Refunded"), split("Total (shop currency)"), split("Amount")
    (('converted', 'amount refunded'), ('shop', 'total'), ('', 'amount'))
    """
    text = folding.folded(header)
    text = _SEPARATORS.sub(" ", text).strip()
    if match := _CURRENCY.fullmatch(text):
        return match["whose"], "currency"
    for pattern in (_BEFORE, _BEHIND):
        if match := pattern.fullmatch(text):
            name = match["mark"] or match["whose"]
            return {"settled": "settlement"}.get(name, name), match["base"]
    if match := _JAPANESE.search(text):
        base = text.replace(match["mark"], "").strip(" の")
        return match["mark"].removesuffix("後"), base or "通貨"
    return "", text


def parts(header: Sequence[str]) -> list[tuple[str, str]]:
    """Split each header of a sheet into the name of its set and the rest.

    A set has a usual name (see `split`), or its currency column identifies it: `Total Price (till)`
    and `Till Currency` differ from `Total Price` and `Currency` in the same word, so they belong
    together, whatever that word is.

    >>> parts(["Total", "Currency", "Till total", "Till currency"])[2:]
    [('till', 'total'), ('till', 'currency')]
    """
    folded = [_folded(name) for name in header]
    known = [_in_brackets(name, folded) or split(name) for name in header]
    words = {
        at: tuple(_NOISE.sub(" ", name).split())
        for at, name in enumerate(folded)
        if _CURRENCY_WORD.search(name)
    }
    if len(words) < 2:  # noqa: PLR2004 - one currency, one set
        return known
    for set_words in dict.fromkeys(words.values()):
        if not set_words:
            continue
        members = {
            at: bare for at, name in enumerate(folded) if (bare := _without(name, set_words))
        }
        bare_names = {
            _without(name, words_of_set) or name
            for at, name in enumerate(folded)
            if at not in members and at not in words
            for words_of_set in {*words.values()}
        }
        if bare_names & {*members.values()}:
            members |= {at: "currency" for at in words if words[at] == set_words}
            name = " ".join(set_words)
            known = [
                (name, members[at]) if at in members and not set_and_base[0] else set_and_base
                for at, set_and_base in enumerate(known)
            ]
    return known


def _in_brackets(header: str, folded: Sequence[str]) -> tuple[str, str] | None:
    """Split `Total (shop)` where another column is called `Total`; `folded` are all headers."""
    text = folding.folded(header).strip()
    match = _IN_BRACKETS.fullmatch(text)
    if match is None or (base := _folded(match["base"])) not in folded:
        return None
    return {"settled": "settlement"}.get(match["mark"], match["mark"]), base


def names(header: Sequence[str]) -> list[str]:
    """List the names of the sets in a header, in order of appearance; "" is the usual one."""
    return list(dict.fromkeys(name for name, _ in parts(header)))


def within(header: Sequence[str], name: str) -> Mapping[int, str]:
    """Return position and bare header of the columns of one set."""
    return {at: base for at, (set_name, base) in enumerate(parts(header)) if set_name == name}


def _folded(header: str) -> str:
    text = folding.without_accents(folding.folded(header))
    return _SEPARATORS.sub(" ", text).strip()


def _without(name: str, words: Sequence[str]) -> str | None:
    """Return a header without some words; None if it lacks one of them, or has no others."""
    for word in words:
        pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        name, count = re.subn(pattern, " ", name, count=1)
        if not count:
            return None
    return " ".join(_NOISE.sub(" ", name).split()) or None
