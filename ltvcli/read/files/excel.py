"""An Excel workbook to CSV: the one sheet that has data, with its cells as a person sees them."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

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

_LARGEST = 4 * 1000**3  # unpacked; Excel's own limit of 1,048,576 rows stays far below
_SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_FAR_CELL = re.compile(rb'<c r="([A-Z]{2,3})(\d{1,7})"[^>]*(?<!/)>')
_MOST_CELLS = 30_000_000  # that a sheet may span; each takes 32 bytes, empty or not
_BLOCK = 1 << 20
_LONGEST_TAG = 200
_WHOLE = 2**53  # beyond this a float no longer tells whole numbers apart


def to_csv(path: Path, name: str, sheet: str | None, copy: Path) -> str:
    """Write one sheet of `path` into `copy` and return the sheet's name.

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
        FarCellError: a cell lies so far out that the table would be mostly empty, and huge.
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
            _refuse_far_cells(archive, name)
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            chosen, found = _choose(workbook, name, sheet)
            _write(found, copy)
    except python_calamine.PasswordError:
        raise PasswordError(file=name) from None
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, OverflowError):
        raise ExcelBrokenError(file=name) from None
    return chosen


def _refuse_far_cells(archive: zipfile.ZipFile, name: str) -> None:
    """Look for cells that would make a sheet a rectangle larger than memory.

    Only columns from AA on are looked at: 26 columns of as many rows as Excel has do fit.

    Raises:
        FarCellError: there is one.
    """
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
        if column * last > _MOST_CELLS:
            raise FarCellError(file=name, cell=(far + row).decode())


def _digits(text: bytes) -> int:
    found = re.match(rb"\d{1,8}", text)
    return int(found[0]) if found else 0


def _column(letters: bytes) -> int:
    """Number the columns of a sheet from 1.

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
        (one, found)
        for one in names
        if one in seen and (found := workbook.get_sheet_by_name(one)).height > 0
    ]
    if not filled:
        raise EmptyFileError(file=name)
    if len(filled) > 1:
        listed = [one for one, _ in filled]
        raise SeveralSheetsError(file=name, sheets=listed, first=listed[0])
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
            whole = cell.time() == time()
            return cell.date().isoformat() if whole else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
    return " ".join(str(cell).splitlines())
