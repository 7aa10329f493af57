"""Excel: a workbook to take apart, with the inputs in blue and every formula live.

By the FAST standard: constants stand on the sheet of inputs only, months run to the right, each row
has one formula, and a formula is made of plain references and of few functions: SUM, INDEX, MATCH,
IF and MAX. Each is written with its value, for programs that show a workbook without computing it.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ltvcli.errors import NoWorkbookError
from ltvcli.formats import _workbook
from ltvcli.language import printable
from ltvcli.results import Report
from ltvcli.text.layout import width_of

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

CREATED = datetime(2000, 1, 1)
WIDEST, NARROWEST = 60, 11
"""Widths of columns in letters."""
LINE = 14.0
"""Height of a line."""
_FORMATS: dict[str, dict[str, Any]] = {
    "": {},
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "right": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"},
    "text": {"text_wrap": True, "valign": "top"},
    "word": {"indent": 1},
    "truth": {"num_format": '"TRUE";"TRUE";"FALSE"', "align": "right"},
    "money": {"num_format": "#,##0.00;-#,##0.00"},
    "rate": {"num_format": "0.0%"},
    "ratio": {"num_format": "0.00"},
    "months": {"num_format": "0.0"},
    "count": {"num_format": "#,##0"},
    "factor": {"num_format": "0.0000"},
    "tiny": {"num_format": "0.000000"},
}
_BLUE = {"font_color": "#0000FF", "bg_color": "#FFFBE6"}


def render(report: AnyReport, lang: str) -> bytes:
    """Write the workbook of `ltv calc`.

    Raises:
        NoWorkbookError: the answer is that of another command.
    """
    import xlsxwriter

    if not isinstance(report, Report):
        raise NoWorkbookError(command=report.command)
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    # Same input, same bytes: no clock.
    book.set_properties({"created": CREATED, "title": "ltv"})
    book.set_calc_mode("auto")
    looks = {name: book.add_format({"font_size": 10, **look}) for name, look in _FORMATS.items()}
    blue = {
        name: book.add_format({"font_size": 10, **look, **_BLUE}) for name, look in _FORMATS.items()
    }
    for sheet in _workbook.sheets(report, lang):
        page = book.add_worksheet(sheet.name)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.freeze_panes(*sheet.freeze)
        wide: dict[int, int] = {}
        heights: dict[int, float] = {}
        for (row, column), cell in sheet.cells.items():
            look = (blue if cell.is_input else looks)[cell.look]
            if cell.formula:
                value = "" if cell.value is None else cell.value
                page.write_formula(row, column, f"={cell.formula}", look, value)
            elif isinstance(cell.value, str):
                page.write_string(row, column, printable(cell.value), look)
            elif cell.value is None:
                page.write_blank(row, column, None, look)
            else:
                page.write_number(row, column, cell.value, look)
            if cell.look == "text" and isinstance(cell.value, str):
                lines = -(-width_of(cell.value) // (WIDEST - 5))
                heights[row] = max(heights.get(row, 0), lines * LINE)
            if isinstance(cell.value, str) and cell.look != "title":
                wide[column] = max(wide.get(column, 0), width_of(cell.value))
        for column in range(1 + max((column for _, column in sheet.cells), default=0)):
            page.set_column(column, column, max(NARROWEST, min(wide.get(column, 0) + 2, WIDEST)))
        for row, height in heights.items():
            page.set_row(row, height)
    book.close()
    return written.getvalue()
