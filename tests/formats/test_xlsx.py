"""The workbook of `ltv calc`: formulas by the rules, values that LibreOffice computes, too."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import ltvcli
from ltvcli.errors import NoWorkbookError, WorkbookTakesFileError
from ltvcli.formats import xlsx
from ltvcli.pages import shared
from ltvcli.results import Finding, Report, Sentence, Severity
from tests.formats.mrr_reports import saas
from tests.hostile import HOSTILE

EXAMPLES = Path(__file__).parents[2] / "examples"
SHOP, SAAS = str(EXAMPLES / "shop" / "orders.csv"), str(EXAMPLES / "saas" / "subscriptions.csv")
CASES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "orders": ((SHOP,), {"cac": 40, "margin": "40%", "discount": "10%", "retention_cost": 5}),
    "no CAC": ((SHOP,), {}),
    "a loss": ((SHOP,), {"cac": 400, "margin": "5%", "retention_cost": 90}),
    "subscriptions": ((SAAS,), {"cac": 450, "margin": "80%"}),
    "churn": ((), {"arpu": 10_000, "churn": "5%", "cac": 60_000, "discount": "10%"}),
    "life": ((), {"arpu": 10_000, "lifespan": "2y", "cac": 60_000, "discount": "10%"}),
    "formula": (
        (),
        {"aov": 8000, "frequency": 3, "lifespan": "2y", "cac": 5000, "retention_cost": 1000},
    ),
}
SHEETS = ["Summary", "Inputs", "Data", "Calculation", "Checks", "Definitions"]
FUNCTIONS = {"SUM", "SUMPRODUCT", "INDEX", "MATCH", "IF", "MIN", "MAX", "ROUND"}
Cells = Mapping[tuple[str, str], Any]


@pytest.fixture(scope="module")
def reports() -> Mapping[str, Report]:
    return {name: ltvcli.calc(*files, **options) for name, (files, options) in CASES.items()}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Workbook], Workbook]:
    """Return what computes a workbook by LibreOffice; its written values are taken out before."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    home = tmp_path_factory.mktemp("office")

    def compute(book: Workbook) -> Workbook:
        book.save(home / "book.xlsx")  # openpyxl writes formulas without values
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        subprocess.run(
            [program, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML",
             "--outdir", str(home / "out"), str(home / "book.xlsx")],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        return openpyxl.load_workbook(home / "out" / "book.xlsx", data_only=True)

    return compute


def opened(report: Report, *, values: bool = False, lang: str = "en") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(report, lang)), data_only=values)


def cells(book: Workbook) -> Iterator[tuple[str, str, Any]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate, cell.value) for cell in row)


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet, place): value
        for sheet, place, value in cells(book)
        if isinstance(value, str) and value.startswith("=")
    }


def rows(book: Workbook, sheet: str) -> dict[str, list[Any]]:
    return {row[0].value: [cell.value for cell in row[1:]] for row in book[sheet].iter_rows()}


@pytest.mark.parametrize("name", CASES)
def test_libreoffice_computes_every_value_that_is_written(
    name: str, reports: Mapping[str, Report], computed: Callable[[Workbook], Workbook]
) -> None:
    book, written = opened(reports[name]), opened(reports[name], values=True)
    again = computed(opened(reports[name]))
    found = formulas(book)
    assert len(found) > 15
    for sheet, place in found:
        expected, value = written[sheet][place].value, again[sheet][place].value
        if isinstance(expected, (int, float)) and not isinstance(expected, bool):
            assert value == pytest.approx(expected, rel=1e-9, abs=1e-9), (sheet, place)
        else:
            assert (value or None) == (expected or None), (sheet, place)
    assert rows(again, "Checks")["Checks that failed"][-1] == 0


@pytest.mark.parametrize("name", CASES)
def test_the_values_are_those_of_the_report(name: str, reports: Mapping[str, Report]) -> None:
    report = reports[name]
    shown = opened(report, values=True)["Summary"]
    found = {row[0].value: [cell.value for cell in row[1:6]] for row in shown.iter_rows(min_row=5)}
    for method in report.methods:
        if method.ltv is None:
            continue
        values = found[shared.method_label(method.method, "en")]
        expected = [method.ltv, method.ltv_net, method.ltv_to_cac, method.payback]
        assert values[:4] == [pytest.approx(v) if v is not None else None for v in expected]


def test_changed_inputs_give_what_ltv_gives(
    reports: Mapping[str, Report], computed: Callable[[Workbook], Workbook]
) -> None:
    book = opened(reports["orders"])
    changed = {"Gross margin": 0.55, "Acquisition cost (CAC)": 31.0, "Annual retention cost": 12.0}
    changed |= {"Annual discount rate": 0.2}
    for row in book["Inputs"].iter_rows():
        if row[0].value in changed:
            row[1].value = changed.pop(row[0].value)
    assert changed == {}
    again = rows(computed(book), "Summary")
    options = {"margin": 0.55, "cac": 31, "retention_cost": 12, "discount": "20%"}
    report = ltvcli.calc(SHOP, **options)
    for method in report.methods:
        values = again[shared.method_label(method.method, "en")]
        expected = [method.ltv, method.ltv_net, method.ltv_to_cac, method.payback]
        assert values[:4] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_formulas_keep_to_the_fast_rules(name: str, reports: Mapping[str, Report]) -> None:
    book = opened(reports[name])
    assert book.sheetnames == SHEETS
    assert list(book.defined_names) == []
    found = formulas(book)
    for (sheet, place), formula in found.items():
        assert sheet not in ("Inputs", "Data", "Definitions"), place
        assert set(re.findall(r"([A-Z]+)\(", formula)) <= FUNCTIONS
        constants = re.findall(r"(?<![A-Z$\d.])\d+(?:\.\d+)?(?![\d.]*[A-Z(])", formula)
        assert set(constants) <= {"0", "1"}, formula
    for sheet, place, value in cells(book):
        if sheet in ("Calculation", "Checks") and (sheet, place) not in found:
            assert not isinstance(value, (int, float)), (sheet, place)


def test_a_row_of_months_has_one_formula_copied_along(reports: Mapping[str, Report]) -> None:
    sheet = opened(reports["orders"])["Calculation"]
    for row in sheet.iter_rows(min_row=3, max_row=12, min_col=4):
        relative = set()
        for cell in row:
            here = re.escape(cell.column_letter)
            data = re.escape(openpyxl.utils.get_column_letter(cell.column - 2))
            text = re.sub(rf"(?<![$A-Z]){here}(?=\d)", "HERE", cell.value or "")
            relative.add(re.sub(rf"Data!{data}\$", "Data!THERE$", text))
        assert len(relative) == 1, relative


def test_inputs_are_blue_and_formulas_are_not(reports: Mapping[str, Report]) -> None:
    book = opened(reports["orders"])
    blue = [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.font.color is not None and cell.font.color.rgb == "FF0000FF"
    ]
    assert blue
    assert {(sheet, place[0]) for sheet, place in blue} == {("Inputs", "B")}


def test_without_a_margin_a_grade_is_the_best_one_possible(reports: Mapping[str, Report]) -> None:
    shown = rows(opened(ltvcli.calc(arpu=10_000, churn="5%", cac=60_000), values=True), "Summary")
    assert shown["ARPU / churn"][4] == "at most healthy"
    assert rows(opened(reports["orders"], values=True), "Summary")["Observed"][4] == "danger"


def test_hostile_text_is_text(reports: Mapping[str, Report]) -> None:
    finding = [
        Finding(check="x", severity=Severity.INFO, says=Sentence("{what}", {"what": text}))
        for text in HOSTILE
    ]
    plain = reports["orders"]
    report = replace(plain, findings=tuple(finding))
    assert formulas(opened(report)) == formulas(opened(plain))
    assert opened(report, lang="ja").sheetnames == SHEETS


def test_the_same_report_gives_the_same_bytes(reports: Mapping[str, Report]) -> None:
    assert xlsx.render(reports["orders"], "en") == xlsx.render(reports["orders"], "en")


def test_other_commands_have_no_workbook_yet() -> None:
    with pytest.raises(NoWorkbookError):
        xlsx.render(saas(), "en")
    with pytest.raises(WorkbookTakesFileError):
        ltvcli.calc(arpu=10, churn="5%").to_text("xlsx")
