"""Live sheets of cohorts, segments and MRR: formulas by the rules, with the values of ltv."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from msgspec.structs import replace

import ltvcli
from ltvcli.formats import xlsx
from ltvcli.pages.mrr import FIGURES
from ltvcli.results import InputFile
from ltvcli.workbook.live import cohorts as live_cohorts
from tests import effort
from tests.formats.cohort_reports import triangle
from tests.formats.mrr_reports import partial, saas
from tests.formats.segment_reports import estimate, segment, segments
from tests.formats.workbooks import (
    WhenAsked,
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

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

pytestmark = pytest.mark.sampled

EXAMPLES = Path(__file__).parents[2] / "examples"
SHOP, SAAS = str(EXAMPLES / "shop" / "orders.csv"), str(EXAMPLES / "saas" / "subscriptions.csv")
SPEND = str(EXAMPLES / "shop" / "spend.csv")
WRITERS: dict[str, tuple[Any, tuple[str, ...], dict[str, Any]]] = {
    "cohorts": (ltvcli.cohorts, (SHOP,), {"cac": 40, "margin": "40%", "discount": "10%"}),
    "a loss": (ltvcli.cohorts, (SHOP,), {"cac": 400, "margin": "5%"}),
    "no margin": (ltvcli.cohorts, (SHOP,), {}),
    "spend": (ltvcli.cohorts, (SHOP,), {"spend": SPEND, "by": "quarter"}),
    "retention": (ltvcli.cohorts, (SAAS,), {"metric": "retention", "margin": "80%"}),
    "segments": (ltvcli.segments, (SHOP,), {"spend": SPEND, "margin": "40%", "by": "channel"}),
    "given CAC": (ltvcli.segments, (SHOP,), {"cac": 40, "by": "channel"}),
    "plans": (ltvcli.segments, (SAAS,), {"margin": "80%", "by": "plan"}),
    "mrr": (ltvcli.mrr, (SAAS,), {}),
    "stripe": (ltvcli.mrr, (SAAS,), {"as_": "stripe"}),
    "recurly": (ltvcli.mrr, (SAAS,), {"as_": "recurly"}),
}
FIRST_OF_EACH = ("cohorts", "segments", "mrr")
LIVE = {"cohorts": ("Triangle", "Cohorts"), "segments": ("Segments",), "mrr": ("MRR",)}


@pytest.fixture(scope="module")
def reports() -> Mapping[str, AnyReport]:
    return WhenAsked(
        {
            name: functools.partial(write, *files, **options)
            for name, (write, files, options) in WRITERS.items()
        }
    )


@pytest.mark.parametrize("name", effort.family(WRITERS, *FIRST_OF_EACH))
def test_every_formula_has_the_value_that_was_written(
    name: str, reports: Mapping[str, AnyReport]
) -> None:
    report = reports[name]
    count = agrees(report, recomputed(opened(report)))
    assert count > (600 if report.command == "cohorts" else 30)
    for sheet in LIVE[report.command]:
        assert sheet in opened(report).sheetnames


@pytest.mark.slow
def test_libreoffice_computes_the_same(reports: Mapping[str, AnyReport], tmp_path: Path) -> None:
    names = WRITERS if effort.is_everything() else FIRST_OF_EACH
    written = {name: opened(reports[name]) for name in names}
    for name, again in computed_together(written, tmp_path).items():
        agrees(reports[name], again)


@pytest.mark.parametrize("name", WRITERS)
def test_formulas_keep_to_the_fast_rules(name: str, reports: Mapping[str, AnyReport]) -> None:
    book = opened(reports[name])
    keeps_to_the_rules(book, ("Checks",))
    blue = {
        (sheet.title, cell.column_letter)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.font.color is not None and cell.font.color.rgb == "FF0000FF"
    }
    assert blue == {("Inputs", "B")}


@pytest.mark.parametrize("name", WRITERS)
def test_a_row_of_months_has_one_formula_copied_along(
    name: str, reports: Mapping[str, AnyReport]
) -> None:
    book = opened(reports[name])
    for title in {"Triangle", "MRR"} & set(book.sheetnames):
        for row in book[title].iter_rows(min_col=4):
            relative = {shifted(cell) for cell in row if cell.data_type == "f"}
            assert len(relative) <= 1, relative


@pytest.mark.parametrize("name", WRITERS)
def test_a_column_of_rows_has_one_formula_copied_down(
    name: str, reports: Mapping[str, AnyReport]
) -> None:
    book = opened(reports[name])
    for title in {"Cohorts", "Segments"} & set(book.sheetnames):
        for column in book[title].iter_cols(min_row=6):
            relative = {lowered(cell) for cell in column if cell.data_type == "f"}
            assert len(relative) <= 1, relative


def shifted(cell: Any) -> str:
    """Write a formula with the columns of plain references as their distance."""
    place = openpyxl.utils.column_index_from_string
    return re.sub(
        r"(?<![A-Z$!])([A-Z]{1,2})(?=\$?\d)",
        lambda found: f"<{place(found[1]) - cell.column}>",
        cell.value,
    )


def lowered(cell: Any) -> str:
    """Write a formula with the rows of plain references as their distance."""
    return re.sub(r"(?<=[A-Z])(\d+)", lambda found: f"<{int(found[1]) - cell.row}>", cell.value)


def column(report: AnyReport, sheet: str, head: str, first: int) -> list[Any]:
    page = opened(report, values=True)[sheet]
    at = [cell.value for cell in page[3]].index(head)
    return [row[at].value for row in page.iter_rows(min_row=first)]


@pytest.mark.parametrize("name", ["cohorts", "a loss", "no margin", "spend", "retention"])
def test_cohorts_have_the_values_of_the_json(name: str, reports: Mapping[str, Any]) -> None:
    report = reports[name]
    table = report.tables["cohorts"]
    for key, head in (("ltv", "LTV to date"), ("ltv_to_cac", "LTV/CAC"), ("cac", "CAC")):
        shown = column(report, "Cohorts", head, 6)[: len(table)]
        expected = [row[key] for row in table]
        # The triangle in JSON is rounded to four decimals, LTV is not.
        assert [value or None for value in shown] == [
            pytest.approx(value, abs=1e-4) if value is not None else None for value in expected
        ]


def test_retention_is_that_of_the_json(reports: Mapping[str, Any]) -> None:
    report = reports["retention"]
    sheet = opened(report, values=True)["Triangle"]
    start = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Retention")
    names = [row["cohort"] for row in report.tables["cohorts"]]
    known = {(row["cohort"], row["age_month"]): row["value"] for row in report.tables["triangle"]}
    shown = 0
    for nth, name in enumerate(names, start + 1):
        for age, cell in enumerate(sheet[nth][3:]):
            expected = known.get((name, age))
            if expected is None:
                assert not cell.value
            else:
                assert cell.value == pytest.approx(expected)
                shown += 1
    assert shown > 100


@pytest.mark.parametrize("name", ["segments", "given CAC", "plans"])
def test_segments_have_the_values_of_the_json(name: str, reports: Mapping[str, Any]) -> None:
    report = reports[name]
    rows_shown = len(report.segments)
    for head, expected in (
        ("LTV/CAC", [row.ltv_to_cac and row.ltv_to_cac.value for row in report.segments]),
        ("Share of revenue", [row.share for row in report.segments]),
        (
            "Customers x LTV",
            [row.ltv and row.ltv.value * row.customers for row in report.segments],
        ),
    ):
        shown = column(report, "Segments", head, 6)[:rows_shown]
        assert [value or None for value in shown] == [
            pytest.approx(value) if value is not None else None for value in expected
        ]


@pytest.mark.parametrize("name", ["mrr", "stripe", "recurly"])
def test_mrr_has_the_values_of_the_json(name: str, reports: Mapping[str, Any]) -> None:
    report = reports[name]
    found = rows(opened(report, values=True), "MRR")
    for key in (
        "closing", "opening", "nrr", "grr", "gross_mrr_churn", "net_mrr_churn", "logo_churn",
        "quick_ratio", "customers_closing", "customers_opening", "arpu",
    ):  # fmt: skip
        expected = [getattr(month, key) for month in report.months]
        shown = [value if value != "" else None for value in found[FIGURES[key].label][2:]]
        assert shown[: len(expected)] == [
            pytest.approx(value) if value is not None else None for value in expected
        ], key
    assert found["ARR"][2:][-1] == pytest.approx(12 * report.months[-1].closing)


def test_the_standard_definition_is_live_throughout(reports: Mapping[str, AnyReport]) -> None:
    live = {int(re.sub(r"\D", "", place)) for sheet, place in formulas(opened(reports["mrr"]))
            if sheet == "MRR"}  # fmt: skip
    # Both openings, closes and differences, ARR, and seven rates.
    assert len(live) == 2 * 3 + 1 + 7
    assert "opening + movements = close" in " ".join(
        map(str, rows(opened(reports["mrr"], values=True), "Checks"))
    )


def test_a_changed_margin_and_cac_give_what_ltv_gives(reports: Mapping[str, AnyReport]) -> None:
    book = opened_anew(reports["cohorts"])
    changed = {"Gross margin": 0.55, "Acquisition cost (CAC)": 31.0, "Annual discount rate": 0.2}
    for row in book["Inputs"].iter_rows():
        if row[0].value in changed:
            row[1].value = changed.pop(row[0].value)
    assert changed == {}
    computed = recomputed(book)
    again = computed["Cohorts"]
    report = ltvcli.cohorts(SHOP, margin="55%", cac=31, discount="20%")
    heads = [cell.value for cell in again[3]]
    for nth, row in enumerate(report.tables["cohorts"], 6):
        shown = dict(zip(heads, (cell.value for cell in again[nth]), strict=True))
        for key, head in (("ltv", "LTV to date"), ("ltv_to_cac", "LTV/CAC")):
            expected = row[key]
            assert shown[head] == (pytest.approx(expected, rel=1e-6) if expected else None)
    assert computed["Checks"]["E4"].value == 0


def test_a_month_that_does_not_tie_fails_its_check() -> None:
    book = opened_anew(saas())
    book["MRR"]["E7"].value += 1
    assert rows(recomputed(book), "Checks")["Checks that failed"][3] == 1


def test_a_partial_month_has_movements_but_no_rates() -> None:
    report = partial()
    agrees(replace(report, inputs=(FILE,)), recomputed(opened(replace(report, inputs=(FILE,)))))
    found = rows(opened(report, values=True), "MRR")
    assert found["Rates are known (1 yes)"][-1] == 0
    assert not found["Net revenue retention"][-1]
    assert found["MRR"][-1] == report.months[-1].closing


@pytest.mark.slow
def test_hostile_names_of_segments_are_text_and_checks_hold() -> None:
    report = segments(*(segment(text or "x") for text in HOSTILE), losses=None, concentration=None)
    book = opened(report)
    plain = segments(*(segment("x") for _ in HOSTILE), losses=None, concentration=None)
    assert formulas(book) == formulas(opened(plain))
    assert rows(recomputed(book), "Checks")["Checks that failed"][3] == 0


def test_what_is_not_known_stays_empty() -> None:
    unknown = segment("new", ltv=None, cac=None, ltv_to_cac=None)
    report = segments(segment("web"), unknown, segment("free", cac=estimate(0.0, None)),
                      losses=None, concentration=None)  # fmt: skip
    again = recomputed(opened(report))
    agrees(report, again)
    heads = [cell.value for cell in again["Segments"][3]]
    shown = dict(zip(heads, (cell.value for cell in again["Segments"][7]), strict=True))
    for head in ("LTV", "CAC", "LTV/CAC", "LTV – CAC", "Customers x LTV", "Share of value"):
        assert shown[head] in (None, ""), head


FILE = InputFile(
    path="x.csv", kind="subscriptions", profile="generic", sha256="0", first=None, last=None,
    rows_read=3, rows_used=2, set_aside={"unpaid": 1}, columns={},
)  # fmt: skip


@pytest.mark.slow
def test_36_cohorts_of_36_months_open_fast(tmp_path: Path) -> None:
    report = triangle(36)
    start = time.perf_counter()
    written = xlsx.render(report, "en")
    assert time.perf_counter() - start < 10
    assert len(written) < 400_000
    assert len(formulas(opened(report))) > 36 * 36 * 3


def test_very_many_cohorts_are_values_alone() -> None:
    report = triangle(200)
    assert live_cohorts.MOST_CELLS < 200 * 200
    assert "Triangle" not in opened(report).sheetnames
