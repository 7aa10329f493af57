"""Monthly figures equal those of `ltv review`; a segment equals a shop that has only it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest

from ltvcli.analyses.check import of_periods
from ltvcli.analyses.check.groups import TOGETHER, Groups
from ltvcli.analyses.check.monthly import Monthly
from ltvcli.analyses.review import figures, period_ltv
from ltvcli.analyses.review.figures import Costs
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.facts.periods import PeriodFacts
from ltvcli.results.acquisition import Acquisition, ChannelCost, MonthCost
from ltvcli.settings.assumptions import Assumptions
from tests.analyses.review.series import measured, series
from tests.analyses.review.shop import facts
from tests.reference import Order

pytestmark = pytest.mark.sampled

AS_OF = date(2026, 3, 31)
SEGMENTS = ("ads", "friends")


def orders(seed: int = 1, customers: int = 300) -> list[Order]:
    """Sell to customers of two segments for a year and more."""
    chance = random.Random(seed)
    sold = []
    for number in range(customers):
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(440))
        segment = SEGMENTS[number % 2]
        while day <= AS_OF:
            amount = Decimal(chance.randrange(1000, 9000)) / 100
            sold.append(Order(f"c{number}", day, amount, segment=segment))
            day += timedelta(days=chance.randrange(10, 120))
    return sold


ORDERS = orders()
ALL = facts(ORDERS, AS_OF, by_segment=True)
GROUPS = Groups(names=ALL.segments, rows=tuple(range(len(ALL.segments))))
NAMED = figures.FIGURES


def spend(segment: str | None = None) -> Acquisition:
    """Spend 900 a month on ads, known from July on."""
    months = [date(2025 + (6 + n) // 12, (6 + n) % 12 + 1, 1) for n in range(9)]
    return Acquisition(
        first=months[0],
        last=AS_OF,
        lag_days=0,
        spend=8100.0,
        spread=0.0,
        outside=0.0,
        customers=10,
        paid_customers=None,
        blended=None,
        paid=None,
        marginal=None,
        paid_missing=None,
        marginal_missing=None,
        months=tuple(
            MonthCost(month=month, complete=True, spend=900.0, customers=1, cac=None)
            for month in months
        ),
        channels=(
            ChannelCost(
                channel="Ads",
                segments=("ads",),
                spend=8100.0,
                customers=10,
                cac=None,
                marginal=None,
                marginal_missing=None,
            ),
        ),
        by_month=tuple(
            {"month": f"{month:%Y-%m}", "complete": True, "channel": "Ads", "spend": 900.0}
            for month in months
        ),
    )


@cache
def all_months() -> Monthly:
    (found,) = of_periods.monthly(ALL, TOGETHER, NAMED, Assumptions(margin=0.4), spend())
    return found


@cache
def until(as_of: date) -> PeriodFacts:
    return facts([order for order in ORDERS if order.day <= as_of], as_of)


@pytest.mark.parametrize("figure", NAMED)
def test_all_customers_have_the_figures_of_a_review(figure: figures.Figure) -> None:
    """Of each month, those that a review would have had when it was the last one."""
    found = all_months()
    costs = Costs(margin=0.4, acquisition=spend())

    for place in range(-5, 0):
        expected = series(until(found.months[place].last), figure, costs)[-1].estimate
        value = found.values[figure][place]
        assert (value is None) is (expected is None)
        if value is not None and expected is not None:
            assert value.value == pytest.approx(expected.value)
    assert found.values[figure][-1] is not None


def test_charts_take_one_horizon() -> None:
    found = all_months()
    months = [month for month, _ in found.chart("period_ltv", len(found.months) - 1)]

    assert len(months) >= 9
    assert set(found.charted) == set(figures.AT_HORIZON)
    for place in (-3, -2, -1):
        estimate = measured(
            Timeline(ALL), "period_ltv", found.months[place], Costs(margin=0.4), _chart_horizon()
        )
        assert estimate is not None
        assert found.charted["period_ltv"][place] == pytest.approx(estimate.value)


def _chart_horizon() -> int:
    timeline = Timeline(ALL)
    last = figures.whole_periods(ALL, "month")[-9:]
    return period_ltv.horizon(*(timeline.sums(period) for period in last))


@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_segment_has_the_figures_of_a_shop_without_others(segment: str) -> None:
    settings = Assumptions(margin=0.4, horizon=3.0)
    costs = spend() if segment == "ads" else None
    found = {
        monthly.segment: monthly
        for monthly in of_periods.monthly(ALL, GROUPS, NAMED, settings, spend())
    }[segment]
    alone = facts([order for order in ORDERS if order.segment == segment], AS_OF)
    (expected,) = of_periods.monthly(alone, TOGETHER, NAMED, settings, costs)

    for figure in NAMED:
        values = dict(zip(found.months, found.values[figure], strict=True))
        for month, value in zip(expected.months, expected.values[figure], strict=True):
            other = values[month]
            assert (other is None) is (value is None), (figure, month)
            if other is not None and value is not None:
                assert other.value == pytest.approx(value.value), (figure, month)


def test_friends_cost_nothing_that_is_known() -> None:
    found = of_periods.monthly(ALL, GROUPS, NAMED, Assumptions(margin=0.4), spend())
    friends = next(monthly for monthly in found if monthly.segment == "friends")

    assert set(friends.values["cac"]) == {None}
    assert set(friends.values["ltv_to_cac"]) == {None}


def test_payback_that_the_horizon_does_not_reach_lies_beyond_it() -> None:
    settings = Assumptions(margin=0.4, cac=10_000.0)
    (found,) = of_periods.monthly(ALL, TOGETHER, ["payback"], settings, None)

    assert found.values["payback"][-1] is None
    limit, probability = found.beyond["payback"][-1] or (0, 0)
    assert limit >= 1
    assert probability > 0.999


def test_the_parts_add_up_to_what_moved() -> None:
    settings = Assumptions(margin=0.4, horizon=3.0)
    (found,) = of_periods.monthly(ALL, TOGETHER, NAMED, settings, spend())
    before, after = found.values["ltv_to_cac"][-2:]
    assert before is not None
    assert after is not None

    assert found.moved == "ltv_to_cac"
    sizes = [abs(part.contribution) for part in found.parts]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(part.contribution for part in found.parts) == pytest.approx(
        after.value - before.value
    )


def test_a_unit_of_a_figure_has_its_value_in_money() -> None:
    """A unit of LTV/CAC is the CAC of all new customers: the spend; one of period LTV, them all."""
    (found,) = of_periods.monthly(ALL, TOGETHER, NAMED, Assumptions(margin=0.4), spend())
    new = found.values["new_customers"][-1]
    value = found.values["period_ltv"][-1]
    assert new is not None
    assert value is not None

    assert found.worth["ltv_to_cac"] == pytest.approx(900)
    assert found.worth["period_ltv"] == new.value
    assert found.worth["cac"] == -new.value
    assert found.worth["new_customers"] == pytest.approx(value.value)
    assert found.worth["aov"] == sum(order.day >= date(2026, 3, 1) for order in ORDERS)


def test_nobody_who_returns_is_no_proof_that_nobody_would() -> None:
    once = [Order(f"c{n}", date(2025, 1, 1) + timedelta(days=n), Decimal(9)) for n in range(400)]
    (found,) = of_periods.monthly(
        facts(once, AS_OF), TOGETHER, ["retention_90d"], Assumptions(), None
    )

    last = found.values["retention_90d"][-1]
    assert last is not None
    assert last.value == 0
    assert 0.05 < (last.high or 0) < 0.5


def test_a_shop_of_two_weeks_has_no_month() -> None:
    young = [Order("a", date(2026, 3, 20), Decimal(9)), Order("b", date(2026, 3, 30), Decimal(9))]
    (found,) = of_periods.monthly(facts(young, AS_OF), TOGETHER, NAMED, Assumptions(), None)

    assert found.months == ()
