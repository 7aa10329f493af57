"""Inputs of a command: files, or with --source a table of a database."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.errors import (
    FactsAndInputError,
    FixedInScriptError,
    SourceWithoutTableError,
    TimezoneWithoutSourceError,
    WhereWithoutSourceError,
)
from ltvcli.settings import settings as config
from ltvcli.settings.origins import override

if TYPE_CHECKING:
    from datetime import date

    from ltvcli.settings.settings import Settings


def resolved(
    typed: Mapping[str, Any], table: str | None, today: date | None
) -> tuple[Sequence[Any], Settings, str | None]:
    """Return the inputs, all settings, and the table that --format csv writes.

    With --source, --table names the table that is read. With --facts, it is that of the script.

    Args:
        typed: options of the command, with `files`, `source`, `where` and `timezone`.
        table: --table, as typed.
        today: the day on which this runs.

    Raises:
        SourceWithoutTableError: --source was given without a table.
        WhereWithoutSourceError: --where was given without --source.
        TimezoneWithoutSourceError: --timezone was given without --source.
        UsageError: a setting cannot be used.
    """
    files = typed.get("files") or []
    if typed.get("facts") is not None:
        return *_of_facts(typed, files, today), table
    source, where, zone = (typed.get(name) for name in ("source", "where", "timezone"))
    if source is None:
        if where is not None:
            raise WhereWithoutSourceError
        if zone is not None:
            raise TimezoneWithoutSourceError
        return files, config.resolve(typed, os.environ, files, today=today), table
    from ltvcli.engines import addresses

    if not table:
        raise SourceWithoutTableError
    address = addresses.read(source)
    inputs = [addresses.Table(address=address, name=table, where=where, timezone=zone), *files]
    settings = config.resolve(typed, os.environ, inputs, today=today)
    words = ["--source", address.shown, "--table", table]
    words += ["--where", where] if where is not None else []
    words += ["--timezone", zone] if zone is not None else []
    return inputs, override(settings, typed=(*words, *settings.typed)), None


def _of_facts(
    typed: Mapping[str, Any], files: Sequence[Any], today: date | None
) -> tuple[Sequence[Any], Settings]:
    """Return the table whose results are in a folder, and all settings, including the script's.

    Args:
        typed: options of the command, with `facts`.
        files: as typed.
        today: the day on which this runs.

    Raises:
        FactsAndInputError: files or a table were given besides.
        FixedInScriptError: an option that the script depends on has another value.
        InputError: the results cannot be used.
    """
    from ltvcli.pipeline import scripts

    folder = str(typed["facts"])
    if files or any(typed.get(name) is not None for name in ("source", "where", "timezone")):
        raise FactsAndInputError
    facts = scripts.read(folder)
    words = [
        word
        for name in scripts.FIXED
        for value in scripts.typed_values(typed.get(name))
        for word in (_flag(name), *([str(value)] if value is not True else []))
    ]
    facts.results.again = shlex.join([*shlex.split(facts.results.again), *words])
    options = facts.asked.options
    changed = [
        name
        for name in scripts.ONLY_IN_SCRIPT
        if scripts.typed_values(typed.get(name))
        not in ([], scripts.typed_values(options.get(name)))
    ]
    if changed:
        raise FixedInScriptError(option=_flag(changed[0]), command=facts.results.again)
    inputs = [scripts.table(facts)]
    given = dict(typed)
    given |= {
        name: value for name, value in options.items() if not scripts.typed_values(typed.get(name))
    }
    settings = config.resolve(given, os.environ, inputs, today=today)
    again = config.resolve(typed, os.environ, inputs, today=today).typed
    return inputs, override(settings, typed=("--facts", folder, *again))


def _flag(name: str) -> str:
    """Return the flag of a parameter.

    >>> _flag("from_"), _flag("new_since")
    ('--from', '--new-since')
    """
    return "--" + name.strip("_").replace("_", "-")
