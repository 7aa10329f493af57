"""Mask personal data in comments: addresses, phone numbers, names.

Rather too much is masked than too little: an order number of seven digits is taken for a phone
number. Names are those of the customers file, and what stands before or after a form of address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

EMAIL, PHONE, NAME, LINK = "[e-mail]", "[phone]", "[name]", "[link]"
_LEAST_DIGITS = 7
_MOST_NAMES = 200_000
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s、。」）)]+", re.IGNORECASE)
_AT = r"(?:\s*@\s*|\s*[\[({<]\s*(?:at|@|アット(?:マーク)?)\s*[\])}>]\s*|\s*アットマーク\s*|\s*★\s*)"
_DOT = r"(?:\s*\.\s*|\s*[\[({<]\s*(?:dot|\.|ドット)\s*[\])}>]\s*|\s+dot\s+|\s*ドット\s*)"
_LOCAL = r"[A-Za-z0-9À-ÿ!#$%&'*+/=?^_`{|}~.-]+"
_LABEL = r"[A-Za-z0-9À-ÿ\u3040-\u30ff\u3400-\u9fff-]+"
_EMAIL = re.compile(rf"\"?{_LOCAL}\"?{_AT}{_LABEL}(?:{_DOT}{_LABEL})+", re.IGNORECASE)
_SPOKEN_EMAIL = re.compile(
    r"\b[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+|\.[\w-]*[A-Za-z][\w-]*)+", re.IGNORECASE
)
_LOOSE_EMAIL = re.compile(r"[^\s@<>()\[\],;:、。「」]+\s*@\s*[^\s@<>()\[\],;:、。「」]+")
_HANDLE = re.compile(r"(?<![\w@])@[A-Za-z0-9_.]{2,}")
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_KANJI_NUMBER = re.compile(
    "[〇零一二三四五六七八九](?:[〇零一二三四五六七八九の・ー-]|\\s){5,}[〇零一二三四五六七八九]"
)
_WORDS_OF_DIGITS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_SPELLED = re.compile(
    rf"\b(?:{_WORDS_OF_DIGITS})(?:[\s,-]+(?:{_WORDS_OF_DIGITS})){{5,}}\b", re.IGNORECASE
)
_SEPARATOR = "[\\s().\\-‐‑‒–—―−ー－~/・·_*]"
_PHONE = re.compile(rf"(?:\+|\b00)?[(]?\d(?:{_SEPARATOR}{{0,3}}[(]?\d){{{_LEAST_DIGITS - 1},}}")
_HONORIFIC = re.compile(
    r"[一-龥々ァ-ヶーA-Za-z]{1,8}?\s?(?:さん|さま|様|氏|くん|君|ちゃん|先生|殿)(?![々一-龥])"
)
_TITLE = re.compile(
    r"\b((?:Mr|Mrs|Ms|Mx|Dr|Prof|Herr|Frau|Señor|Señora|Monsieur|Madame)\.?)\s+"
    r"[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)?"
)
_PLAIN = frozenset(
    [
        "and",
        "app",
        "associates",
        "bar",
        "cafe",
        "care",
        "clean",
        "club",
        "company",
        "corp",
        "design",
        "digital",
        "energy",
        "food",
        "foods",
        "for",
        "gmbh",
        "group",
        "health",
        "home",
        "inc",
        "legal",
        "limited",
        "llc",
        "ltd",
        "market",
        "media",
        "net",
        "online",
        "our",
        "partners",
        "plc",
        "service",
        "services",
        "shop",
        "software",
        "store",
        "studio",
        "systems",
        "team",
        "tech",
        "test",
        "the",
        "web",
        "with",
        "works",
        "you",
        "your",
    ]
)
"""Words of names of companies that are also common words: they alone name nobody."""
_COMPANY = re.compile(r"株式会社|有限会社|合同会社|合資会社|一般社団法人|[㈱㈲()（）]")


class Names(Struct, frozen=True, kw_only=True):
    """Names to mask: whole ones and their words, in lower case; those in Japanese anywhere."""

    latin: re.Pattern[str] | None
    japanese: re.Pattern[str] | None


def names_of(known: Iterable[str]) -> Names:
    """Prepare names of customers.

    >>> mask("John was told by taro yamada", names_of(["John Smith", "Taro Yamada"]))
    '[name] was told by [name] [name]'
    """
    latin: set[str] = set()
    japanese: set[str] = set()
    for number, name in enumerate(known):
        if number >= _MOST_NAMES:
            break
        folded = _COMPANY.sub(" ", unicodedata.normalize("NFKC", name)).casefold().strip()
        words = [word for word in re.split(r"[\s,;/・]+", folded) if word]
        if re.search("[\u3040-\u30ff\u3400-\u9fff]", folded):
            japanese |= {word for word in (*words, "".join(words)) if len(word) > 1}
        else:
            latin |= {
                word.strip(".'\"")
                for word in words
                if len(word.strip(".'\"")) > 2  # noqa: PLR2004 - initials name nobody
                and word not in _PLAIN
                and not word.isdecimal()
            }
    return Names(
        latin=_any_of(latin, r"(?<![^\W_])({})(?:['’]s)?(?![^\W_])"),
        japanese=_any_of(japanese, "({})"),
    )


def _any_of(words: set[str], pattern: str) -> re.Pattern[str] | None:
    if not words:
        return None
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(pattern.format("|".join(map(re.escape, longest_first))), re.IGNORECASE)


NOBODY = Names(latin=None, japanese=None)


def mask(text: str, names: Names = NOBODY) -> str:
    """Return a comment without e-mail addresses, links, phone numbers and names.

    >>> mask("Call 090-1234-5678 or a@example.com"), mask("０３（１２３４）５６７８ まで")
    ('Call [phone] or [e-mail]', '[phone] まで')
    """
    masked = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    masked = _LINK.sub(LINK, masked)
    masked = _EMAIL.sub(EMAIL, masked)
    masked = _SPOKEN_EMAIL.sub(EMAIL, masked)
    masked = _LOOSE_EMAIL.sub(EMAIL, masked)
    masked = _HANDLE.sub(NAME, masked)
    masked = _KANJI_NUMBER.sub(_if_phone, masked)
    masked = _SPELLED.sub(PHONE, masked)
    masked = _PHONE.sub(PHONE, masked)
    for known in (names.japanese, names.latin):
        if known is not None:
            masked = known.sub(NAME, masked)
    masked = _TITLE.sub(rf"\1 {NAME}", masked)
    return _HONORIFIC.sub(NAME, masked).strip()


def _if_phone(match: re.Match[str]) -> str:
    digits = [letter for letter in match[0].translate(_KANJI_DIGITS) if letter.isdecimal()]
    return PHONE if len(digits) >= _LEAST_DIGITS else match[0]
