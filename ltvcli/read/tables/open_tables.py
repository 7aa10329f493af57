"""Open a table of a database: names and types of its columns, and what --where says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli.engines import addresses
from ltvcli.engines.addresses import Table
from ltvcli.errors import LtvError, QueryFailedError, SourceAndFilesError, WhereError
from ltvcli.language import N_
from ltvcli.read.files.sheet import Sheet
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def open_all(given: Sequence[Any], settings: ReadingSettings, temp: Path) -> list[Sheet]:
    """Open a table as a sheet: its columns are known, its rows stay where they are.

    Args:
        given: the table.
        settings: of which the memory limit matters here.
        temp: private folder, deleted by the caller.

    Raises:
        SourceAndFilesError: more than the table was given.
        InputError: there is no such database or table.
        WhereError: --where is no condition on its rows.
    """
    table, *files = given
    if files or not isinstance(table, Table):
        raise SourceAndFilesError
    with addresses.open(table.address, temp, settings.memory) as engine:
        columns = engine.describe(table.relation)
        if table.where:
            _check_condition(engine, table)
    return [
        Sheet(
            name=table.shown,
            shape="table",
            header=tuple(columns),
            sha256="",
            path=temp,
            table=table,
            types=tuple(columns.values()),
        )
    ]


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
        if not isinstance(error, QueryFailedError):
            raise
        because = error.facts["because"]
    except duckdb.Error as error:
        because = str(error).splitlines()[0].partition(": ")[2]
    raise WhereError(text=text, because=because)
