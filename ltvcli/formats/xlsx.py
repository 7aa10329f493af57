"""Excel: a workbook to take apart, with tables of real numbers, and formulas that are live.

By the FAST standard: constants stand on the sheet of inputs and on sheets of data only, months run
to the right, each row has one formula, and a formula is made of plain references and of few
functions: SUM, INDEX, MATCH, IF and MAX. Each is written with its value, for programs that show a
workbook without computing it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ltvcli.pages import memo
from ltvcli.text.layout import width_of
from ltvcli.workbook import live_sheets, rows, tables
from ltvcli.workbook.cells import (
    CHECKS,
    DEFINITIONS,
    INPUTS,
    ROWS,
    SUMMARY,
    Cell,
    Live,
    Sheet,
    fitting,
)

if TYPE_CHECKING:
    from ltvcli.pages.content import Page
    from ltvcli.results import AnyReport

CREATED = datetime(2000, 1, 1)
WIDEST, NARROWEST = 60, 11
"""Widths of columns in letters."""
LINE = 14.0
"""Height of a line."""
PAGE = 240
"""Letters on a page across."""
MOST_LINES = 25
"""Lines of a row at most; Excel takes 409 points."""
CENTS = 2
_HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
_FORMATS: dict[str, dict[str, Any]] = {
    "": {},
    "line": {},
    "section": {"bold": True},
    "title": {"bold": True, "font_size": 14},
    "head": _HEAD,
    "right": {**_HEAD, "align": "right"},
    "unit": {"italic": True, "font_color": "#666666", "align": "right"},
    "note": {"italic": True, "font_color": "#666666"},
    "label": {"bold": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "word": {"indent": 1},
    "word head": {**_HEAD, "indent": 1},
    "answer": {"align": "right"},
    "truth": {"num_format": '"TRUE";"TRUE";"FALSE"', "align": "right"},
    "rate": {"num_format": "0.0%"},
    "small rate": {"num_format": "0.0000%"},
    "ratio": {"num_format": "#,##0.00"},
    "difference": {"num_format": "0.000"},
    "months": {"num_format": "0.0"},
    "count": {"num_format": "#,##0"},
    "factor": {"num_format": "0.0000"},
    "tiny": {"num_format": "0.000000"},
}
_SMALL = 0.0005
"""Rates below this would read 0.0%."""
_SMALL_RATIO = 0.01
_OVERFLOWING = ("title", "line", "section", "note")
"""Text that runs on over the empty cells to its right."""
_DIM = {"font_color": "#666666"}
_BLUE = {"font_color": "#0000FF", "bg_color": "#FFFBE6"}
_HEADS = ("head", "word head", "right")
_WIDEST_HEAD = 16


def render(report: AnyReport, lang: str) -> bytes:
    """Write the workbook of any command."""
    page = memo.page(report, lang)
    constants, known = live_sheets.lay_out(report, lang)
    fixed = [SUMMARY, INPUTS, ROWS, CHECKS, DEFINITIONS, *(sheet.name for sheet in known.sheets)]
    taken = {name.lower() for name in fixed}
    ties = [*known.ties, *rows.ties(report.inputs, lang)]
    laid = [
        tables.summary(_left(page, known), lang, known.summary, known.notes),
        constants,
        *known.sheets,
        *tables.tables(page, taken, report.currency, lang, known.names),
        rows.sheet(report.inputs, lang) if report.inputs else None,
        rows.checks(ties, known.changes, lang) if ties else None,
        tables.definitions(page, lang),
    ]
    return write([sheet for sheet in laid if sheet is not None], report.currency, lang)


def _left(page: Page, known: Live) -> Sequence[Page]:
    """Return the answers for the summary: all but the first, if that is there with formulas."""
    every = page.parts if known.summary and page.parts else (page, *page.parts)
    return every[1:] if known.summary else every


def of_page(page: Page, lang: str) -> bytes:
    """Write the tables of a page alone."""
    return write(tables.tables(page, set(), None, lang), None, lang)


def write(sheets: Sequence[Sheet], currency: str | None, lang: str) -> bytes:
    """Write sheets as a file.

    Args:
        sheets: in reading order.
        currency: of money; None if it is not known.
        lang: of the formats.
    """
    import xlsxwriter

    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    # Same input, same bytes: no clock.
    book.set_properties({"created": CREATED, "title": "ltv"})
    book.set_calc_mode("auto")
    formats = _FORMATS | _money(currency, lang)
    looks = {name: book.add_format({"font_size": 10, **look}) for name, look in formats.items()}
    blue = {
        name: book.add_format({"font_size": 10, **look, **_BLUE}) for name, look in formats.items()
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.freeze_panes(*sheet.freeze)
        if sheet.freeze[0]:
            page.repeat_rows(0, sheet.freeze[0] - 1)
        wide: dict[int, int] = {}
        for (row, column), cell in sheet.cells.items():
            look = (blue if cell.is_input else looks)[_look(cell)]
            if cell.formula:
                value = "" if cell.value is None else cell.value
                page.write_formula(row, column, f"={cell.formula}", look, value)
            elif isinstance(cell.value, str) and cell.value:
                page.write_string(row, column, fitting(cell.value), look)
            elif cell.value in (None, ""):
                page.write_blank(row, column, None, look)
            else:
                page.write_number(row, column, cell.value, look)
            wide[column] = max(wide.get(column, 0), _width(cell))
        widths = {
            column: max(NARROWEST, min(letters + 2, WIDEST)) for column, letters in wide.items()
        }
        page.fit_to_pages(-(-sum(widths.values()) // PAGE), 0)
        if sheet.freeze[1]:
            page.repeat_columns(0, sheet.freeze[1] - 1)
        for column, width in widths.items():
            page.set_column(column, column, width)
        for row, height in _heights(sheet, widths).items():
            page.set_row(row, height)
    book.close()
    return written.getvalue()


def _money(currency: str | None, lang: str) -> dict[str, dict[str, Any]]:
    """Return the formats of money: as many decimals as the currency has."""
    digits = CENTS
    if currency:
        from babel.numbers import get_currency_precision

        digits = get_currency_precision(currency)
    plain = "#,##0" + ("." + "0" * digits if digits else "")
    sign = f"[${currency}] " if currency else ""
    months = "か月" if lang == "ja" else " months"
    return {
        "money": {"num_format": f"{plain};-{plain}"},
        "named money": {"num_format": f"{sign}{plain};-{sign}{plain}"},
        "dim money": {**_DIM, "num_format": f"({plain});(-{plain})"},
        "dim rate": {**_DIM, "num_format": "(0.0%)"},
        "dim ratio": {**_DIM, "num_format": "(#,##0.00)"},
        "named months": {"num_format": f'0.0"{months}"'},
    }


def _look(cell: Cell) -> str:
    """Return the name of a cell's format; a rate next to 0 has more decimals."""
    value = cell.value
    if cell.look == "rate" and isinstance(value, float) and 0 < abs(value) < _SMALL:
        return "small rate"
    if cell.look == "ratio" and isinstance(value, float) and 0 < abs(value) < _SMALL_RATIO:
        return "factor"
    return cell.look


def _width(cell: Cell) -> int:
    """Return the width of a cell in letters; 0 for one that runs on over others."""
    value = cell.value
    if value is None or cell.look in _OVERFLOWING:
        return 0
    if not isinstance(value, str):
        return len(f"{value:,.2f}")
    return min(width_of(value), _WIDEST_HEAD) if cell.look in _HEADS else width_of(value)


def _heights(sheet: Sheet, widths: Mapping[int, int]) -> dict[int, float]:
    """Return the heights of rows whose text is broken into lines."""
    heights: dict[int, float] = {}
    for (row, column), cell in sheet.cells.items():
        if isinstance(cell.value, str) and cell.look in ("text", *_HEADS):
            lines = -(-width_of(cell.value) // max(widths[column] - 3, 1))
            heights[row] = max(heights.get(row, 0), min(lines, MOST_LINES) * LINE)
    return {row: height for row, height in heights.items() if height > LINE}
