"""Workbooks of `ltv bonus` and `ltv scorecard`: every total agrees to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

import ltvcli
from ltvcli.api.bonus import BonusAnswer
from tests.formats.workbooks import agrees, formulas, keeps_to_the_rules, opened, recomputed, rows

TRUST = Path(__file__).parents[2] / "examples/trust"
PLAN = {
    "schedule": {"signing": "33.3%", "90d": "33.3%", "180d": "33.4%"},
    "pro_rata": True,
    "trust": {"weight": "on"},
}
SPLIT = ("Released", "Held", "Forfeited")
CENT = Decimal("0.01")


@pytest.fixture(scope="module")
def bonus(tmp_path_factory: pytest.TempPathFactory) -> BonusAnswer:
    """Pay 300 deals of 7 owners with odd commissions; more than a page lists, some not matched."""
    folder = tmp_path_factory.mktemp("bonus")
    subscriptions = ["customer,start,end,amount,interval\n"]
    deals = ["deal,customer,owner,signed,commission\n"]
    for number in range(300):
        start = f"2026-{1 + number % 9:02}-{1 + number % 28:02}"
        end = "2026-09-30" if number % 5 == 0 else ""
        subscriptions.append(f"C{number},{start},{end},{10 + number},month\n")
        customer = f"X{number}" if number % 50 == 7 else f"C{number}"
        commission = Decimal(number * number % 977) + Decimal(number % 100) * CENT
        deals.append(f"D{number},{customer},Owner {number % 7},{start},{commission}\n")
    subscriptions.append("C999,2026-10-31,,10,month\n")
    (folder / "subscriptions.csv").write_text("".join(subscriptions), "utf-8")
    (folder / "deals.csv").write_text("".join(deals), "utf-8")
    return ltvcli.bonus(folder / "subscriptions.csv", deals=folder / "deals.csv", plan=PLAN)


@pytest.fixture(scope="module")
def book(bonus: BonusAnswer) -> Workbook:
    return recomputed(opened(bonus))


def table(book: Workbook, sheet: str) -> Iterator[dict[str, Any]]:
    """Yield the rows below the heads in line 3 and the units in line 4."""
    lines = [[cell.value for cell in line] for line in book[sheet].iter_rows(min_row=3)]
    for line in lines[2:]:
        yield dict(zip(lines[0], line, strict=True))


def cents(value: float) -> Decimal:
    return Decimal(str(value)).quantize(CENT)


def total(book: Workbook, sheet: str, column: str) -> Decimal:
    return sum((cents(row[column]) for row in table(book, sheet)), Decimal(0))


@pytest.mark.slow
def test_every_deal_and_part_is_in_the_workbook(bonus: BonusAnswer, book: Workbook) -> None:
    assert [row["Deal"] for row in table(book, "Deals")] == [
        deal.deal for deal in sorted(bonus.deals, key=lambda deal: deal.owner)
    ]
    assert len(list(table(book, "Payroll"))) == 3 * len(bonus.deals)


def test_a_commission_is_divided_without_a_rest(book: Workbook) -> None:
    for row in table(book, "Deals"):
        assert cents(row["Commission"]) == sum(cents(row[name]) for name in SPLIT)
        assert row["Difference"] == 0
    for row in table(book, "Commissions"):
        assert cents(row["Commission"]) == sum(cents(row[name]) for name in SPLIT)


@pytest.mark.parametrize("name", ["Commission", *SPLIT, "Trust adjustment", "Pay to date"])
def test_parts_deals_and_owners_have_the_totals_of_the_payroll(
    name: str, bonus: BonusAnswer, book: Workbook
) -> None:
    key = {"Trust adjustment": "adjustment", "Pay to date": "pay"}.get(name, name.lower())

    sums = {total(book, sheet, name) for sheet in ("Payroll", "Deals", "Commissions")}
    assert sums == {bonus.totals[key]}


@pytest.mark.slow
def test_formulas_agree_and_a_changed_part_breaks_a_check(bonus: BonusAnswer) -> None:
    written = opened(bonus)
    assert agrees(bonus, recomputed(written)) > 300 * len(SPLIT)
    keeps_to_the_rules(written, ())
    assert ("Deals", "F5") in formulas(written)

    heads = [cell.value for cell in written["Payroll"][3]]
    written["Payroll"].cell(5, 1 + heads.index("Released")).value += 0.01
    assert rows(recomputed(written), "Checks")["Checks that failed"][3] > 0


def test_the_scorecard_has_the_values_of_the_report() -> None:
    report = ltvcli.scorecard(
        TRUST / "subscriptions.csv", deals=TRUST / "deals.csv", by="team", period="quarter"
    )
    book = opened(report, values=True)

    shown = {
        row["Figure"]: row["Value"]
        for sheet in ("Front (results)", "Trust (what lasts)")
        for row in table(book, sheet)
    }
    figures = {tile.figure: tile.now.value for tile in report.tiles if not tile.group}
    assert cents(shown["MRR"]) == cents(figures["mrr"]) == Decimal("190190.00")
    assert cents(shown["Period LTV"]) == cents(figures["period_ltv"])
    groups = {row["Team"]: row["New"] for row in table(book, "Cohorts of 2026-Q2 by group")}
    cohort = next(shift for shift in report.shifts if not shift.group)
    assert sum(groups.values()) == cohort.new.now == 277
