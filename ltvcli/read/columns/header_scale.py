"""The scale that the header of an amount names: thousands, cents, millionths."""

from __future__ import annotations

import re

from ltvcli.read.columns import folding

_SCALES = (
    (re.compile(r"百万円?|\bmillions?\b|[(（\[](?:[a-z]{3} ?)?(?:m|mm|mio)[)）\]]"), 1_000_000),
    (re.compile(r"万円"), 10_000),
    (
        re.compile(
            r"千円|\bthousands?\b|\btausend\b|\bin 1[,.]?000s?\b|\b[05]?00s\b|'000s?|"
            r"[(（\[][$€£¥]?(?:[a-z]{3} ?)?k[$€£¥]?[)）\]]|\bk(?:usd|eur|gbp|jpy)\b"
        ),
        1_000,
    ),
    (
        re.compile(
            r"(?<![a-z])(?:cents?|centimes?|centimos?|pence|pennies|minor units?)(?![a-z])|セント"
        ),
        0.01,
    ),
    (re.compile(r"(?<![a-z])micros?(?![a-z])|マイクロ"), 0.000001),
)
_SEPARATOR = re.compile(r"[\s_]+")


def scale_of(header: str) -> float:
    """Return the factor of numbers below this header; 1 if the header states none.

    >>> scale_of("Spend (k)"), scale_of("広告費（千円）"), scale_of("cost_micros"), scale_of("cost")
    (1000, 1000, 1e-06, 1)
    >>> scale_of("mrr_in_cents"), scale_of("percent")
    (0.01, 1)
    """
    folded = _SEPARATOR.sub(" ", folding.folded(header))
    return next((scale for pattern, scale in _SCALES if pattern.search(folded)), 1)


def without_scale(header: str) -> str:
    """Return a header without the words that name a scale.

    >>> without_scale("Spend (k)"), without_scale("cost_micros"), without_scale("広告費(千円)")
    ('spend', 'cost', '広告費')
    """
    if scale_of(header) == 1:
        return header
    folded = _SEPARATOR.sub(" ", folding.folded(header))
    for pattern, _ in _SCALES:
        folded = pattern.sub("", folded)
    return re.sub(r"[(\[]\s*[)\]]|\bin$", "", folded.strip()).strip(" _-")
