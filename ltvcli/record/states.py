"""States of the rules of `ltv check`: every change is kept, and who has to be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ltvcli.record.history_file import History, telling, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class NewState:
    """A change of state of a rule.

    Attributes:
        rule: its name.
        segment: it is about; "" for all customers.
        state: it is in now, as "firing".
        since: the day of the data on which that began.
        run: whose figures showed it; None where that run is not in the history.
    """

    rule: str
    segment: str = ""
    state: str
    since: date
    run: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State(NewState):
    """A change of state as it was kept; `told_at` is None until somebody was told of it."""

    number: int
    told_at: datetime | None


def add(history: History, states: Sequence[NewState]) -> list[int]:
    """Keep changes of state in one transaction; return their numbers.

    Raises:
        LtvError: they cannot be written; none was.
    """
    numbers: list[int] = []
    with telling(history.path), transaction(history.connection):
        for state in states:
            row = history.connection.execute(
                "INSERT INTO states (rule, segment, state, since, run) VALUES (?, ?, ?, ?, ?)"
                " RETURNING number",
                [state.rule, state.segment, state.state, state.since.isoformat(), state.run],
            ).fetchone()
            numbers.append(row[0])
    return numbers


def latest(history: History) -> list[State]:
    """List the state that each rule and segment is in, by rule and segment."""
    return _selected(
        history,
        "SELECT number, rule, segment, state, since, run, told_at FROM states WHERE number IN"
        " (SELECT max(number) FROM states GROUP BY rule, segment) ORDER BY rule, segment",
    )


def changes(history: History) -> list[State]:
    """List every change of state, the oldest first."""
    return _selected(
        history,
        "SELECT number, rule, segment, state, since, run, told_at FROM states ORDER BY number",
    )


def tell(history: History, numbers: Sequence[int], at: datetime) -> None:
    """Note that somebody was told of changes of state.

    Args:
        history: to be written to.
        numbers: of the changes.
        at: when, with its zone.

    Raises:
        LtvError: it cannot be written.
    """
    written = at.astimezone(UTC).isoformat()
    with telling(history.path), transaction(history.connection):
        history.connection.executemany(
            "UPDATE states SET told_at = ? WHERE number = ? AND told_at IS NULL",
            [(written, number) for number in numbers],
        )


def _selected(history: History, query: str) -> list[State]:
    with telling(history.path):
        rows = history.connection.execute(query).fetchall()
    return [_state(*row) for row in rows]


def _state(
    number: int, rule: str, segment: str, state: str, since: str, run: int | None, told_at: Any
) -> State:
    return State(
        number=number,
        rule=rule,
        segment=segment,
        state=state,
        since=date.fromisoformat(since),
        run=run,
        told_at=datetime.fromisoformat(told_at) if told_at else None,
    )
