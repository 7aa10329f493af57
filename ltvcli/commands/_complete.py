"""Shell completion of values: names of formats, terms, exports, ..."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ltvcli import registry

Complete = Callable[[str], list[str]]
"""A function from an incomplete word to its completions."""


def among(known: Iterable[str]) -> Complete:
    """Return a function that completes one of `known`.

    >>> among(["csv", "json"])("j")
    ['json']
    """
    every = tuple(known)

    def complete(incomplete: str) -> list[str]:
        return [word for word in every if word.startswith(incomplete)]

    return complete


def commands(incomplete: str) -> list[str]:
    """Complete the name of a command."""
    from ltvcli import commands as folder

    return among(registry.names(folder))(incomplete)


def conventions(incomplete: str) -> list[str]:
    """Complete the name of a convention."""
    from ltvcli.analyses.mrr.conventions import CONVENTIONS

    return among(CONVENTIONS)(incomplete)


def terms(incomplete: str) -> list[str]:
    """Complete a term of `ltv explain`."""
    from ltvcli.commands._glossary import every_term

    return among(str(name) for name, _ in every_term())(incomplete)


def exports(incomplete: str) -> list[str]:
    """Complete the name of an export."""
    from ltvcli.read import profiles

    return among(name.replace("_", "-") for name in profiles.names())(incomplete)


def models(incomplete: str) -> list[str]:
    """Complete the name of a forecast."""
    from ltvcli.analyses.predict.answer import MODELS

    return among(MODELS)(incomplete)


def documents(incomplete: str) -> list[str]:
    """Complete the name of a command whose JSON has a schema."""
    from ltvcli.formats._schema import COMMANDS

    return among(COMMANDS)(incomplete)
