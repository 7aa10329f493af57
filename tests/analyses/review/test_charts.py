"""Series behind the signals: points without samples, totals per day, gaps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.analyses.review import charts, figures
from ltvcli.analyses.review.figures import Costs
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.formulas import periods
from ltvcli.results.review import Signal
from tests.analyses.review.shop import facts, order
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, shop

JULY = periods.of("month", date(2026, 7, 1))


def monthly(*revenues: float) -> list[Order]:
    """One order of a customer in each month from January on."""
    return [order("a", f"{month:02}-01", revenue) for month, revenue in enumerate(revenues, 1)]


def charted(orders: list[Order], as_of: date) -> dict[figures.Figure, charts.Chart]:
    found = facts(orders, as_of)
    known = figures.whole_periods(found, "month")
    return charts.charts(Timeline(found), known, Costs(margin=0.5))


@pytest.mark.slow
@examples(4)
@given(st.integers(0, 10_000))
def test_points_without_samples_are_those_of_all_customers(seed: int) -> None:
    found = facts(shop(seed, 80, segments=("web", "ads")), AS_OF, by_segment=True)
    period = periods.of("month", date(2025, 10, 1))
    with_samples = Timeline(found, list(range(len(found.segments))))
    sums, points = with_samples.sums(period), with_samples.without_samples().sums(period)

    for name in ("new", "exposure", "revenue", "buyers", "all_revenue", "cost", "returned"):
        whole, point = getattr(sums, name)[..., 0], getattr(points, name)[..., 0]
        assert point == pytest.approx(whole), name
    assert points.exposed.tolist() == sums.exposed.tolist()


def test_months_of_equal_sales_a_day_are_routine_however_long() -> None:
    days = (31, 28, 31, 30, 31, 30, 31, 31, 30)
    found = charted(monthly(*(10 * n for n in days)), date(2026, 9, 30))["net_revenue"]

    assert found.values == pytest.approx([10.0] * 9)
    assert found.signal is Signal.ROUTINE


def test_the_worked_series_gives_a_signal_at_36_and_none_at_47() -> None:
    """Limits of 52 49 51 50 53 48 51 50 are 43.66 and 57.34; months are scaled to be per day."""
    days = (31, 28, 31, 30, 31, 30, 31, 31, 30)
    for last, signal in ((36, Signal.BELOW), (47, Signal.ROUTINE)):
        series = (52, 49, 51, 50, 53, 48, 51, 50, last)
        revenues = [value * n for value, n in zip(series, days, strict=True)]
        chart = charted(monthly(*revenues), date(2026, 9, 30))["net_revenue"]

        assert (chart.low, chart.high) == pytest.approx((43.66, 57.34), abs=0.005)
        assert chart.signal is signal


def test_fewer_than_eight_earlier_months_give_no_signal() -> None:
    chart = charted(monthly(*[310.0] * 8), date(2026, 8, 31))["net_revenue"]

    assert chart.signal is None
    assert chart.low is None


def test_a_given_margin_has_no_chart() -> None:
    assert "margin" not in charted(monthly(*[310.0] * 9), date(2026, 9, 30))
