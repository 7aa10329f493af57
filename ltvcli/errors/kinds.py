"""What kinds of errors there are; the kind says how ltv exits."""

from __future__ import annotations

from ltvcli.language import N_


class LtvError(Exception):
    """Anything the user can act on. Shown as two lines, never as a traceback."""

    exit_code = 3
    problem = ""
    hint = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.problem.format(**facts))
        self.facts = facts


class UsageError(LtvError):
    """What was typed or configured cannot be used."""

    exit_code = 2


class InputError(LtvError):
    """A file that came in cannot be used."""


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
