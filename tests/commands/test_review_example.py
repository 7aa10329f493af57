"""`ltv review` finds the four planted changes of examples/review, and no others."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import ltvcli
from ltvcli.api import ReviewAnswer
from ltvcli.results.review import Direction, Explained

SHOP = Path(__file__).parents[2] / "examples/review"
ORDERS, SPEND = SHOP / "orders.csv", SHOP / "spend.csv"
BEFORE_THE_RECALL = SHOP / "orders-2025-05.csv"


def review(path: Path = ORDERS, **options: object) -> ReviewAnswer:
    return ltvcli.review(str(path), **{"margin": 0.6, **options})  # type: ignore[arg-type]


def significant(explained: Explained) -> set[str]:
    return {reason.factor for reason in explained.reasons if reason.distinguishable}


def changed(report: ReviewAnswer) -> set[tuple[str, str]]:
    return {(change.segment, change.figure) for change in report.segments if change.changed}


def test_of_a_price_change_only_first_orders_and_values_move() -> None:
    report = review()
    (explained,) = report.explained
    (year_ago,) = report.year_ago

    assert (report.period, explained.direction) == ("2026-10", Direction.BETTER)
    assert significant(explained) == significant(year_ago) == {"first", "value"}
    sizes = {reason.factor: reason.contribution for reason in explained.reasons}
    assert min(sizes["first"], sizes["value"]) > 0


@pytest.mark.slow
def test_the_channel_that_turned_bad_is_named_and_no_other() -> None:
    report = review(spend=str(SPEND), period="quarter", as_of="2026-09-30")
    ratio, ltv = report.explained

    assert ratio.direction is Direction.WORSE
    assert changed(report) == {("social", "period_ltv"), ("social", "cac")}
    assert {"cac", "first"} <= significant(ratio) <= {"cac", "first", "returning"}
    assert significant(ltv) <= {"first", "returning"}
    assert all(reason.contribution < 0 for reason in ratio.reasons if reason.distinguishable)


def test_a_season_is_a_change_against_november_and_none_against_the_year_before() -> None:
    (explained,) = review(as_of="2025-12-31").explained
    (against_last_year,) = review(as_of="2025-12-31", against="last-year").explained

    assert explained.direction is Direction.BETTER
    assert significant(explained) == {"returning", "orders"}
    assert against_last_year.direction is Direction.NEITHER
    assert significant(against_last_year) == set()


@pytest.mark.slow
def test_a_data_revision_is_what_the_recalled_orders_add_up_to() -> None:
    reported, restated = review(BEFORE_THE_RECALL), review(as_of="2025-05-31")
    with ORDERS.open() as file:
        recalled = sum(
            float(row["Total"]) for row in csv.DictReader(file) if row["Status"] == "refunded"
        )
    revenues = [report.tiles[0].now.value for report in (reported, restated)]

    assert reported.period == restated.period == "2025-05"
    assert revenues[0] - revenues[1] == pytest.approx(recalled)
    assert significant(reported.explained[0]) == set()
    assert reported.explained[0].direction is Direction.NEITHER
    assert restated.explained[0].direction is Direction.WORSE
