"""States of subscriptions, from the words of a column or from a flag."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.errors import UnknownStatusError
from ltvcli.read.columns import status_columns, status_vocabulary, status_words, statuses
from ltvcli.read.columns.header_lookup import key
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.columns.status_decisions import Decided
from ltvcli.read.columns.status_words import Status
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions import vocabulary
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.fields import Query
from ltvcli.read.subscriptions.texts import Texts, all_match, case, tests_for, words_of
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

UNKNOWN_STATE = "unknown-status"
_AS_STATE = {
    "sale": "paying",
    "cancelled": "ended",
    "returned": "ended",
    "failed": "past-due",
    "unfinished": "never",
}
"""Meanings that a user may give a word, as states of a subscription."""
_STATE = re.compile(
    r"\b(status|state|statut|zustand|estado|etat|stato)\b|ステータス|状態|状況|区分"
)
_SUBSCRIPTION = re.compile(
    r"\b(subscription|plan|membership|contract|abo)\b|契約|定期|会員|サブスク"
)
_HALF = 0.5


def with_state(engine: DuckDB, sheet: Sheet, meaning: Meaning) -> Meaning:
    """Read the state from a column with a less usual header, if no other column has it.

    `is_active` = true is a state of paying, false one of ended; `Membership state` = live is one of
    paying. The cells decide: a flag holds yes and no only, and of other columns at least half of
    the rows are known states (so a `State` of CA and NY is left alone).

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
    """
    position = meaning.columns.position
    if meaning.shape == "payments" or {"status", "churned"} & position.keys():
        return meaning
    header = meaning.columns.header
    free = [at for at in range(len(header)) if at not in {*position.values()}]
    named = [at for at in free if is_active_flag(header[at]) or _may_be_state(header[at])]
    samples = status_columns.sample(engine, sheet, named)
    shares = {at: _known_share(header[at], samples.get(at, {})) for at in named}
    fitting = [at for at in named if shares[at] >= _HALF]
    if not fitting:
        return meaning
    about = [at for at in fitting if _SUBSCRIPTION.search(words_of(header[at]))]
    best = max(about or fitting, key=lambda at: shares[at])
    columns = replace(meaning.columns, position={**position, "status": best})
    return replace(meaning, columns=columns)


def _may_be_state(header: str) -> bool:
    """Return whether a header may name the state of a subscription, not of a payment.

    >>> [_may_be_state(header) for header in ("Membership state", "Payment status", "Plan")]
    [True, False, False]
    """
    if not _STATE.search(words_of(header)):
        return False
    status = statuses.column(header)
    return status is None or status.about in ("order", "other")


def _known_share(header: str, texts: Mapping[str, int]) -> float:
    """Return the share of rows with known words: for a flag, yes and no; else, states."""
    if is_active_flag(header):
        return 1.0 if all_match(texts, lambda text: status_words.is_set(text) is not None) else 0.0
    known = sum(rows for text, rows in texts.items() if status_words.state(text, {}, {}))
    return known / max(sum(texts.values()), 1)


def is_active_flag(header: str) -> bool:
    """Return whether a header asks whether a subscription runs, to be answered by yes or no.

    >>> is_active_flag("Is_Active"), is_active_flag("active users")
    (True, False)
    """
    return key(header) in vocabulary.active_flags()


def status_field(
    sheet: Sheet,
    meaning: Meaning,
    settings: ReadingSettings,
    query: Query,
    texts: Texts,
    decided: Sequence[Decided],
) -> str:
    """Return SQL of the state of a word: '' if unknown, NULL without such a column.

    Args:
        sheet: what was opened.
        meaning: what its columns mean.
        settings: meanings of words, as typed.
        query: gets the words as parameters.
        texts: different texts of the columns of words, with their rows.
        decided: what the words of other status columns do.
    """
    role = state_role(meaning, query)
    if role is None:
        return _flagged_state(meaning, query, decided)
    groups: dict[str, list[str]] = {}
    for text, _ in texts[role]:
        if state := state_of(text, role, meaning, settings):
            groups.setdefault(f"'{state}'", []).append(text)
    if not groups:
        column = meaning.columns.name(role)
        example = next((text for text, _ in texts[role]), "")
        raise UnknownStatusError(file=sheet.name, column=column, example=example)
    state = f"coalesce({case(query, query.cell[role], 'state', groups)}, '')"
    if "trial_end" not in query.cell and meaning.shape != "payments":
        for test in tests_for(query, decided, "trial"):
            state = f"case when {test} and {state} = 'paying' then 'trial' else {state} end"
    return state


def state_role(meaning: Meaning, query: Query) -> str | None:
    """Return the role of the column of states; None if there is none."""
    if "churned" in query.cell:
        return "churned"
    if "status" not in query.cell:
        return None
    return None if meaning.shape == "payments" and meaning.is_generic else "status"


def state_of(text: str, role: str, meaning: Meaning, settings: ReadingSettings) -> str | None:
    """Return the state of a word; None if it is unknown.

    Args:
        text: of the cell.
        role: `status` or `churned`.
        meaning: what the columns of the sheet mean.
        settings: meanings of words, as typed.
    """
    words = {
        status_vocabulary.fold(word): _AS_STATE.get(word_meaning, word_meaning)
        for word, word_meaning in settings.words_given.items()
    }
    if role == "status" and is_active_flag(meaning.columns.name("status")):
        flag = status_words.is_set(text)
        if flag is not None:
            return "paying" if flag else "ended"
    if role == "churned":
        is_set = status_words.is_set(text)
        if is_set is None:
            return status_words.state(text, vocabulary.churned(), words)
        return "ended" if is_set else "paying"
    return status_words.state(text, meaning.columns.profile.status, words)


def _flagged_state(meaning: Meaning, query: Query, decided: Sequence[Decided]) -> str:
    """Return SQL of the state by flags of cancelled subscriptions and of trials."""
    if meaning.shape == "payments":
        return "null::text"
    cases = []
    for reason, state in (("cancelled", "ended"), ("trial", "trial")):
        tests = tests_for(query, decided, reason)
        cases += [f"when {' or '.join(tests)} then '{state}'"] if tests else []
    return f"case {' '.join(cases)} end" if cases else "null::text"


def decided_states(meaning: Meaning, query: Query, texts: Texts) -> list[Decided]:
    """Describe the column of states like any other status column.

    Args:
        meaning: what the columns of the sheet mean.
        query: knows which columns are read.
        texts: different texts of the columns of words, with their rows.
    """
    role = state_role(meaning, query)
    if role is None:
        return []
    name, position = meaning.columns.name(role), meaning.columns.position[role]
    status = Status(position=position, header=name, kind="words")
    words = tuple(status_words.Word(text, rows, None) for text, rows in texts[role])
    return [Decided(number=-1, watched=Watched(status=status, excluded={}), words=words)]
