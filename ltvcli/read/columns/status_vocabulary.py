"""Words of status columns and of their headers, folded, as `statuses.yaml` lists them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ltvcli.read.columns import folding

SALE = "sale"
SHIPPING = "fulfilment"
"""Meanings of words whose rows count."""
_LEADING = re.compile(r"^(?:wc|order|payment|invoice|charge|status|state|subscription) ")
_NUMBERED = re.compile(r"^\d{1,3}[)）]? (?=\D)")
_BY = re.compile(
    r"^(cancelled|canceled|voided|refunded|returned|failed|declined|rejected) "
    r"(?:by|due to|because|on|at|after|from)\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOISE = re.compile(r" (?:flag|flg|yn|y n|utc|jst|gmt|name|text|label|フラグ|名称|名|id|code)$")
_WIDE = re.compile(r"[^\x00-\x7f]")
_MISSING = {"", "-", "--", "null", "nan", "n a", "na", "(null)", "nil"}


@lru_cache(maxsize=2**13)  # words of a column repeat
def fold(text: str) -> str:
    """Normalise a word: without width, case, accents and separators.

    >>> fold(" Partially_Refunded "), fold("ＰＡＩＤ"), fold("Payé")
    ('partially refunded', 'paid', 'paye')
    """
    folded = folding.without_accents(folding.folded(text).strip())
    return re.sub(r"[\s_/.:’'-]+", " ", folded).strip()


def is_blank(text: str | None) -> bool:
    """Return whether a cell is empty: blank, a dash, a word for missing."""
    return text is None or fold(text) in _MISSING


def bare_name(header: str) -> str:
    """Fold a header without its remarks in brackets."""
    bare = re.sub(r"[(\[][^)\]]*[)\]]?", " ", narrow(header)) or header
    name = re.sub(r"[^\w]+", " ", fold(_CAMEL.sub(" ", bare))).strip()
    return re.sub(r"(?<=[a-z])status$", " status", name)  # Zahlungsstatus, orderstatus


@cache
def header_name(header: str) -> str:
    """Fold a header without its remarks in brackets and without generic endings."""
    name = bare_name(header)
    while (shorter := _NOISE.sub("", name)) != name:
        name = shorter
    for end in ("フラグ", "名称"):
        name = name.removesuffix(end)
    return name


def ends_with(name: str, alias: str) -> bool:
    """Return whether a folded header ends in the words of an alias.

    >>> ends_with("order status", "status"), ends_with("substatus", "status")
    (True, False)
    """
    if _WIDE.search(alias):
        return name.endswith(alias)
    return name == alias or name.endswith(f" {alias}")


def mentions(name: str, *topics: str) -> bool:
    """Return whether a folded header has a word of one of the topics under `about`."""
    words = set(name.split(" "))
    return any(
        alias in (name if _WIDE.search(alias) else words)
        for topic in topics
        for alias in vocabulary()["about"][topic]
    )


@lru_cache(maxsize=2**11)
def subject(name: str) -> str:
    """Return the subject of a folded header: a topic under `about`, or else `order`."""
    for topic in ("other", "item", "refund", "cancellation", "fulfilment", "payment"):
        if mentions(name, topic):
            return topic
    return "order"


def narrow(header: str) -> str:
    """Return a header with full-width letters and digits as ASCII."""
    return unicodedata.normalize("NFKC", header)


def known_word(word: str) -> str | None:
    """Look up a folded word: as it is, without a prefix, without a number before it."""
    words = _known_words()
    return words.get(word) or words.get(short(word))


@cache
def _known_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for name, listed in vocabulary()["words"].items():
        for word in listed:
            words.setdefault(word, SALE if name == "live" else name)
    return words


def short(word: str) -> str:
    """Return a folded word without vendor prefix, leading number and suffix.

    >>> short("wc completed"), short("3 shipped"), short("cancelled by customer")
    ('completed', 'shipped', 'cancelled')
    """
    bare = _NUMBERED.sub("", word)
    bare = _LEADING.sub("", bare) or bare
    return match[1] if (match := _BY.match(bare)) else bare


@cache
def flags() -> dict[str, bool]:
    """Return the folded words for yes and no, and whether each means yes."""
    words = vocabulary()["flags"]
    return {word: name == "yes" for name in ("yes", "no") for word in words[name]}


@cache
def vocabulary() -> Any:
    """Read `statuses.yaml`, every word folded."""
    import yaml

    text = (Path(__file__).parent / "statuses.yaml").read_text("utf-8")
    raw = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return folded(raw)


def folded(raw: Any) -> Any:
    """Fold every word, so that they may be spelled as usual."""
    if isinstance(raw, dict):
        return {name: folded(block) for name, block in raw.items()}
    return [fold(str(word)) for word in raw]
