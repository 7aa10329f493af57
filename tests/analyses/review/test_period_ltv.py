"""Period LTV: the worked example, an independent reference, and what must not change it."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.analyses.review import period_ltv
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.formulas import periods
from ltvcli.units import DAYS_PER_MONTH
from tests.analyses.review import reference
from tests.analyses.review.shop import FEBRUARY, MARCH, WORKED, facts, order, pair
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, shop

seeds = st.integers(0, 10_000)
few_examples = examples(4)


def test_worked_example_to_the_last_digit() -> None:
    rates = pair(facts(WORKED), MARCH, FEBRUARY, 2)
    february, march = (
        period_ltv.ltv(replace(side, margin=np.full_like(side.margin, margin)))[0]
        for side, margin in ((rates.old, 0.5), (rates.new, 0.4))
    )

    assert february == 96.16711956521739
    assert march == 76.0436677631579


def test_the_worked_example_of_february_matches_the_march_report() -> None:
    until_february = [one for one in WORKED if one.day <= date(2026, 2, 28)]
    timeline = Timeline(facts(until_february, date(2026, 2, 28)))
    sums = timeline.sums(FEBRUARY)
    rates = period_ltv.pair(sums, sums, timeline.all_time, 2, 0.5).new

    assert period_ltv.ltv(rates)[0] == 96.16711956521739
    assert (sums.exposure[0, :2, 0] * DAYS_PER_MONTH).tolist() == pytest.approx([68, 23])


@few_examples
@given(seeds, st.sampled_from([(2025, 3), (2025, 11), (2025, 12), (2024, 7)]))
def test_engine_and_plain_loop_agree(seed: int, month: tuple[int, int]) -> None:
    orders = shop(seed, 120)
    period = periods.of("month", date(*month, 1))
    timeline = Timeline(facts(orders, AS_OF))
    sums = timeline.sums(period)
    days, who = reference.exposed_days(orders, period.first, period.last)

    assert sums.exposed.tolist() == [len(who[age]) for age in range(timeline.ages)]
    exposure = sums.exposure[0, :, 0] * DAYS_PER_MONTH
    assert exposure.tolist() == pytest.approx([days[age] for age in range(timeline.ages)])
    months = period_ltv.longest(sums)
    rates = period_ltv.pair(sums, sums, timeline.all_time, months, 0.4).new
    expected = reference.period_ltv(orders, period.first, period.last, months, Decimal("0.4"))
    assert period_ltv.ltv(rates)[0] == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.slow
@few_examples
@given(seeds)
def test_samples_are_the_figure_without_a_bucket(seed: int) -> None:
    """Fewer than 100 customers: each is a bucket of its own."""
    orders = shop(seed, 40)
    period = periods.of("month", date(2025, 10, 1))

    def worth(chosen: list[Order]) -> tuple[float, ...]:
        timeline = Timeline(facts(chosen, AS_OF))
        sums = timeline.sums(period)
        rates = period_ltv.pair(sums, sums, timeline.all_time, 3, 1.0).new
        return tuple(period_ltv.ltv(rates).tolist())

    found = worth(orders)
    names = sorted({one.customer for one in orders})
    for place in (0, len(names) // 2, len(names) - 1):
        rest = [one for one in orders if one.customer != names[place]]
        assert found[1 + place] == pytest.approx(worth(rest)[0])


@pytest.mark.slow
@few_examples
@given(seeds)
def test_new_names_and_row_order_change_nothing(seed: int) -> None:
    orders = shop(seed, 60)
    renamed = [replace(one, customer=f"x{one.customer}") for one in orders]
    random.Random(seed).shuffle(renamed)
    period = periods.of("month", date(2025, 10, 1))
    found = [
        period_ltv.ltv(pair(facts(some, AS_OF), period, period.earlier(), 6).new)[0]
        for some in (orders, renamed)
    ]

    assert found[0] == pytest.approx(found[1], rel=1e-12)


def test_money_that_only_went_back_lowers_the_value() -> None:
    orders = [*WORKED, order("d", "03-25", -30, counted=False)]
    plain, refunded = (
        period_ltv.ltv(pair(facts(some), MARCH, FEBRUARY, 2).new)[0] for some in (WORKED, orders)
    )

    # d is at age 1 in March, where 72 days were spent in all.
    assert refunded == pytest.approx(plain - 30 / (72 / DAYS_PER_MONTH))


def test_refunds_in_a_cell_without_orders_count() -> None:
    orders = [one for one in WORKED if one.day < date(2026, 3, 1) or one.customer == "e"]
    orders = [*orders, order("d", "03-25", -30, counted=False)]

    rates = pair(facts(orders), MARCH, FEBRUARY, 2).new

    assert rates.returning[0, 1, 0] == 0
    assert period_ltv.ltv(rates)[0] == pytest.approx(
        100 + 50 / (57 / DAYS_PER_MONTH) - 30 / (72 / DAYS_PER_MONTH)
    )


def test_a_cell_without_orders_takes_orders_and_value_of_the_other_period() -> None:
    orders = [one for one in WORKED if one.day < date(2026, 3, 1) or one.customer == "e"]

    rates = pair(facts(orders), MARCH, FEBRUARY, 2)

    assert rates.new.returning[0, 1, 0] == 0
    assert rates.new.orders[0, 1, 0] == rates.old.orders[0, 1, 0] == 1
    assert rates.new.value[0, 1, 0] == rates.old.value[0, 1, 0] == 100


def test_the_horizon_is_the_oldest_age_with_thirty_customers_in_both_periods() -> None:
    """30 customers come on 10 January, 29 more on 20 February; March 31 is day 80 of the first."""
    orders = [order(f"a{n}", "01-10", 10) for n in range(30)]
    orders += [order(f"b{n}", "02-20", 10) for n in range(29)]
    timeline = Timeline(facts(orders))

    march, february = timeline.sums(MARCH), timeline.sums(FEBRUARY)

    assert march.exposed.tolist() == [29, 59, 30]
    assert february.exposed.tolist() == [59, 30, 0]
    assert period_ltv.horizon(march, march) == 3
    assert period_ltv.horizon(march, february) == 2


def test_an_age_that_nobody_was_at_ends_the_horizon() -> None:
    """In April the customers of 1 January are 2 and 3 months old, and nobody is 1 month old."""
    orders = [order(f"a{n}", "01-01", 10) for n in range(40)]
    april = Timeline(facts([*orders, order("c", "04-15", 1)], date(2026, 4, 30))).sums(
        MARCH.earlier(-1)
    )

    assert april.exposed.tolist() == [1, 0, 40, 40]
    assert period_ltv.horizon(april) == 0
    assert period_ltv.longest(april) == 1


def test_margin_comes_from_the_costs_of_each_period() -> None:
    february_cost = [replace(one, cost=one.amount / 2) for one in WORKED if one.day.month < 3]
    march_cost = [
        replace(one, cost=one.amount * Decimal("0.6")) for one in WORKED if one.day.month == 3
    ]

    rates = pair(facts([*february_cost, *march_cost]), MARCH, FEBRUARY, 2, None)

    assert rates.old.margin[0] == pytest.approx(0.5)
    assert rates.new.margin[0] == pytest.approx(0.4)


def test_costs_of_one_period_give_no_change() -> None:
    orders = [replace(one, cost=one.amount / 2 if one.day.month == 3 else None) for one in WORKED]

    rates = pair(facts(orders), MARCH, FEBRUARY, 2, None)

    assert rates.old.margin[0] == rates.new.margin[0] == pytest.approx(0.5)
