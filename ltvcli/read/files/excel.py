"""Excel workbooks to CSV: the one sheet that has data, with cells as a person sees them.

A row of the cells 1001, 2026-10-31 00:00:00 and 0.1 + 0.2 is written as `1001,2026-10-31,0.3`.
"""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import (
    EmptyFileError,
    ExcelBombError,
    ExcelBrokenError,
    FarCellError,
    NoSuchSheetError,
    PasswordError,
    SeveralSheetsError,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_LARGEST = 4 * 1000**3  # bytes uncompressed; Excel's limit of 1,048,576 rows is far below
_MUCH = 10_000_000
"""Cells a sheet may span before it is looked at for cells far away from its table."""
_WIDE = 2000
"""Columns of which the same holds."""
_SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_FAR_CELL = re.compile(rb'<c r="([A-Z]{2,3})(\d{1,7})"[^>]*(?<!/)>')
_MOST_CELLS = 30_000_000  # limit of cells in a sheet; each takes 32 bytes, even if empty
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ROW_END = b"</row>"
_LONGEST_ROW = 64 << 20
_GAP = 8  # this many empty columns end a table
_FEW = 1000  # fewer cells beyond the end of a table are not a second table
_BLOCK = 1 << 20
_LONGEST_TAG = 200
_WHOLE = 2**53  # above this, a float does not represent every integer


class StrayCells(Struct, frozen=True, kw_only=True):
    """Ignored cells far away from the table of a sheet: their number, and the first."""

    count: int
    first: str


class WrittenSheet(Struct, frozen=True, kw_only=True):
    """The name of the sheet that was written as CSV, and the ignored parts of the workbook."""

    name: str
    stray: StrayCells | None


def to_csv(path: Path, name: str, sheet: str | None, copy: Path) -> WrittenSheet:
    """Write one sheet of `path` into `copy`.

    One line per row of the sheet, blank ones too, so that line numbers are Excel's row numbers.

    Args:
        path: the workbook.
        name: what the user typed.
        sheet: the sheet asked for; without one, the only visible sheet with data.
        copy: where the CSV goes.

    Raises:
        ExcelBrokenError: it cannot be opened.
        PasswordError: it is locked.
        ExcelBombError: it unpacks to more than any sheet holds.
        FarCellError: so many cells lie so far out that the sheet is huge and mostly empty.
        EmptyFileError: no sheet holds anything.
        SeveralSheetsError: several sheets hold data and none was named.
        NoSuchSheetError: there is no sheet of that name.
    """
    import python_calamine

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > _LARGEST:
                raise ExcelBombError(file=name)
            stray = _stray_cells(archive, name)
            if stray:
                path = _without_stray_cells(archive, stray, copy.with_suffix(".xlsx"))
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            chosen, source = _choose(workbook, name, sheet)
            _write(source, copy)
    except python_calamine.PasswordError:
        raise PasswordError(file=name) from None
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, OverflowError):
        raise ExcelBrokenError(file=name) from None
    return WrittenSheet(name=chosen, stray=next((cells for _, cells in stray.values()), None))


def _stray_cells(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[int, StrayCells]]:
    """Find cells that would make a sheet a rectangle larger than memory, or than any table.

    Only columns from AA on are looked at: 26 columns of as many rows as Excel has do fit.

    Returns:
        By sheet of the archive, the last column of the table and the cells beyond it.

    Raises:
        FarCellError: there are cells so far out, but too many to be left out.
    """
    stray: dict[str, tuple[int, StrayCells]] = {}
    for entry in archive.namelist():
        if not _SHEET.fullmatch(entry):
            continue
        far, row, last, rest = b"", b"", 0, b""
        with archive.open(entry) as sheet:
            while block := sheet.read(_BLOCK):
                rest += block
                for cell in _FAR_CELL.finditer(rest):
                    if (len(cell[1]), cell[1]) > (len(far), far):
                        far, row = cell[1], cell[2]
                if at := rest.rfind(b'<row r="') + 1:
                    last = max(last, _digits(rest[at + 7 : at + 17]))
                rest = rest[-_LONGEST_TAG:]
        column = _column(far)
        if column * last > _MUCH or column > _WIDE:
            beyond = _beyond_table(archive, entry)
            if beyond is not None:
                stray[entry] = beyond
            elif column * last > _MOST_CELLS:
                raise FarCellError(file=name, cell=(far + row).decode())
    return stray


def _beyond_table(archive: zipfile.ZipFile, entry: str) -> tuple[int, StrayCells] | None:
    """Return the last column of a sheet's table, and the few cells beyond it.

    The table ends where at least _GAP columns are empty from top to bottom.
    """
    cells: Counter[int] = Counter()
    examples: dict[int, str] = {}
    rest = b""
    with archive.open(entry) as sheet:
        while block := sheet.read(_BLOCK):
            rest += block
            end = 0
            for cell in _FILLED.finditer(rest):
                end = cell.end()
                column = _column(cell[1])
                cells[column] += 1
                examples.setdefault(column, (cell[1] + cell[2]).decode())
            rest = rest[max(end, len(rest) - _LONGEST_TAG) :]
    columns = sorted(cells)
    last = next((column for column, after in pairwise(columns) if after - column > _GAP), None)
    if last is None:
        return None
    beyond = [column for column in columns if column > last]
    count = sum(cells[column] for column in beyond)
    if count > _FEW or count > cells.total() - count:
        return None
    return last, StrayCells(count=count, first=examples[beyond[0]])


def _without_stray_cells(
    archive: zipfile.ZipFile, stray: Mapping[str, tuple[int, StrayCells]], copy: Path
) -> Path:
    """Write a workbook without its stray cells, and without rows that contain nothing else."""
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for entry in dict.fromkeys(archive.namelist()):
            with archive.open(entry) as source, out.open(entry, "w", force_zip64=True) as target:
                if entry not in stray:
                    shutil.copyfileobj(source, target, _BLOCK)
                    continue
                last = stray[entry][0]
                rest = b""
                while block := source.read(_BLOCK):
                    *rows, rest = (rest + block).split(_ROW_END)
                    for row in rows:
                        target.write(_row_within(row + _ROW_END, last))
                    if len(rest) > _LONGEST_ROW:
                        raise ValueError(entry)
                target.write(rest)
    return copy


def _row_within(row: bytes, last: int) -> bytes:
    """Return a row of a sheet, and the text before it, without the cells beyond a column.

    >>> _row_within(b'<row r="3"><c r="A3"><v>1</v></c><c r="ZZ3"><v>2</v></c></row>', 5)
    b'<row r="3"><c r="A3"><v>1</v></c></row>'
    >>> _row_within(b'<sheetData><row r="9"><c r="ZZ9"><v>2</v></c></row>', 5)
    b'<sheetData>'
    """
    is_stray = False

    def kept(cell: re.Match[bytes]) -> bytes:
        nonlocal is_stray
        if _column(cell[1]) <= last:
            return cell[0]
        is_stray = True
        return b""

    before, tag, cells = row.partition(b"<row")
    within = _CELL.sub(kept, cells)
    before = re.sub(rb"<dimension[^>]*/>", b"", before)
    if is_stray and b"<c " not in within:
        return before
    return before + tag + within


def _digits(text: bytes) -> int:
    match = re.match(rb"\d{1,8}", text)
    return int(match[0]) if match else 0


def _column(letters: bytes) -> int:
    """Return the number of a column, counted from 1.

    >>> _column(b"A"), _column(b"AA"), _column(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _choose(workbook: CalamineWorkbook, name: str, sheet: str | None) -> tuple[str, CalamineSheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = workbook.sheet_names
    if sheet is not None:
        if sheet not in names:
            raise NoSuchSheetError(file=name, sheet=sheet, sheets=names)
        return sheet, workbook.get_sheet_by_name(sheet)
    seen = {
        meta.name
        for meta in workbook.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
    }
    filled = [
        (name, source)
        for name in names
        if name in seen and (source := workbook.get_sheet_by_name(name)).height > 0
    ]
    if not filled:
        raise EmptyFileError(file=name)
    if len(filled) > 1:
        longest, _ = max(filled, key=lambda sheet: sheet[1].height)
        listed = [title for title, _ in filled]
        raise SeveralSheetsError(file=name, sheets=listed, longest=longest)
    return filled[0]


def _write(sheet: CalamineSheet, copy: Path) -> None:
    with copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in sheet.iter_rows():
            cells = [_text(cell) for cell in row]
            if any(cells):
                writer.writerow(cells)
            else:
                out.write("\n")


def _text(cell: object) -> str:
    """Show a cell as text; numbers with the 15 digits that Excel itself keeps.

    >>> _text(12.0), _text(0.1 + 0.2), _text(True), _text(datetime(2026, 10, 31))
    ('12', '0.3', 'true', '2026-10-31')
    """
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) <= _WHOLE:
            return str(int(cell))
        case float():
            return f"{cell:.15g}"
        case datetime():
            is_midnight = cell.time() == time()
            return cell.date().isoformat() if is_midnight else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
    return " ".join(str(cell).splitlines())
