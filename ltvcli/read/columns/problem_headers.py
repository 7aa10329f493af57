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


class Problem(NamedTuple):
    """What a header says.

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
        """Compile the words, folded, into one pattern; longer words come first."""
        events = words["events"]
        assert isinstance(events, Mapping)
        kinds = {**events, **{kind: listed for kind, listed in words.items() if kind != "events"}}
        self._kinds = {word: kind for kind, listed in kinds.items() for word in listed}
        longest_first = sorted(self._kinds, key=len, reverse=True)
        self._word = re.compile(f" ?({'|'.join(map(_pattern, longest_first))}) ?")
        self._events = set(events)

    def read(self, name: str) -> Problem | None:
        """Return the problem that a folded header speaks of; None if it speaks of anything else."""
        kinds: set[str] = set()
        start = 0
        while start < len(name):
            match = self._word.match(name, start)
            if match is None:
                return None
            kinds.add(self._kinds[match[1]])
            start = match.end()
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


def _pattern(word: str) -> str:
    """Return a pattern for a word; a short one, such as "of", only where it stands alone."""
    is_short = word.isascii() and len(word) <= _SHORT
    return rf"\b{re.escape(word)}\b" if is_short else re.escape(word)
