"""Workbooks open without a warning: parts as OOXML wants them, no error, no link, no macro."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import openpyxl
import pytest
from msgspec.structs import replace

import ltvcli
from ltvcli.formats import xlsx
from ltvcli.results import Finding, Sentence, Severity
from tests.formats.mrr_reports import saas
from tests.formats.segment_reports import segments
from tests.formats.test_workbook_of_several import GIVEN, SAAS, SHOP, workbook
from tests.formats.workbooks import cells, opened_by_libreoffice, same
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

pytestmark = pytest.mark.sampled

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection",
    "autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter",
)  # fmt: skip
"""Parts of a sheet in the order of ECMA-376, 18.3.1.99, as far as a sheet may have them here."""
LONGEST_FORMULA, WIDEST, HIGHEST = 8192, 255, 409
NO_PART = re.compile(r"vba|macro|externalLink|connections|customXml|activeX|embeddings", re.I)


def hostile() -> AnyReport:
    report = segments()
    row = report.tables["segments"][0]
    return replace(
        report,
        tables={
            **report.tables, "segments": tuple({**row, "segment": text} for text in HOSTILE)
        },
        findings=tuple(
            Finding(check="x", severity=Severity.INFO, says=Sentence("{what}", {"what": text}))
            for text in HOSTILE
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def written() -> Mapping[str, bytes]:
    reports: dict[str, AnyReport] = {
        "subscriptions": workbook(SAAS, **GIVEN),
        "a loss": workbook(SHOP, cac=400, margin="5%"),
        "numbers": ltvcli.calc(arpu=10_000, churn="5%", cac=60_000),
        "mrr": saas(),
        "hostile": hostile(),
    }
    return {name: xlsx.render(report, "en") for name, report in reports.items()}


NAMES = ("subscriptions", "a loss", "numbers", "mrr", "hostile")


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_warns_of_nothing_and_finds_no_error(
    name: str, written: Mapping[str, bytes]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(io.BytesIO(written[name]), data_only=True, keep_links=True)
    assert len(book.sheetnames) > 2
    errors = [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert errors == []


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_are_those_that_ooxml_wants(name: str, written: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(written[name])) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(set(names)) == len(names)
        assert [part for part in names if NO_PART.search(part)] == []
        trees = {part: ElementTree.fromstring(package.read(part)) for part in names}
    typed = {entry.get("PartName", "").lstrip("/") for entry in trees["[Content_Types].xml"]}
    assert {part for part in names if part.startswith("xl/") and ".rels" not in part} <= typed
    for part in names:
        if part.endswith(".rels"):
            folder = part.partition("_rels/")[0]
            for link in trees[part]:
                assert link.get("TargetMode") != "External"
                assert f"{folder}{link.get('Target')}".lstrip("/") in names
    for part in names:
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            _is_a_sheet(trees[part])


def _is_a_sheet(sheet: ElementTree.Element) -> None:
    order = [ORDER.index(child.tag.removeprefix(MAIN)) for child in sheet]
    assert order == sorted(set(order))
    assert all(float(column.get("width", 0)) <= WIDEST for column in sheet.iter(f"{MAIN}col"))
    rows = [int(row.get("r", 0)) for row in sheet.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows))
    for row in sheet.iter(f"{MAIN}row"):
        assert float(row.get("ht", 0)) <= HIGHEST
        places = [_column(cell.get("r", "")) for cell in row]
        assert places == sorted(set(places))
    for formula in sheet.iter(f"{MAIN}f"):
        assert 0 < len(formula.text or "") <= LONGEST_FORMULA
        assert formula.get("t") is None  # no array
    for cell in sheet.iter(f"{MAIN}c"):
        assert cell.get("t") in (None, "s", "str", "b")
        if cell.find(f"{MAIN}f") is not None:
            assert cell.find(f"{MAIN}v") is not None  # for who does not recalculate


def _column(place: str) -> int:
    return int(openpyxl.utils.column_index_from_string(re.sub(r"\d", "", place)))


@pytest.mark.slow("starts LibreOffice for each workbook; a usual run does so for formulas")
def test_libreoffice_opens_them_without_messages(
    written: Mapping[str, bytes], tmp_path: Path
) -> None:
    for name, again in opened_by_libreoffice(written, tmp_path).items():
        book = openpyxl.load_workbook(io.BytesIO(written[name]), data_only=True)
        assert again.sheetnames == book.sheetnames
        for sheet, place, value in cells(book):
            if not isinstance(value, str):  # it writes some control characters in its own way
                assert same(value, again[sheet][place].value), (name, sheet, place)
        shown = [str(value) for _, _, value in cells(again)]
        assert [text for text in shown if re.fullmatch(r"#\w+[!?/]\w*|Err:\d+", text)] == []


@pytest.mark.slow("starts LibreOffice; belongs to the test before")
def test_a_broken_workbook_is_not_opened_in_silence(tmp_path: Path) -> None:
    book = xlsx.render(ltvcli.calc(arpu=10_000, churn="5%", cac=60_000), "en")
    with pytest.raises((AssertionError, FileNotFoundError)):
        opened_by_libreoffice({"cut": book[: len(book) // 2]}, tmp_path)
