"""Words of status columns for a script, which is written before anybody has seen the cells.

The script compares cells with all words that ltv knows and excludes rows by. A word in the cells
that means the same, but that this comparison misses, is added: then the script is another one, and
has to be written again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.read.columns import status_vocabulary
from ltvcli.read.columns.excluded_values import ANY_VALUE
from ltvcli.read.columns.status_columns import EXCLUDED, Watched
from ltvcli.read.columns.status_decisions import Decided, decided
from ltvcli.read.columns.status_words import REASONS
from ltvcli.read.tables import texts

_BETWEEN = "_-./:"
"""Separators between the words of a cell, besides blanks."""
_OPEN = ("words", "record", "flag", "unless", "environment")
"""Kinds of columns whose cells may hold any known word."""


def folded(cell: str) -> str:
    """Write the SQL of a cell as it is compared with known words.

    Args:
        cell: SQL of its text.
    """
    return f"lower(trim(translate({cell}, {texts.literal(_BETWEEN)}, {texts.literal(' ' * 5)})))"


def _folded(text: str) -> str:
    """Return a text as `folded` does in SQL.

    >>> _folded(" On-Hold ")
    'on hold'
    """
    return text.translate(str.maketrans(_BETWEEN, " " * len(_BETWEEN))).strip(" ").lower()


def widened(known: Decided, words: Mapping[str, str]) -> Decided:
    """Return the effects of all known words of a column, and of the unknown words in its cells.

    Args:
        known: the column with the words of its cells.
        words: what the user said of words, folded.
    """
    watched = known.watched
    listed = [(text, 0) for text in _vocabulary(watched, words)]
    wide = decided(known.number, watched, listed, words)
    meant = {word.text: word.meaning for word in wide.words}
    missed = [
        (_cell(watched, word.text), 0)
        for word in known.words
        if _matters(watched, word.meaning) and meant.get(_cell(watched, word.text)) != word.meaning
    ]
    return decided(known.number, watched, [*listed, *missed], words) if missed else wide


def _cell(watched: Watched, text: str) -> str:
    """Return the text of a cell as the script compares it."""
    return _folded(text) if is_folded(watched) else text


def is_folded(watched: Watched) -> bool:
    """Return whether cells of a column are compared folded."""
    return watched.status.kind in (*_OPEN, "typed")


def _matters(watched: Watched, meaning: str | None) -> bool:
    rules = watched.status.rules.values()
    return meaning in (EXCLUDED, *rules, *REASONS, status_vocabulary.SALE)


def _vocabulary(watched: Watched, words: Mapping[str, str]) -> Sequence[str]:
    """List the words that a column may hold."""
    status = watched.status
    if status.kind == "date":
        return ["1"]
    if status.kind == "values":
        return [*status.rules]
    excluded = [value for value in watched.excluded if value != ANY_VALUE]
    if status.kind == "typed":
        return excluded
    vocabulary = status_vocabulary.vocabulary()
    every = [
        *(word for listed in vocabulary["words"].values() for word in listed),
        *(word for listed in vocabulary["events"].values() for word in listed),
        *vocabulary["due"],
        *status_vocabulary.flags(),
        *status.rules,
        *status.codes,
        *words,
        *excluded,
    ]
    return [*dict.fromkeys(map(_folded, every))]
