"""Lists of settings, terms and exports as CSV and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import NoWorkbookError
from ltvcli.language import translate

if TYPE_CHECKING:
    from ltvcli.pages.content import Page

Row = Mapping[str, object]


def as_csv(rows: Sequence[Row], lang: str) -> str:
    """Write rows as CSV, with the names of the JSON as header."""
    import csv
    from io import StringIO

    from ltvcli.spreadsheets import as_cell

    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([as_cell(_text(value)) for value in row.values()] for row in rows)
    return page.getvalue()


def as_markdown(rows: Sequence[Row], lang: str) -> str:
    """Write a table for a document."""
    from ltvcli.pages.markdown import escaped

    heads = [translate(name, lang) for name in rows[0]]
    lines = [heads, ["---"] * len(heads)]
    lines += [[escaped(_text(value)) for value in row.values()] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_html(rows: Sequence[Row], lang: str) -> str:
    """Write a table as a page for a browser."""
    from ltvcli import __version__
    from ltvcli.formats import html

    return html.document(_page(rows, lang), lang, ["ltv", __version__])


def as_workbook(rows: Sequence[Row], lang: str) -> bytes:
    """Write a table as a workbook."""
    from ltvcli.formats import xlsx

    return xlsx.of_page(_page(rows, lang), lang)


def _page(rows: Sequence[Row], lang: str) -> Page:
    from ltvcli.pages.content import Grid, Page, Section

    grid = Grid(
        title="",
        heads=[translate(name, lang) for name in rows[0]],
        rows=[[_text(value) for value in row.values()] for row in rows],
    )
    return Page(title="ltv", sections=[Section(title="", blocks=[grid])])


def refuse_workbook(format: str | None, command: str) -> None:
    """Refuse to write a list as a workbook.

    Raises:
        NoWorkbookError: `format` is that of workbooks.
    """
    if format == "xlsx":
        raise NoWorkbookError(command=command)


LISTS: Mapping[str, Callable[[Sequence[Row], str], str | bytes]] = {
    "csv": as_csv,
    "html": as_html,
    "md": as_markdown,
    "xlsx": as_workbook,
}
"""Writers of lists in formats other than JSON and the screen."""


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
