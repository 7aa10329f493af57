"""Workbooks of several answers: one sheet of inputs moves all, and checks go across sheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from openpyxl.workbook import Workbook

import ltvcli
from ltvcli.pages import shared
from ltvcli.pipeline import compiled
from ltvcli.results import Sentence
from ltvcli.results.compiled import Chapter
from ltvcli.settings import settings as config
from ltvcli.workbook.live import cohorts as live_cohorts
from tests.formats.cohort_reports import cohorts
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

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

pytestmark = pytest.mark.sampled

EXAMPLES = Path(__file__).parents[2] / "examples"
SHOP, SAAS = str(EXAMPLES / "shop" / "orders.csv"), str(EXAMPLES / "saas" / "subscriptions.csv")
GIVEN = {"cac": 450, "margin": "80%", "discount": "10%"}
LIVE = ("Summary", "Inputs", "Data", "Calculation", "Triangle", "Cohorts", "Segments", "MRR")


def workbook(*files: str, **options: Any) -> AnyReport:
    """Return what `ltv calc FILES --out ltv.xlsx` writes."""
    value = ltvcli.calc(*files, **options)
    return compiled.of_workbook(value, files, config.from_python(options))


@pytest.fixture(scope="module")
def reports() -> Mapping[str, AnyReport]:
    return {
        "value": workbook(SAAS, **GIVEN),
        "investor": ltvcli.report("investor", SAAS, **GIVEN),
    }


@pytest.fixture(scope="module")
def shop() -> AnyReport:
    return workbook(SHOP, cac=40, margin="40%", retention_cost=5, discount="10%")


@pytest.mark.slow
def test_a_workbook_of_a_value_has_every_sheet(reports: Mapping[str, AnyReport]) -> None:
    names = opened(reports["value"]).sheetnames
    assert tuple(names[: len(LIVE)]) == LIVE
    assert names[-3:] == ["Rows", "Checks", "Definitions"]


@pytest.mark.slow
def test_retention_is_live_in_a_workbook_for_investors(reports: Mapping[str, AnyReport]) -> None:
    book = opened(reports["investor"])
    assert {"Calculation", "Triangle", "Cohorts", "MRR"} <= set(book.sheetnames)
    titles = [row[0].value for row in book["Triangle"].iter_rows()]
    assert "Retention" in titles


@pytest.mark.parametrize("name", ["value", "investor"])
def test_every_formula_has_the_value_that_was_written(
    name: str, reports: Mapping[str, AnyReport]
) -> None:
    assert agrees(reports[name], recomputed(opened(reports[name]))) > 3000


@pytest.mark.slow
def test_libreoffice_computes_the_same(
    reports: Mapping[str, AnyReport], shop: AnyReport, tmp_path: Path
) -> None:
    every = {"investor": reports["investor"], "shop": shop}
    written = {name: opened(report) for name, report in every.items()}
    for name, again in computed_together(written, tmp_path).items():
        agrees(every[name], again)


@pytest.mark.parametrize("name", ["value", "investor"])
def test_formulas_keep_to_the_fast_rules(name: str, reports: Mapping[str, AnyReport]) -> None:
    book = opened(reports[name])
    keeps_to_the_rules(book, ("Calculation", "Checks"))
    blue = {
        (sheet.title, cell.column_letter)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.font.color is not None and cell.font.color.rgb == "FF0000FF"
    }
    assert blue == {("Inputs", "B")}


def test_an_input_has_one_row_with_the_sheets_that_use_it(
    reports: Mapping[str, AnyReport],
) -> None:
    every = list(opened(reports["value"], values=True)["Inputs"].iter_rows(min_row=4))
    labels = [row[0].value for row in every if row[0].value != "Name of the grade"]
    assert len(set(labels)) == len(labels)
    used = {row[0].value: row[4].value for row in every}
    assert used["Gross margin"] == "Calculation, Cohorts"
    assert used["Acquisition cost (CAC)"] == "Calculation, Cohorts, Segments"
    book = opened(reports["value"])
    for row in every:
        place = f"Inputs!$B${row[0].row}"
        taking = {sheet for (sheet, _), text in formulas(book).items() if f"{place}" in text}
        taking -= {"Summary", "Checks"}
        taking |= {"Cohorts"} if "Triangle" in taking else set()
        assert taking - {"Triangle"} <= set(row[4].value.split(", ")), row[0].value


def test_checks_go_across_sheets(reports: Mapping[str, AnyReport]) -> None:
    checks = rows(opened(reports["value"], values=True), "Checks")
    customers = reports["value"].chapters[0].report.figures.customers
    assert customers is not None
    name = "Customers of all cohorts = customers of all segments"
    assert checks[name] == [customers.value, customers.value, True, 0]
    assert checks["Revenue of all cohorts = revenue of all segments"][2] is True
    assert "MRR: opening + movements = close, in every month" in checks


@pytest.mark.slow
def test_segments_that_lose_a_customer_fail_their_check(reports: Mapping[str, AnyReport]) -> None:
    book = opened_anew(reports["value"])
    book["Segments"]["B6"].value -= 1
    checks = rows(recomputed(book), "Checks")
    assert checks["Customers of all cohorts = customers of all segments"][2] is False


def changed(book: Workbook, inputs: Mapping[str, float]) -> Workbook:
    left = dict(inputs)
    for row in book["Inputs"].iter_rows():
        if row[0].value in left:
            row[1].value = left.pop(row[0].value)
    assert left == {}
    return recomputed(book)


@pytest.mark.slow
def test_a_changed_input_gives_on_every_sheet_what_ltv_gives(shop: AnyReport) -> None:
    inputs = {"Gross margin": 0.44, "Acquisition cost (CAC)": 32.0}
    again = changed(opened_anew(shop), inputs)
    options = {"retention_cost": 5, "discount": "10%"}
    after = ltvcli.whatif(SHOP, cac="40->32", margin="40%->44%", **options)
    (both,) = (row for row in after.tables["levers"] if row["lever"] == "all")
    ltv, _, ratio, *_ = rows(again, "Summary")[shared.method_label(after.after.method, "en")]
    assert [ltv, ratio] == pytest.approx([both["ltv"], both["ltv_to_cac"]], rel=1e-9)

    heads = [cell.value for cell in again["Cohorts"][3]]
    expected = ltvcli.cohorts(SHOP, cac=32, margin="44%", **options).tables["cohorts"]
    for nth, row in enumerate(expected, live_cohorts.ROW):
        shown = dict(zip(heads, (cell.value for cell in again["Cohorts"][nth]), strict=True))
        known = row["ltv"]
        assert shown["LTV to date"] == (pytest.approx(known, rel=1e-6) if known else None)
    heads = [cell.value for cell in again["Segments"][3]]
    assert {row[heads.index("CAC")].value for row in again["Segments"].iter_rows(6, 8)} == {32}
    assert rows(again, "Checks")["Checks that failed"][3] == 0


def test_unanswered_questions_are_listed_on_the_summary(reports: Mapping[str, AnyReport]) -> None:
    report = reports["value"]
    missing = Sentence("{n} customers are too few for a forecast.", {"n": 2})
    chapter = Chapter(name="predict", question="What will come?", missing=missing)
    report = replace(report, chapters=(*report.chapters, chapter))
    texts = [str(row[0]) for row in opened(report, values=True)["Summary"].values]
    assert texts.index("2 customers are too few for a forecast.") > texts.index("What will come?")
    # The answer stands there once, with its formulas.
    assert sum(text.startswith("18-month LTV:") for text in texts) == 1


def test_very_many_cohorts_are_values_as_the_summary_states(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = cohorts()
    texts = [row[0] for row in opened(report, values=True)["Summary"].values]
    assert not any("no formulas" in str(text) for text in texts)
    monkeypatch.setattr(live_cohorts, "MOST_CELLS", 5)
    book = opened_anew(report, values=True)
    (note,) = (row[0] for row in book["Summary"].values if "no formulas" in str(row[0]))
    assert "at most 5 cells" in note
    assert "Triangle" not in book.sheetnames


@pytest.mark.parametrize(
    ("most", "hint"),
    [(400, "type ltv cohorts with --by quarter."), (300, "on other sheets.")],
)
def test_what_is_typed_for_formulas_makes_few_enough_cells(
    most: int, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, cell = cohorts().tables["cohorts"][0], cohorts().tables["triangle"][0]
    months = [f"2024-{n:02}" for n in range(1, 25)]
    tables = {
        "cohorts": tuple({**row, "cohort": month} for month in months),
        "triangle": tuple({**cell, "cohort": month, "age_month": 30} for month in months),
    }
    report = replace(cohorts(), tables={**cohorts().tables, **tables}, by="month")
    monkeypatch.setattr(live_cohorts, "MOST_CELLS", most)
    texts = [str(row[0]) for row in opened(report, values=True)["Summary"].values]
    assert any("no formulas" in text for text in texts)
    assert any(text.endswith(hint) for text in texts)


@pytest.mark.slow
def test_orders_and_subscriptions_together_have_no_live_sheets() -> None:
    book = opened(workbook(SHOP, SAAS), values=True)
    texts = [str(row[0]) for row in book["Summary"].values]
    assert any(text.startswith("Orders and subscriptions together have no form") for text in texts)
    assert "Inputs" not in book.sheetnames
