"""Channels that messages are sent to: one per file, each with `NEEDS` and `send`.

`NEEDS` are the names of what it must know, `MAY` of what it may, all from variables of the
environment or from files these name (see `_secrets`). `send(message, known, seconds)` returns when
the message was taken and raises `NotTakenError` otherwise. Nothing secret is ever in an error.
"""
