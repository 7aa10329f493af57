"""Kinds of errors; the kind decides the exit code."""

from __future__ import annotations

from ltvcli.language import N_, Marked, Written


class LtvError(Exception):
    """Anything the user can act on. Shown as two lines, never as a traceback."""

    exit_code = 3
    problem = ""
    hint = ""
    ours: tuple[str, ...] = ("label",)
    """Facts that are texts of ours where the catalogue has them; all others are data."""

    def __init__(self, **facts: object) -> None:
        written = {name: Written(_plain(fact)) for name, fact in facts.items()}
        super().__init__(self.problem.format(**written))
        self.facts = {
            name: Marked(fact) if name in self.ours and isinstance(fact, str) else fact
            for name, fact in facts.items()
        }


class UsageError(LtvError):
    """An option or a setting cannot be used."""

    exit_code = 2


class InputError(LtvError):
    """An input file cannot be used."""


class SourceError(LtvError):
    """A database, or the results of a script, cannot be used.

    An answer may leave out a part for which the data is insufficient, which is an InputError, but
    never one that could not be read.
    """


class UnansweredError(LtvError):
    """The input is fine, but the data cannot answer the question."""

    exit_code = 4


class InternalError(LtvError):
    """We broke a promise to ourselves; printing a number would be worse."""

    exit_code = 70
    problem = N_("Internal check failed: {what}.")
    hint = N_(
        "This is a bug in ltv, no result was printed; please report it with the command typed."
    )


def _plain(fact: object) -> str:
    """Write a fact for the message of an exception, which has no language; a list with commas."""
    if isinstance(fact, (list, tuple)):
        return ", ".join(map(_plain, fact))
    return str(fact)
