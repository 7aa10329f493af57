"""Tiles: totals per day, given figures without a change, a year ago at the same horizon only."""

from __future__ import annotations

from datetime import date

import pytest

from ltvcli.analyses.review.comparison import compare
from ltvcli.analyses.review.figures import Costs
from ltvcli.analyses.review.tiles import tiles
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.formulas import periods
from ltvcli.results import Source
from ltvcli.results.review import Tile
from tests.analyses.review.shop import FEBRUARY, MARCH, WORKED, facts, order
from tests.reference import Order


def tiled(
    orders: list[Order], costs: Costs, months: int | None = None, *, year_ago: bool = False
) -> dict[str, Tile]:
    timeline = Timeline(facts(orders))
    comparison = compare(timeline, MARCH, FEBRUARY, costs, months)
    earlier = MARCH.a_year_earlier if year_ago else None
    return {tile.figure: tile for tile in tiles(timeline, MARCH, comparison, earlier, costs, {})}


def test_a_total_is_compared_per_day() -> None:
    """February has 28 days and March 31: sales of 10 a day in both are no change."""
    orders = [order("a", "01-01", 1), order("a", "02-03", 280), order("a", "03-03", 310)]
    revenue = tiled(orders, Costs())["net_revenue"]

    assert (revenue.now.value, revenue.previous) == (310, 280)
    assert revenue.change
    assert revenue.change.value == pytest.approx(0)
    assert revenue.per_day


def test_figures_of_the_worked_example() -> None:
    found = tiled(WORKED, Costs(margin=0.5), 2)

    assert found["net_revenue"].now.value == 120 + 60 + 90 + 100 + 50
    assert found["net_revenue"].previous == 100 + 80 + 40
    assert found["new_customers"].now.value == 1
    assert found["repeat_customers"].now.value == 4
    assert found["aov"].now.value == 420 / 5
    assert found["period_ltv"].previous == 96.16711956521739
    assert found["period_ltv"].now.value == pytest.approx(76.0436677631579 / 0.4 * 0.5)


def test_what_was_given_has_no_earlier_value_and_no_change() -> None:
    found = tiled(WORKED, Costs(margin=0.5, cac=40.0), 2)

    for name in ("cac", "margin"):
        tile = found[name]
        assert tile.now.source is Source.GIVEN
        assert (tile.previous, tile.change, tile.now.low) == (None, None, None)
    assert found["ltv_to_cac"].now.value == pytest.approx(found["period_ltv"].now.value / 40)
    assert found["ltv_to_cac"].target == 3
    assert found["payback"].target == 12


def test_a_year_ago_is_only_shown_at_the_same_horizon() -> None:
    """In March 2025 there was only age 0; the review of March 2026 is over two months."""
    early = [Order("z", date(2025, 2, 20), order("z", "01-01", 50).amount)]
    orders = [*early, order("z", "01-02", 70), *WORKED]
    found = tiled(orders, Costs(margin=0.5), 2, year_ago=True)

    assert found["net_revenue"].last_year == 0
    assert found["period_ltv"].last_year is None


def test_periods_of_a_year_ago_are_of_the_same_length() -> None:
    assert periods.of("quarter", date(2026, 5, 1)).a_year_earlier.name == "2025-Q2"
