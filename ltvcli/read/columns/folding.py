"""Normalise text, so that headers and words can be compared."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return a text in usual width and lower case.

    >>> folded("ＴＯＴＡＬ"), folded("Straße")
    ('total', 'strasse')
    """
    return unicodedata.normalize("NFKC", text).casefold()


def without_accents(text: str) -> str:
    """Remove accents from Latin letters; letters of other scripts keep their marks.

    >>> without_accents("währung"), without_accents("ガ")
    ('wahrung', 'ガ')
    """
    if text.isascii():
        return text
    bases = [unicodedata.normalize("NFD", letter)[0] for letter in text]
    return "".join(
        base if base.isascii() else letter for base, letter in zip(bases, text, strict=True)
    )
