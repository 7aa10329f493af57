"""Errors for mistakes in a command line, with suggestions."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from difflib import get_close_matches

import typer

from ltvcli.errors import (
    BrokenOptionError,
    ExtraWordsError,
    LtvError,
    MisspeltOptionError,
    NotACommandError,
    OptionNeedsValueError,
    OptionTakesNoValueError,
    UnknownOptionError,
)


def not_a_command(typed: Sequence[str], known: Sequence[str]) -> NotACommandError:
    """Suggest `ltv calc FILE` for a file, else the commands with the nearest names."""
    name = typed[0]
    near = [f"ltv {match}" for match in get_close_matches(name, known, n=2)]
    if not near and ("." in name or os.path.exists(name)):
        near = [shlex.join(["ltv", "calc", *typed])]
    return NotACommandError(name=name, near=near or ["ltv help"])


def from_typer(error: typer.TyperException) -> LtvError:
    """Return our error for a mistake in the command line.

    Typer has no types for these mistakes: its English messages distinguish them.
    """
    message = getattr(error, "format_message", error.__str__)()
    if words := re.fullmatch(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", message):
        return ExtraWordsError(words=words[1])
    option = getattr(error, "option_name", None)
    if option is None:
        return BrokenOptionError(message=message)
    if not hasattr(error, "possibilities"):
        if "does not take a value" in message:
            return OptionTakesNoValueError(option=option)
        return OptionNeedsValueError(option=option)
    if near := error.possibilities:
        return MisspeltOptionError(option=option, near=sorted(near))
    return UnknownOptionError(option=option)
