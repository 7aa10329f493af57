"""States of the rules of `ltv check`, and messages to be sent.

A change of state and its messages are kept in one transaction, before anything is sent: what a
channel did not take is there for the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from msgspec import Struct

from ltvcli.record.connection import telling, transaction
from ltvcli.record.history_file import History

Key = tuple[str, str]
"""A rule and a segment; "" is all customers."""


class KeptState(Struct, frozen=True, kw_only=True):
    """The state of a rule and segment.

    Attributes:
        state: "ok", "pending", "firing", "no data" or "resolved".
        since: the day of the data on which it began.
        runs: in a row in which the condition held.
        alarmed: whether it fired and has not been resolved since.
        run: number of the run that led to it.
    """

    state: str
    since: date
    runs: int
    alarmed: bool
    run: int


class Letter(Struct, frozen=True, kw_only=True):
    """A message to one channel, in plain text."""

    channel: str
    subject: str
    body: str


class KeptLetter(Letter, frozen=True, kw_only=True):
    """A stored message; `number` identifies it when it is marked as sent."""

    number: int
    key: Key


Change = tuple[Key, KeptState, Sequence[Letter]]
"""A new state of a rule and segment, and the message about it."""


def latest(history: History, scope: str) -> dict[Key, KeptState]:
    """Return the state that each rule and segment of one ltv.yaml is in.

    Args:
        history: to be read.
        scope: path of the ltv.yaml.
    """
    with telling(history.path):
        rows = history.connection.execute(
            "SELECT rule, segment, state, since, runs, alarmed, run FROM states WHERE number IN"
            " (SELECT max(number) FROM states WHERE scope = ? GROUP BY rule, segment)",
            [scope],
        ).fetchall()
    return {
        (rule, segment): KeptState(
            state=state,
            since=date.fromisoformat(since),
            runs=runs,
            alarmed=bool(alarmed),
            run=run or 0,
        )
        for rule, segment, state, since, runs, alarmed, run in rows
    }


def runs_of(history: History, scope: str) -> list[int]:
    """List the numbers of the runs that evaluated the rules of one ltv.yaml, oldest first.

    Args:
        history: to be read.
        scope: path of the ltv.yaml.
    """
    with telling(history.path):
        rows = history.connection.execute(
            "SELECT DISTINCT run FROM states WHERE scope = ? AND run IS NOT NULL ORDER BY run",
            [scope],
        ).fetchall()
    return [number for (number,) in rows]


def advance(
    history: History, scope: str, following: Callable[[Mapping[Key, KeptState]], Sequence[Change]]
) -> None:
    """Go from the latest states to the next, and keep the messages to send, in one transaction.

    Args:
        history: to be written to.
        scope: path of the ltv.yaml.
        following: gives the changes, from the latest states.

    Raises:
        LtvError: they cannot be written; none was.
    """
    connection = history.connection
    with telling(history.path), transaction(connection):
        for (rule, segment), state, letters in following(latest(history, scope)):
            row = connection.execute(
                "INSERT INTO states (scope, rule, segment, state, since, runs, alarmed, run)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
                [
                    *(scope, rule, segment, state.state, state.since.isoformat()),
                    *(state.runs, int(state.alarmed), state.run),
                ],
            ).fetchone()
            connection.executemany(
                "INSERT INTO messages (state, channel, subject, body) VALUES (?, ?, ?, ?)",
                [(row[0], letter.channel, letter.subject, letter.body) for letter in letters],
            )


def unsent(history: History, scope: str, channels: Sequence[str]) -> list[KeptLetter]:
    """List the messages that are not delivered yet, oldest first.

    Args:
        history: to be read.
        scope: path of the ltv.yaml.
        channels: that are notified in this run.
    """
    with telling(history.path):
        rows = history.connection.execute(
            "SELECT messages.number, rule, segment, channel, subject, body FROM messages"
            " JOIN states ON states.number = messages.state"
            " WHERE messages.told_at IS NULL AND scope = ? ORDER BY messages.number",
            [scope],
        ).fetchall()
    return [
        KeptLetter(number=number, key=(rule, segment), channel=channel, subject=subject, body=body)
        for number, rule, segment, channel, subject, body in rows
        if channel in channels
    ]


def mark_sent(history: History, numbers: Sequence[int], at: datetime) -> None:
    """Mark messages as sent, and a state once all of its messages are.

    Args:
        history: to be written to.
        numbers: of the messages.
        at: when, with its zone.

    Raises:
        LtvError: it cannot be written.
    """
    when = at.astimezone(UTC).isoformat(timespec="microseconds")
    with telling(history.path), transaction(history.connection):
        history.connection.executemany(
            "UPDATE messages SET told_at = ? WHERE number = ?",
            [(when, number) for number in numbers],
        )
        history.connection.executemany(
            "UPDATE states SET told_at = ?1 WHERE told_at IS NULL"
            " AND number = (SELECT state FROM messages WHERE number = ?2) AND NOT EXISTS"
            " (SELECT 1 FROM messages WHERE state = states.number AND told_at IS NULL)",
            [(when, number) for number in numbers],
        )
