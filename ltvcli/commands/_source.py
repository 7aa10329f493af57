"""Inputs of a command: files, or with --source a table of a database."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ltvcli.errors import SourceWithoutTableError, WhereWithoutSourceError
from ltvcli.settings import settings as config

if TYPE_CHECKING:
    from datetime import date

    from ltvcli.settings.settings import Settings


def resolved(
    typed: Mapping[str, Any], table: str | None, today: date | None
) -> tuple[Sequence[Any], Settings, str | None]:
    """Return the inputs, all settings, and the table that --format csv writes.

    With --source, --table names the table that is read.

    Args:
        typed: options of the command, with `files`, `source` and `where`.
        table: --table, as typed.
        today: the day on which this runs.

    Raises:
        SourceWithoutTableError: --source was given without a table.
        WhereWithoutSourceError: --where was given without --source.
        UsageError: a setting cannot be used.
    """
    files = typed.get("files") or []
    source, where = typed.get("source"), typed.get("where")
    if source is None:
        if where is not None:
            raise WhereWithoutSourceError
        return files, config.resolve(typed, os.environ, files, today=today), table
    from ltvcli.engines import addresses

    if not table:
        raise SourceWithoutTableError
    address = addresses.read(source)
    inputs = [addresses.Table(address=address, name=table, where=where), *files]
    settings = config.resolve(typed, os.environ, inputs, today=today)
    words = ["--source", address.shown, "--table", table]
    words += ["--where", where] if where is not None else []
    return inputs, replace(settings, typed=(*words, *settings.typed)), None
