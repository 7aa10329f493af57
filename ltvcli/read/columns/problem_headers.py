"""Headers of columns that are filled or set only where something went wrong with an order.

A header is read by what it is made of, so that "Reason for the return", `chargeback_id` and
`返金理由` need no list of their own. The words stand in `statuses.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

CANCELLATION_NOTED = "cancellation-noted"
REFUND_NOTED = "refund-noted"
DISPUTED = "disputed"
SUSPECTED_FRAUD = "suspected-fraud"
DOUBTFUL = (DISPUTED, REFUND_NOTED, CANCELLATION_NOTED, SUSPECTED_FRAUD)
"""Meanings of cells whose rows count in full, although the money may be lost, or a part of it."""

_CERTAIN = ("cancelled", "returned")
_SHORT = 3  # words up to this many letters have to stand alone
_EDGE = re.compile(r"\b")


class Problem(NamedTuple):
    """The meaning of a header.

    Attributes:
        meaning: `cancelled` or `returned`, which exclude a row, or one of DOUBTFUL.
        is_filled: whether every filled cell means it, as in a column of reasons; otherwise the
            cells say yes or no.
    """

    meaning: str
    is_filled: bool


class ProblemHeaders:
    """Read headers with the words of the block `problems` of `statuses.yaml`."""

    def __init__(self, words: Mapping[str, Mapping[str, Sequence[str]] | Sequence[str]]) -> None:
        """Sort the folded words, longest first."""
        events = words["events"]
        assert isinstance(events, Mapping)
        kinds = {**events, **{kind: listed for kind, listed in words.items() if kind != "events"}}
        self._kinds = {word: kind for kind, listed in kinds.items() for word in listed}
        self._longest_first = sorted(self._kinds, key=len, reverse=True)
        self._events = set(events)

    def read(self, name: str) -> Problem | None:
        """Return the problem that a folded header names; None for any other header."""
        kinds: set[str] = set()
        start = 0
        while start < len(name):
            start += name.startswith(" ", start)
            word = next((word for word in self._longest_first if _is_at(word, name, start)), None)
            if word is None:
                return None
            kinds.add(self._kinds[word])
            start += len(word)
            start += name.startswith(" ", start)
        events = kinds & self._events
        if len(events) != 1:
            return None
        (event,) = events
        if "amounts" in kinds:
            return Problem(REFUND_NOTED if event in _CERTAIN else event, True)
        if "reasons" in kinds:
            return Problem(event, True)
        if "fields" in kinds:
            return Problem(CANCELLATION_NOTED if event == "cancelled" else event, True)
        return None if "people" in kinds else Problem(event, False)


def _is_at(word: str, name: str, start: int) -> bool:
    """Return whether a word is in a name from `start`; a short one, such as "of", must be a word.

    One pattern of all words takes 30 ms to compile, and only a few headers are ever read.
    """
    if not name.startswith(word, start):
        return False
    is_short = word.isascii() and len(word) <= _SHORT
    return not is_short or all(_EDGE.match(name, at) for at in (start, start + len(word)))
