"""Workbooks of every command: tables with real numbers, rows that tie, names that Excel takes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from msgspec.structs import replace

import ltvcli
from ltvcli.formats import csv as csv_format
from ltvcli.formats import xlsx
from ltvcli.language import printable
from ltvcli.pages import memo
from ltvcli.pages.content import Grid
from ltvcli.text.numbers import MISSING, Numeral
from ltvcli.workbook.cells import LONGEST_TEXT, fitting, sheet_name
from tests import effort
from tests.formats.cohort_reports import cohorts
from tests.formats.mrr_reports import compared, saas
from tests.formats.reports import ORDERS
from tests.formats.segment_reports import segments
from tests.formats.workbooks import (
    WhenAsked,
    agrees,
    cells,
    formulas,
    keeps_to_the_rules,
    opened,
    recomputed,
    rows,
)
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

EXAMPLES = Path(__file__).parents[2] / "examples"
FIXED = {"Summary", "Inputs", "Data", "Calculation", "Rows", "Checks", "Definitions"}
SHOP, SAAS = str(EXAMPLES / "shop" / "orders.csv"), str(EXAMPLES / "saas" / "subscriptions.csv")
WRITERS: dict[str, Callable[[], AnyReport]] = {
    "calc": lambda: ltvcli.calc(SHOP, cac=40),
    "both": lambda: ltvcli.calc(SHOP, SAAS),
    "numbers": lambda: ltvcli.calc(aov=50, frequency=3, lifespan="2y", cac=40),
    "cohorts": cohorts,
    "segments": segments,
    "mrr": saas,
    "conventions": compared,
    "predict": lambda: ltvcli.predict(SHOP, model="hiatus"),
    "whatif": lambda: ltvcli.whatif(aov=50, frequency=3, lifespan="2y", cac=40),
    "audit": lambda: ltvcli.audit(EXAMPLES / "pitch/flattering.yaml"),
    "benchmark": lambda: ltvcli.benchmark(SAAS),
    "risk": lambda: ltvcli.risk(customers=str(EXAMPLES / "risk/customers.csv"), outcome="churned"),
    "scorecard": lambda: ltvcli.scorecard(
        str(EXAMPLES / "trust/subscriptions.csv"),
        deals=str(EXAMPLES / "trust/deals.csv"),
        margin="75%",
    ),
    "experiment": lambda: ltvcli.experiment(
        EXAMPLES / "experiment/results.csv", arm="group", outcome="spend_usd", control="holdout"
    ),
}
USUAL = effort.family(WRITERS, "both", "cohorts", "segments", "mrr", "whatif", "audit", "scorecard")


@pytest.fixture(scope="module")
def reports() -> Mapping[str, AnyReport]:
    return WhenAsked(WRITERS)


@pytest.mark.parametrize("lang", effort.family(["en", "ja"]))
@pytest.mark.parametrize("name", USUAL)
def test_every_number_of_every_table_is_a_number_in_a_cell(
    name: str, lang: str, reports: Mapping[str, AnyReport]
) -> None:
    report = reports[name]
    page = memo.page(report, lang)
    book = opened(report, values=True, lang=lang)
    known = {value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    expected = [
        end
        for described in (page, *page.parts)
        for section in described.sections
        for block in section.blocks
        if isinstance(block, Grid)
        for line in block.rows
        for cell in line
        if isinstance(cell, Numeral)
        for end in (cell.value, cell.low, cell.high)
        if end is not None
    ]
    assert len(expected) > 3
    # A file holds 16 digits of a number.
    assert [value for value in expected if float(f"{value:.16g}") not in known] == []


@pytest.mark.parametrize("name", USUAL)
def test_no_number_is_left_as_text(name: str, reports: Mapping[str, AnyReport]) -> None:
    written = re.compile(r"[^\w\s]{0,3}\d[\d,]*(\.\d+)?%?( \([^()]*\))?")
    texts = [
        (sheet, place, value)
        for sheet, place, value in cells(opened(reports[name], values=True))
        if sheet not in ("Summary", "Definitions", "Rows", "Triangle")
        if isinstance(value, str) and int(re.sub(r"\D", "", place)) > 3
        if written.fullmatch(value) and not re.fullmatch(r"20\d\d", value)
    ]
    assert texts == []


@pytest.mark.parametrize("name", WRITERS)
def test_formulas_of_every_workbook_keep_to_the_rules(
    name: str, reports: Mapping[str, AnyReport]
) -> None:
    book = opened(reports[name])
    keeps_to_the_rules(book, ("Calculation", "Checks"))
    assert book.sheetnames[0] == "Summary"
    assert book.sheetnames[-1] == "Definitions"


def test_what_is_not_known_has_an_empty_cell_and_text_in_a_column_of_numbers_stays() -> None:
    report = segments()
    first, *others = report.tables["segments"]
    unknown = dict.fromkeys(("ltv", "ltv_low", "ltv_high", "share", "payback"))
    table = ({**first, **unknown}, *others)
    book = opened(replace(report, tables={**report.tables, "segments": table}), values=True)
    sheet = book["Segments by impact"]
    heads = [cell.value for cell in sheet[3]]
    cells = dict(zip(heads, (cell.value for cell in sheet[5]), strict=True))
    assert cells["LTV"] is None
    assert cells["LTV, low"] is None
    assert cells["Share of revenue"] is None
    assert cells["Payback"] == "not yet"
    assert MISSING not in cells.values()


def test_heads_have_units_and_stay_in_sight() -> None:
    sheet = opened(segments(), values=True)["Segments by impact"]
    units = {head.value: unit.value for head, unit in zip(sheet[3], sheet[4], strict=True)}
    assert units["Share of revenue"] == "%"
    assert units["LTV"] == "USD"
    assert units["Payback"] == "months"
    assert units["Segment"] is None
    assert sheet.freeze_panes == "B5"
    assert all(width.width >= 11 for width in sheet.column_dimensions.values())


def test_yen_has_no_decimals() -> None:
    sheet = opened(replace(segments(), currency="JPY"))["Segments by impact"]
    formats = {
        head.value: cell.number_format for head, cell in zip(sheet[3], sheet[5], strict=True)
    }
    assert formats["LTV"] == "#,##0;-#,##0"
    assert formats["Share of revenue"] == "0.0%"


def test_rows_are_accounted_for_by_live_formulas() -> None:
    spend = replace(ORDERS, path="=spend.csv", kind="spend", rows_read=7, rows_used=7, set_aside={})
    report = segments(inputs=(ORDERS, spend))
    found = rows(opened(report, values=True), "Rows")
    assert found["orders.csv"][5:] == [12345, 11890, 320, 120, 15]
    assert found["=spend.csv"][5:] == [7, 7, 0, 0, 0]
    again = recomputed(opened(report))
    checks = rows(again, "Checks")
    assert checks["orders.csv: rows used + excluded = rows read"][:3] == [12345, 12345, True]
    assert checks["Checks that failed"][-1] == 0
    agrees(report, again)


@pytest.mark.slow
def test_a_row_that_is_not_accounted_for_fails_its_check() -> None:
    book = opened(segments(inputs=(ORDERS,)))
    book["Rows"]["H4"].value -= 1
    checks = rows(recomputed(book), "Checks")
    assert checks["Checks that failed"][-1] == 1


@pytest.mark.slow
def test_hostile_names_are_text_in_every_cell() -> None:
    report = segments(inputs=tuple(replace(ORDERS, path=text, profile=text) for text in HOSTILE))
    row = report.tables["segments"][0]
    names = tuple({**row, "segment": text} for text in HOSTILE)
    hostile = replace(report, tables={**report.tables, "segments": names})
    plain = replace(report, inputs=tuple(replace(ORDERS, path="x") for _ in HOSTILE))
    assert formulas(opened(hostile)) == formulas(opened(plain))
    book = opened(hostile, values=True)
    shown = {row[0].value for row in book["Segments by impact"].iter_rows(min_row=5)}
    assert {fitting(text) for text in HOSTILE} <= shown


@pytest.mark.slow
def test_ten_thousand_segments_with_long_names_are_all_there() -> None:
    report = segments()
    row = report.tables["segments"][0]
    names = [{**row, "segment": f"{n:05} " + "n" * 200} for n in range(10_000)]
    book = xlsx.render(replace(report, tables={**report.tables, "segments": tuple(names)}), "en")
    sheet = openpyxl.load_workbook(io.BytesIO(book), read_only=True)["Segments by impact"]
    shown = [line[0] for line in sheet.iter_rows(min_row=5, values_only=True)]
    assert shown == [name["segment"] for name in names]


def test_names_of_sheets_fit_and_are_never_the_same() -> None:
    taken: set[str] = {"summary"}
    names = [
        sheet_name(text, taken) for text in [*HOSTILE, "Summary", "history", "n" * 200, "", ""]
    ]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name.lower() not in ("history", "summary")


def test_a_cell_takes_no_more_than_excel_does() -> None:
    for text in ("x" * 40_000, "𝕳" * 20_000, "a" + "𝕳" * 20_000):
        cut = fitting(text)
        assert LONGEST_TEXT - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert fitting("\x00") == printable("\x00")


@pytest.mark.parametrize("name", ["cohorts", "segments"])
def test_numbers_are_those_of_the_csv(name: str) -> None:
    report: Any = WRITERS[name]()
    main = "cohorts" if name == "cohorts" else "segments"
    page = csv_format.render(report, "en", main)
    title = "Cohorts to date" if name == "cohorts" else "Segments by impact"
    sheet = opened(report, values=True)[title]
    shown = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=5)]
    for line, record in zip(shown, csv.DictReader(io.StringIO(page)), strict=False):
        for key in ("customers", "ltv", "ltv_low", "ltv_to_cac", "share"):
            if record.get(key):
                assert float(record[key]) in line
