"""Sheets of a page: its answer, its tables with real numbers, definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ltvcli.language import N_, translate
from ltvcli.pages.content import Block, Grid, Item, Page, Role
from ltvcli.text.numbers import MISSING, Numeral
from ltvcli.text.words import fill
from ltvcli.units import Unit
from ltvcli.workbook.cells import DEFINITIONS, SUMMARY, Sheet, sheet_name

LOOKS = {
    Unit.MONEY: "money",
    Unit.RATE: "rate",
    Unit.POINTS: "rate",
    Unit.MONTHS: "months",
    Unit.RATIO: "ratio",
    Unit.DIFFERENCE: "difference",
    Unit.COUNT: "count",
    Unit.TEXT: "count",
}
UNITS = {
    Unit.MONEY: N_("money"),
    Unit.RATE: "%",
    Unit.POINTS: N_("percentage points"),
    Unit.MONTHS: N_("months"),
    Unit.RATIO: N_("ratio"),
    Unit.DIFFERENCE: N_("ratio"),
    Unit.COUNT: N_("number"),
    Unit.TEXT: N_("number"),
}
SPECIAL = ("named money", "named months", "dim money", "dim rate", "dim ratio")
"""Formats that show their unit, in a column that has several, or that stand back in brackets."""
ENDS = {"low": N_("{figure}, low"), "high": N_("{figure}, high")}
NO_NAMES: Mapping[str, str] = MappingProxyType({})
HEAD = 2
"""Row of the heads of a table; their units stand below."""


def summary(pages: Sequence[Page], lang: str, begun: Sheet | None, notes: Sequence[str]) -> Sheet:
    """Lay out answers, their basis, and their findings.

    Args:
        pages: those of which the sheet says nothing yet.
        lang: of the labels.
        begun: the sheet as far as it is laid out; None where nothing is.
        notes: what a reader must know who looks for formulas.
    """
    sheet = begun or Sheet(name=SUMMARY)
    row = 2 + max(at for at, _ in sheet.cells) if sheet.cells else 0
    for answered in pages:
        row = 1 + _answer(sheet, row, answered, lang)
    for note in notes:
        sheet.put(row, 0, note, "line")
        row += 1
    return sheet


def _answer(sheet: Sheet, row: int, page: Page, lang: str) -> int:
    """Write the answer of a page; return the row after it."""
    if page.heading:
        sheet.put(row, 0, page.heading, "title")
        row += 1
    sheet.put(row, 0, page.title, "section" if page.heading else "title")
    row += 1
    if page.basis:
        sheet.put(row, 0, " · ".join(page.basis), "line")
        row += 1
    row += 1
    for line in page.lines:
        sheet.put(row, 0, line.label, "label")
        sheet.put(row, 1, line.text, "text")
        row += 1
    if page.next_command:
        sheet.put(row, 0, page.next_label, "label")
        sheet.put(row, 1, page.next_command, "text")
        row += 1
    for remark in page.remarks:
        sheet.put(row, 1, remark, "text")
        row += 1
    for line in page.details:
        sheet.put(row, 0, line.label, "label")
        sheet.put(row, 1, line.text, "text")
        row += 1
    for section in page.sections:
        if section.role is Role.FINDINGS and any(section.blocks):
            sheet.put(row + 1, 0, section.title, "head")
            row = _blocks(sheet, row + 2, section.blocks, None, lang)
    return row


def tables(
    page: Page,
    taken: set[str],
    currency: str | None,
    lang: str,
    names: Mapping[str, str] = NO_NAMES,
    part_of: str = "",
) -> list[Sheet]:
    """Lay out each section with tables on a sheet of its own, and those of every part.

    Args:
        page: with the sections.
        taken: names of sheets, to which those of these are added.
        currency: of money; None if it is not known.
        lang: of the labels.
        names: other names of sections by their titles; "" for those that other sheets hold.
        part_of: title of the part that the page is, written on each sheet.
    """
    sheets = []
    for section in page.sections:
        blocks = [block for block in section.blocks if block]
        title = names.get(section.title, section.title or page.title)
        if section.role is not Role.TABLES or not blocks or not title:
            continue
        sheet = Sheet(name=sheet_name(title, taken), freeze=(HEAD + 2, 1))
        sheet.put(0, 0, title, "title")
        sheet.put(1, 0, part_of, "line")
        _blocks(sheet, HEAD, blocks, currency, lang)
        sheets.append(sheet)
    for single in page.parts:
        sheets += tables(single, taken, currency, lang, names, single.title)
    return sheets


def definitions(page: Page, lang: str) -> Sheet:
    """Lay out the meaning of each label of a page and of its parts."""
    sheet = Sheet(name=DEFINITIONS, freeze=(3, 0))
    sheet.put(0, 0, translate(N_("Definitions"), lang), "title")
    for at, text in enumerate((N_("Figure"), N_("Meaning"))):
        sheet.put(HEAD, at, translate(text, lang), "head")
    meanings = {
        item.label: item.text
        for described in (page, *page.parts)
        for section in described.sections
        if section.role is Role.DEFINITIONS
        for block in section.blocks
        if not isinstance(block, (Grid, str))
        for item in block
    }
    for row, (label, meaning) in enumerate(meanings.items(), HEAD + 1):
        sheet.put(row, 0, label, "text")
        sheet.put(row, 1, meaning, "text")
    return sheet


def _blocks(
    sheet: Sheet, row: int, blocks: Sequence[Block], currency: str | None, lang: str
) -> int:
    """Write blocks below one another; return the row after them."""
    for block in blocks:
        if isinstance(block, Grid):
            row = _grid(sheet, row, block, currency, lang) + 1
        elif isinstance(block, str):
            sheet.put(row, 0, block, "line")
            row += 1
        else:
            for item in block:
                row = _item(sheet, row, item)
    return row


def _item(sheet: Sheet, row: int, item: Item) -> int:
    label = f"{item.sign} {item.label}".strip()
    text = " ".join(text for text in (item.text, item.code) if text)
    if label:
        sheet.put(row, 0, label, "label")
    sheet.put(row, 1 if label else 0, text, "text" if label else "line")
    row += 1
    for nested in item.items:
        row = _item(sheet, row, nested)
    return row


def _grid(sheet: Sheet, row: int, grid: Grid, currency: str | None, lang: str) -> int:
    """Write a table: heads, units, then numbers as numbers; return the row after it.

    A figure with intervals takes three columns: itself, and the ends of its intervals.
    """
    at = 0
    for number, head in enumerate(grid.heads):
        cells = [line[number] for line in grid.rows]
        numerals = [cell for cell in cells if isinstance(cell, Numeral)]
        units = {numeral.unit for numeral in numerals}
        named = len(units) > 1
        unit = "" if named or not numerals else unit_label(numerals[0].unit, currency, lang)
        pieces: dict[str, str] = {"value": head.strip()}
        if numerals and all(numeral.value is None for numeral in numerals):
            pieces = {}
        if any(numeral.low is not None for numeral in numerals):
            pieces |= {
                key: fill(text, {"figure": head.strip()}, lang) for key, text in ENDS.items()
            }
        for piece, label in pieces.items():
            sheet.put(row, at, label, "right" if numerals else "head" if not at else "word head")
            sheet.put(row + 1, at, unit, "unit" if numerals else "")
            for line, cell in enumerate(cells):
                kind = "named " if named else "dim " if grid.dim and grid.dim[line][number] else ""
                _cell(sheet, row + 2 + line, at, cell, piece, kind, bool(numerals))
            at += 1
    row += 2 + len(grid.rows)
    for note in grid.notes:
        sheet.put(row, 0, note, "note")
        row += 1
    return row


def unit_label(unit: Unit, currency: str | None, lang: str) -> str:
    """Name a unit; money by its currency if that is known.

    Args:
        unit: of numbers.
        currency: of money; None if it is not known.
        lang: of the name.
    """
    return currency if currency and unit is Unit.MONEY else translate(UNITS[unit], lang)


def _cell(
    sheet: Sheet, row: int, at: int, cell: str, piece: str, kind: str, is_numeric: bool
) -> None:
    """Write a number or a text; an unknown value has an empty cell, never 0."""
    if isinstance(cell, Numeral):
        look = LOOKS[cell.unit]
        special = f"{kind}{look}"
        sheet.put(row, at, getattr(cell, piece), special if special in SPECIAL else look)
    elif piece == "value" and cell not in ("", MISSING):
        sheet.put(row, at, cell, "answer" if is_numeric else "word" if at else "")
