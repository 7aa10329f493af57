"""Tables of an answer as rows for a spreadsheet, header first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.errors import UnknownNameError
from ltvcli.language import N_
from ltvcli.pages import table_page
from ltvcli.results import Row, TableReport


def records(report: TableReport, table: str | None = None) -> Iterator[Sequence[object]]:
    """Return one table for a spreadsheet, header first; with no rows, the header alone.

    Args:
        report: with the tables.
        table: its name; None for the main one.

    Raises:
        UnknownNameError: there is no such table.
    """
    name = table or report.main
    if name not in report.tables and name != report.main:
        raise UnknownNameError(kind=N_("tables"), name=name, known=list(report.tables))
    rows = report.tables.get(name, ())
    yield from rectangle(rows) if rows else [list(table_page.words(report).COLUMNS.get(name, {}))]


def rectangle(rows: Sequence[Row]) -> Iterator[Sequence[object]]:
    """Return the columns of all rows, then each row with an empty cell for missing columns.

    >>> list(rectangle([{"a": 1}, {"a": 2, "b": 3}]))
    [['a', 'b'], [1, None], [2, 3]]
    """
    keys = list(dict.fromkeys(key for row in rows for key in row))
    yield keys
    for row in rows:
        yield [row.get(key) for key in keys]
