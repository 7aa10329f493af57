"""The message that a channel sends, and the error if the channel rejects it."""

from __future__ import annotations

from msgspec import Struct


class Message(Struct, frozen=True, kw_only=True):
    """A message in plain text: one line as its subject, and a body of lines."""

    subject: str
    body: str


class NotTakenError(Exception):
    """A channel rejected a message; the text says why and holds no secret."""
