"""Rows of subscriptions to exclude, by the words of their status columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.read.columns import (
    status_columns,
    status_decisions,
    status_vocabulary,
    status_words,
    statuses,
)
from ltvcli.read.columns.status_columns import EXCLUDED, Watched
from ltvcli.read.columns.status_decisions import Decided
from ltvcli.read.columns.status_words import REASONS
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.fields import Query
from ltvcli.read.subscriptions.states import UNKNOWN_STATE, state_of, state_role
from ltvcli.read.subscriptions.texts import Texts, tests_for
from ltvcli.results import StatusWord
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_ENDS = {"cancelled", "trial"}
"""What a flag says of the subscription, where a row is more than a payment."""


def decide(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: ReadingSettings, texts: Texts
) -> list[Decided]:
    """Decide the effects of words in other status columns, and of --exclude.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
        settings: meanings of words, and what the user excludes.
        texts: different texts of the columns of words, with their rows.
    """
    watched_columns = status_columns.watch(engine, sheet, meaning.columns, settings)
    taken = meaning.columns.position
    payments = meaning.shape == "payments" and meaning.is_generic
    if payments and "status" in taken:
        # A state is that of the subscription, not of a payment, unless its words describe payments.
        status = statuses.column(sheet.header[taken["status"]])
        if status is not None and _are_of_payments([text for text, _ in texts.get("status", [])]):
            watched_columns = (
                *watched_columns,
                Watched(
                    status=replace(status, position=taken["status"], about="payment"), excluded={}
                ),
            )
    words = {
        status_vocabulary.fold(word): word_meaning
        for word, word_meaning in settings.words_given.items()
    }
    source, parameters = scan.relation(sheet)
    decided = []
    for number, watched in enumerate(watched_columns):
        values: dict[str, Any] = {}
        cell = watched.cell(number, values)
        rows = engine.execute(
            f"select cell, count(*) from (select {cell} as cell from {source}) "
            "where cell is not null group by cell order by count(*) desc, cell",
            {**parameters, **values},
        ).fetchall()
        decided.append(status_decisions.decided(number, watched, rows, words))
    return decided


def _are_of_payments(words: Sequence[str]) -> bool:
    """Return whether words describe payments: one means paid, or none is a state.

    Open, canceled or expired apply to invoices and to subscriptions; paid decides.
    """
    only_states = [word for word in words if _is_state_only(word)]
    paid = [word for word in words if status_words.payment(word) == status_vocabulary.SALE]
    return not only_states or any(word not in only_states for word in paid)


def _is_state_only(text: str) -> bool:
    """Return whether a word is about a subscription and never about a payment."""
    return status_words.state(text, {}, {}) in ("paying", "trial", "paused", "ended") and (
        status_words.payment(text) is None
        or status_vocabulary.fold(text) in ("active", "live", "trialing")
    )


def row_reason(
    meaning: Meaning,
    settings: ReadingSettings,
    query: Query,
    texts: Texts,
    decided: Sequence[Decided],
) -> str:
    """Return SQL of the reason why a row does not count.

    Args:
        meaning: what the columns of the sheet mean.
        settings: meanings of words, as typed.
        query: gets the words as parameters.
        texts: different texts of the columns of words, with their rows.
        decided: what the words of other status columns do.
    """
    rules = meaning.columns.profile.leave_out
    order = [EXCLUDED, *(rule.reason for rule in rules), *REASONS]
    is_payment = meaning.shape == "payments"
    cases = []
    for reason in dict.fromkeys(order):
        if reason in _ENDS and not is_payment:
            continue
        tests = tests_for(query, decided, reason)
        if reason == "returned" and meaning.columns.profile.net_of_refunds:
            tests = [f"({test} and coalesce(gross, 0) <= 0)" for test in tests]
        tests += _tests_of_states(meaning, settings, query, texts, reason)
        cases += [f"when {' or '.join(tests)} then '{reason}'"] if tests else []
    if meaning.is_generic:
        cell = query.cell["customer"]
        sums = [f"case when {query.has_tidy_id('customer')} then false else is_total({cell}) end"]
        sums += ["is_total(c0)"] if cell != "c0" else []
        cases.insert(0, f"when {' or '.join(sums)} then 'total-row'")
    if "renewal" in query.cell:
        cell = query.cell["renewal"]
        cases.append(f"when is_nobody(trim(coalesce({cell}, ''))) then 'not-recurring'")
    return f"case {' '.join(cases)} end" if cases else "null::text"


def _tests_of_states(
    meaning: Meaning, settings: ReadingSettings, query: Query, texts: Texts, reason: str
) -> list[str]:
    """Write tests for states that exclude a row: a test, or no sale."""
    role = state_role(meaning, query)
    if role is None or reason not in ("test", "not-a-sale"):
        return []
    state_texts = [t for t, _ in texts[role] if state_of(t, role, meaning, settings) == reason]
    if not state_texts:
        return []
    name = f"words{len(query.values)}"
    query.values[name] = state_texts
    return [f"coalesce(list_position(${name}, {query.cell[role]}) > 0, false)"]


def status_record(
    decided: Sequence[Decided],
    meaning: Meaning,
    query: Query,
    settings: ReadingSettings,
    texts: Texts,
) -> tuple[StatusWord, ...]:
    """List the words of states and of other status columns with their effects.

    Args:
        decided: what the words of other status columns do.
        meaning: what the columns of the sheet mean.
        query: knows which columns are read.
        settings: meanings of words, as typed.
        texts: different texts of the columns of words, with their rows.
    """
    record = []
    role = state_role(meaning, query)
    if role is not None:
        record = [
            StatusWord(
                column=meaning.columns.name(role),
                word=text,
                rows=rows,
                meaning=state_of(text, role, meaning, settings) or UNKNOWN_STATE,
                is_state=True,
            )
            for text, rows in texts[role]
        ]
    for column in decided:
        record += status_decisions.listed(column, {})
    return tuple(record)
