"""Meanings of status words: a sale, a reason to exclude the row, a state of a subscription."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct, field

from ltvcli.read.columns.status_vocabulary import (
    SALE,
    SHIPPING,
    flags,
    fold,
    is_blank,
    known_word,
    short,
    vocabulary,
)

Kind = Literal["words", "record", "flag", "unless", "date", "environment", "values", "typed"]
"""What the cells of a column are: words of a status; the kind of record that a row is; a flag
(`unless`: one that is false if it applies); a day or another text that stands only where it
happened; an environment; only the values that a profile names; or any column that the user named
with --exclude."""
REASONS = ("test", "cancelled", "failed", "unpaid", "unfinished", "returned", "not-a-sale", "trial")
"""Meanings that exclude a row, the strongest first; each is the key of a reason."""
PARTLY = "partly-returned"
MEANINGS = (SALE, *REASONS)
"""What a user can say that a word means, for orders."""
STATES = ("paying", "trial", "past-due", "unpaid", "paused", "ended", "never", "future")
"""States of a subscription."""
_EVENTS = {"refund": "returned", "cancellation": "cancelled"}
DAY = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}")


class Status(Struct, frozen=True, kw_only=True):
    """A column that can mark a row as no sale.

    Attributes:
        position: of the column.
        header: of the column.
        kind: what its cells are.
        meaning: of a flag or a day: what it says where it applies.
        about: the topic of the header: order, payment, fulfilment, refund, cancellation, item.
        rules: words of the profile, folded, to the reason they give; for `values` as in the cell,
            but in lower case.
        codes: numbers that the header explains, to their words.
        is_type: whether it says what kind of movement of money a row is (Sale, Refund, Payout).
    """

    position: int
    header: str
    kind: Kind
    meaning: str = ""
    about: str = "order"
    rules: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    is_type: bool = False


class Word(Struct, frozen=True):
    """A word of a status column, the number of its rows, and its meaning; None if unknown."""

    text: str
    rows: int
    meaning: str | None


def meaning(status: Status, text: str, words: Mapping[str, str] | None = None) -> str | None:
    """Return a key of REASONS, `sale`, `partly-returned` or `fulfilment` for a cell; or None.

    Args:
        status: the column.
        text: of the cell.
        words: meanings that the user gave words, folded; it comes first.
    """
    if is_blank(text):
        return SALE
    if status.kind in ("values", "date"):
        return status.meaning or status.rules.get(text.strip().lower(), SALE)
    word = fold(text)
    for table in (words or {}, status.rules):
        if known := table.get(word) or table.get(short(word)):
            return known
    word = status.codes.get(word.lstrip("0") or "0") or status.codes.get(word) or word
    return _flagged(status, word) if status.kind in ("flag", "unless") else _worded(status, word)


def _worded(status: Status, word: str) -> str | None:
    """Read a word of a status or an environment."""
    known = known_word(word)
    if status.kind == "environment":
        return "test" if known == "test" else SALE
    if status.kind == "record":
        return known if known in ("returned", "test") else SALE
    if status.rules and word.isdecimal():
        return SALE  # a known export lists the codes of rows that are not sales
    return _as_spoken(status, word, known)


def _as_spoken(status: Status, word: str, known: str | None) -> str | None:
    """Return the meaning of a known word in a column about refunds, parcels or payments."""
    if status.about in _EVENTS:
        for event, words in vocabulary()["events"].items():
            if word in words:
                return {"happened": _EVENTS[status.about], "partly": PARTLY}.get(event, SALE)
        return known if known != SALE else None
    if status.about in ("fulfilment", "item"):
        return known if known in ("cancelled", "returned", "test", PARTLY) else SHIPPING
    if status.about == "payment" and known is None and word in vocabulary()["due"]:
        return "unpaid"
    return known


def _flagged(status: Status, word: str) -> str | None:
    """Return the meaning of a cell of a flag; None if it is neither yes, no nor a known word."""
    is_yes = flags().get(word)
    if is_yes is not None:
        return status.meaning if is_yes == (status.kind == "flag") else SALE
    if status.kind == "unless":
        return None
    if DAY.match(word.replace(" ", "-")):
        return status.meaning
    return known_word(word)


def is_set(text: str) -> bool | None:
    """Return whether a cell means yes or no; None if it means neither."""
    return flags().get(fold(text))


def payment(text: str) -> str | None:
    """Return the meaning of a word for a payment; None if it is unknown."""
    return known_word(fold(text))


def are_flags(words: Iterable[str]) -> bool:
    """Return whether all folded words mean yes or no."""
    return all(word in flags() for word in words)


def is_same(word: str, text: str) -> bool:
    """Return whether a word that a user typed is the one in a cell.

    >>> is_same("on hold", "wc-on-hold"), is_same("on hold", "hold")
    (True, False)
    """
    return fold(word) in (fold(text), short(fold(text)))


def state(text: str, rules: Mapping[str, Iterable[str]], words: Mapping[str, str]) -> str | None:
    """Return the state of a subscription from a word; None if it is unknown.

    >>> state("wc-pending-cancel", {}, {})
    'paying'

    Args:
        text: of the cell.
        rules: the profile's own words, by state; they come before the usual ones.
        words: meanings that the user gave words, folded.
    """
    word = fold(text)
    of_profile = {fold(rule): name for name, listed in rules.items() for rule in listed}
    usual = _known_states()
    for table in (words, of_profile, usual):
        if known := table.get(word) or table.get(short(word)):
            return known
    return None


@cache
def _known_states() -> dict[str, str]:
    return {word: name for name, listed in vocabulary()["subscriptions"].items() for word in listed}
