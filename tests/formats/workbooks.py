"""What tests of workbooks share: a workbook opened again, its cells, and LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import formualizer
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from ltvcli.formats import xlsx

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

FUNCTIONS = {"SUM", "SUMPRODUCT", "INDEX", "MATCH", "IF", "MIN", "MAX", "ROUND"}


class WhenAsked(dict[str, Any]):
    """Values that are made when somebody asks for them first.

    Args:
        makers: of each name, a function that makes its value.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        super().__init__()
        self.makers = makers

    def __missing__(self, name: str) -> Any:
        return self.setdefault(name, self.makers[name]())


MOST = 50
_KNOWN: dict[tuple[int, bool, str], tuple[AnyReport, Workbook]] = {}


def opened(report: AnyReport, *, values: bool = False, lang: str = "en") -> Workbook:
    """Write a workbook and open it, once for each report: it must not be changed."""
    key = (id(report), values, lang)
    if key not in _KNOWN:
        _KNOWN[key] = (report, opened_anew(report, values=values, lang=lang))
    if len(_KNOWN) > MOST:
        del _KNOWN[next(iter(_KNOWN))]
    return _KNOWN[key][1]


def opened_anew(report: AnyReport, *, values: bool = False, lang: str = "en") -> Workbook:
    """Open a workbook that may be changed."""
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(report, lang)), data_only=values)


def cells(book: Workbook) -> Iterator[tuple[str, str, Any]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate, cell.value) for cell in row)


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def rows(book: Workbook, sheet: str) -> dict[str, list[Any]]:
    return {row[0].value: [cell.value for cell in row[1:]] for row in book[sheet].iter_rows()}


def recomputed(book: Workbook) -> Workbook:
    """Compute a workbook in this process; openpyxl writes its formulas without values."""
    written = io.BytesIO()
    book.save(written)
    again = formualizer.recalculate_xlsx_bytes(written.getvalue())
    return openpyxl.load_workbook(io.BytesIO(again["bytes"]), data_only=True)


def agrees(report: AnyReport, again: Workbook) -> int:
    """Assert that every formula has the value that was written; return how many there are."""
    found, written = formulas(opened(report)), opened(report, values=True)
    wrong = {
        (sheet, place): (written[sheet][place].value, again[sheet][place].value)
        for sheet, place in found
        if not same(written[sheet][place].value, again[sheet][place].value)
    }
    assert wrong == {}
    assert rows(again, "Checks")["Checks that failed"][3] == 0
    return len(found)


def computed_together(books: Mapping[str, Workbook], home: Path) -> dict[str, Workbook]:
    """Let LibreOffice compute workbooks, whose formulas openpyxl writes without values.

    It is started once for all, which takes most of the time.
    """
    written = {}
    for name, book in books.items():
        file = io.BytesIO()
        book.save(file)
        written[name] = file.getvalue()
    return opened_by_libreoffice(written, home)


def opened_by_libreoffice(books: Mapping[str, bytes], home: Path) -> dict[str, Workbook]:
    """Let LibreOffice open workbooks and write them again; it must say nothing about them."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    files = {name: home / f"book-{number}.xlsx" for number, name in enumerate(books)}
    for name, book in books.items():
        files[name].write_bytes(book)
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    done = subprocess.run(
        [program, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(home / "out"), *map(str, files.values())],
        check=True, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "javaldx" not in line]  # no Java here
    assert said == []
    return {
        name: openpyxl.load_workbook(home / "out" / file.name, data_only=True)
        for name, file in files.items()
    }


def keeps_to_the_rules(book: Workbook, calculated: tuple[str, ...]) -> None:
    """Assert the FAST rules; sheets that are `calculated` hold no number but by a formula."""
    assert list(book.defined_names) == []
    found = formulas(book)
    for (sheet, place), formula in found.items():
        assert set(re.findall(r"([A-Z]+)\(", formula)) <= FUNCTIONS, (sheet, place)
        constants = re.findall(r"(?<![A-Z$\d.])\d+(?:\.\d+)?(?![\d.]*[A-Z(])", formula)
        assert set(constants) <= {"0", "1"}, formula
    for sheet, place, value in cells(book):
        if sheet in calculated and (sheet, place) not in found:
            assert not isinstance(value, (int, float)), (sheet, place)


def same(written: object, again: object) -> bool:
    """Return whether a value is the one that was written; an empty text is no value."""
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return again == pytest.approx(written, rel=1e-9, abs=1e-9)
    return (written or None) == (again or None)
