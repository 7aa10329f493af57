"""Decide the effect of each status word: the row counts, is excluded, or is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import ExcludedValueError, UnusedWordError
from ltvcli.read.columns import status_vocabulary, status_words
from ltvcli.read.columns.excluded_values import ANY_VALUE
from ltvcli.read.columns.status_columns import EXCLUDED, Watched
from ltvcli.read.columns.status_words import Status
from ltvcli.results import StatusWord
from ltvcli.settings.reading import ReadingSettings

UNLISTED = ("typed", "values")  # kinds of columns that are not statuses
_SHOWN = 20  # at most this many words of a column are recorded


class Decided(Struct, frozen=True, kw_only=True):
    """The effects of the words of one watched column; `number` is that of its stored cells."""

    number: int
    watched: Watched
    words: tuple[status_words.Word, ...]


def _words(
    status: Status, rows: Sequence[tuple[str, int]], words: Mapping[str, str]
) -> tuple[status_words.Word, ...]:
    return tuple(
        status_words.Word(
            "" if status.kind == "date" else text, count, status_words.meaning(status, text, words)
        )
        for text, count in rows
        if not status_vocabulary.is_blank(text)
    )


def decided(
    number: int,
    watched: Watched,
    texts: Sequence[tuple[str, int]],
    words: Mapping[str, str],
) -> Decided:
    """Decide the effect of each text of a column.

    Args:
        number: of the column among those watched.
        watched: the column.
        texts: its texts with their rows.
        words: meanings given by the user, by folded word.
    """
    status = watched.status
    if status.kind == "typed":
        read = tuple(status_words.Word(text, count, None) for text, count in texts)
    else:
        read = _words(status, texts, words)
    word_meanings = [
        replace(word, meaning=EXCLUDED) if _is_excluded(watched, word.text) else word
        for word in read
    ]
    return Decided(number=number, watched=watched, words=tuple(word_meanings))


def _is_excluded(watched: Watched, text: str) -> bool:
    return bool(watched.excluded) and status_vocabulary.fold(text) in watched.excluded


def check_used(decided: Sequence[Sequence[Decided]], settings: ReadingSettings) -> None:
    """Check that every value and word in the settings occurs in a row."""
    from difflib import get_close_matches

    every = [column for decideds in decided for column in decideds]
    for text in settings.exclude:
        columns = [column for column in every if text in column.watched.excluded.values()]
        wanted = {
            v for column in columns for v, typed in column.watched.excluded.items() if typed == text
        }
        texts = [word.text for column in columns for word in column.words]
        if not (texts and ANY_VALUE in wanted) and not wanted & {
            *map(status_vocabulary.fold, texts)
        }:
            value = text.partition("=")[2]
            near = get_close_matches(value, texts, cutoff=0.4) or texts[:_SHOWN]
            column = next(
                (watching.watched.status.header for watching in columns), text.partition("=")[0]
            )
            raise ExcludedValueError(column=column, value=value, near=", ".join(near))
    held = [
        word.text
        for column in every
        if column.watched.status.kind not in ("date", "values", "typed")
        for word in column.words
    ]
    for word in settings.words_typed:
        if not any(status_words.is_same(word, text) for text in held):
            near = get_close_matches(word, held, cutoff=0.4) or held[:_SHOWN]
            raise UnusedWordError(word=word, near=", ".join(near) or "-")


def listed(column: Decided, counted: Mapping[str, tuple[int, float]]) -> list[StatusWord]:
    """List the words of one column: the most frequent, and those that leave a doubt.

    Args:
        column: with its words.
        counted: number and revenue of the orders that count, by word, as far as they are known.
    """
    kind = column.watched.status.kind
    if kind in UNLISTED or (
        kind == "record" and all(word.meaning == status_vocabulary.SALE for word in column.words)
    ):
        return []
    kept = [n for n, word in enumerate(column.words) if n < _SHOWN or word.meaning is None]
    words = []
    for word in (column.words[n] for n in kept[: 2 * _SHOWN]):
        orders, revenue = counted.get("1" if kind == "date" else word.text, (None, None))
        words.append(
            StatusWord(
                column=column.watched.status.header,
                word=word.text or None,
                rows=word.rows,
                meaning=word.meaning,
                orders=orders,
                revenue=revenue,
            )
        )
    return words
