"""The workbook of `ltv calc`: formulas by the rules, values that LibreOffice computes, too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.workbook import Workbook

import ltvcli
from ltvcli.errors import WorkbookTakesFileError
from ltvcli.formats import xlsx
from ltvcli.pages import shared
from ltvcli.results import Finding, Report, Sentence, Severity
from tests import effort
from tests.formats.workbooks import (
    agrees,
    computed_together,
    formulas,
    keeps_to_the_rules,
    opened,
    opened_anew,
    recomputed,
    rows,
)
from tests.hostile import HOSTILE

pytestmark = pytest.mark.sampled

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
OF_EACH_BASIS = ("orders", "subscriptions", "churn")
SHEETS = ["Summary", "Inputs", "Data", "Calculation", "Checks", "Definitions"]


@pytest.fixture(scope="module")
def reports() -> Mapping[str, Report]:
    return {name: ltvcli.calc(*files, **options) for name, (files, options) in CASES.items()}


@pytest.fixture(scope="module")
def books(
    reports: Mapping[str, Report], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Workbook]:
    """Let LibreOffice compute the workbooks of all reports."""
    names = CASES if effort.is_everything() else OF_EACH_BASIS
    written = {name: opened(reports[name]) for name in names}
    return computed_together(written, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", effort.family(CASES, *OF_EACH_BASIS))
def test_every_formula_has_the_value_that_was_written(
    name: str, reports: Mapping[str, Report]
) -> None:
    assert agrees(reports[name], recomputed(opened(reports[name]))) > 15


@pytest.mark.slow("starts LibreOffice; a usual run does so for the formulas of all sheets")
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in OF_EACH_BASIS else pytest.mark.slow) for name in CASES],
)
def test_libreoffice_computes_the_same(
    name: str, reports: Mapping[str, Report], books: Mapping[str, Workbook]
) -> None:
    agrees(reports[name], books[name])


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


@pytest.mark.slow
def test_changed_inputs_give_what_whatif_gives(reports: Mapping[str, Report]) -> None:
    book = opened(reports["orders"])
    for row in book["Inputs"].iter_rows():
        if row[0].value == "Acquisition cost (CAC)":
            row[1].value *= 0.8
        if row[0].value == "Gross margin":
            row[1].value *= 1.1
    again = rows(recomputed(book), "Summary")
    options = {"retention_cost": 5, "discount": "10%"}
    report = ltvcli.whatif(SHOP, cac="40->32", margin="40%->44%", **options)
    (after,) = (row for row in report.tables["levers"] if row["lever"] == "all")
    ltv, _, ratio, *_ = again[shared.method_label(report.after.method, "en")]
    assert [ltv, ratio] == pytest.approx([after["ltv"], after["ltv_to_cac"]], rel=1e-9)


@pytest.mark.slow
def test_changed_inputs_give_what_ltv_gives(reports: Mapping[str, Report]) -> None:
    book = opened_anew(reports["orders"])
    changed = {"Gross margin": 0.55, "Acquisition cost (CAC)": 31.0, "Annual retention cost": 12.0}
    changed |= {"Annual discount rate": 0.2}
    for row in book["Inputs"].iter_rows():
        if row[0].value in changed:
            row[1].value = changed.pop(row[0].value)
    assert changed == {}
    again = rows(recomputed(book), "Summary")
    options = {"margin": 0.55, "cac": 31, "retention_cost": 12, "discount": "20%"}
    report = ltvcli.calc(SHOP, **options)
    for method in report.methods:
        values = again[shared.method_label(method.method, "en")]
        expected = [method.ltv, method.ltv_net, method.ltv_to_cac, method.payback]
        assert values[:4] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_formulas_keep_to_the_fast_rules(name: str, reports: Mapping[str, Report]) -> None:
    book = opened(reports[name])
    assert [name for name in book.sheetnames if name in SHEETS] == SHEETS
    keeps_to_the_rules(book, ("Calculation", "Checks"))
    assert {sheet for sheet, _ in formulas(book)} == {"Summary", "Calculation", "Checks"}


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
    assert opened(report, lang="ja").sheetnames[:4] == SHEETS[:4]


def test_the_same_report_gives_the_same_bytes(reports: Mapping[str, Report]) -> None:
    assert xlsx.render(reports["orders"], "en") == xlsx.render(reports["orders"], "en")


def test_a_workbook_is_written_to_a_file_only() -> None:
    with pytest.raises(WorkbookTakesFileError):
        ltvcli.calc(arpu=10, churn="5%").to_text("xlsx")
