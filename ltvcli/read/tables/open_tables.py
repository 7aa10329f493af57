"""Open a table of a database: names and types of its columns, and the condition of --where."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli.engines import addresses
from ltvcli.engines.addresses import Address, Table
from ltvcli.errors import (
    InternalError,
    LtvError,
    NoTableError,
    QueryFailedError,
    SourceAndFilesError,
    WhereError,
)
from ltvcli.language import N_
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.tables.types import kind as known
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


@contextmanager
def named(given: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Give each Spark DataFrame a name in its session while it is read; all else stays as it is.

    Args:
        given: what is to be read.
    """
    inputs = list(given)
    with ExitStack() as stack:
        for place, frame in enumerate(given):
            if type(frame).__module__.startswith("pyspark.sql"):
                name = f"ltv_{uuid.uuid4().hex[:8]}_frame"
                session = frame.sparkSession
                frame.createOrReplaceTempView(name)
                stack.callback(session.catalog.dropTempView, name)
                inputs[place] = Table(address=Address("spark"), name=name, session=session)
        yield inputs


def open_all(given: Sequence[Any], settings: ReadingSettings, temp: Path) -> list[Sheet]:
    """Open a table as a sheet: its columns are known, its rows stay in the database.

    Args:
        given: the table.
        settings: of which the memory limit matters here.
        temp: private folder, deleted by the caller.

    Raises:
        SourceAndFilesError: more than the table was given.
        InputError: there is no such database or table.
        TimezoneError: --timezone names no time zone.
        WhereError: --where is no condition on its rows.
    """
    table, *files = given
    if files or not isinstance(table, Table):
        raise SourceAndFilesError
    table = addresses.with_known_zone(table)
    columns = table.script.columns if table.script else _described(table, settings, temp)
    types = {name: _type(kind, table) for name, kind in columns.items()}
    zone = addresses.zone(table)
    return [
        Sheet(
            name=table.shown,
            shape="table",
            header=tuple(types),
            digest="",
            path=temp,
            table=table,
            types=tuple(types.values()),
            zones={name: zone for name, kind in types.items() if known(kind) == "moment"},
        )
    ]


def _described(table: Table, settings: ReadingSettings, temp: Path) -> dict[str, str]:
    """Return the columns of a table with their types, after a check of --where."""
    with addresses.open(table, temp, settings.memory) as engine:
        try:
            columns = engine.describe(table.described_as)
        except NoTableError:
            raise NoTableError(place=table.address.shown, table=table.name) from None
        if table.where:
            _check_condition(engine, table)
    return columns


def _type(kind: str, table: Table) -> str:
    """Return a type with the part that only Spark omits: its TIMESTAMP is a moment."""
    return "timestamp with time zone" if table.is_spark and kind == "timestamp" else kind


def _check_condition(engine: DuckDB, table: Table) -> None:
    """Run the condition on no row.

    Raises:
        WhereError: it is none.
    """
    import duckdb

    text = table.where or ""
    because: object
    try:
        if len(duckdb.extract_statements(f"select 1 where ({text}\n)")) != 1:
            raise WhereError(text=text, because=N_("it is not one condition"))
        engine.execute(f"select count(*) as n from {table.relation} where (({text}\n)) and false")
        return
    except LtvError as error:
        if not isinstance(error, (QueryFailedError, InternalError)):
            raise
        because = error.facts.get("because") or error.facts["what"]
    except duckdb.Error as error:
        because = str(error).splitlines()[0].partition(": ")[2]
    raise WhereError(text=text, because=because)
