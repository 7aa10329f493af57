"""Newer cohorts compared with older ones: the choice, the interval and the sentences."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ltvcli.analyses.cohorts.trend import Comparison, Side, _adjusted
from ltvcli.choices import Metric
from tests.analyses.cohorts.test_answer import asked
from tests.reference import Order

AS_OF = date(2025, 12, 31)


def shop(
    amount: Callable[[int], float],
    months: Sequence[int] = range(1, 13),
    customers: int = 40,
    again: Callable[[int], float] = lambda _: 0.3,
    seed: int = 1,
) -> list[Order]:
    """Customers of each month of 2025, whose orders vary about `amount` of that month."""
    chance = random.Random(seed)
    orders = []
    for month in months:
        for number in range(customers):
            day = date(2025, month, 1)
            while day <= AS_OF:
                paid = max(1, round(amount(month) * chance.uniform(0.5, 1.5), 2))
                orders.append(Order(f"{month}-{number}", day, Decimal(str(paid))))
                if chance.random() > again(month):
                    break
                day += timedelta(days=31)
    return orders


def headline(orders: Sequence[Order], metric: Metric = "ltv") -> str:
    return asked(orders, metric=metric).says[0].says.text


def test_cohorts_are_halved_by_time_and_compared_at_ages_that_both_reached() -> None:
    rows = asked(shop(lambda _: 20.0)).tables["trend"]

    # Months 1 and 3; at 6 months no cohort of the newer half has 30 customers but July.
    assert [row["months"] for row in rows] == [1, 3, 6]
    assert [(row["older_first"], row["older_last"]) for row in rows] == [("2025-01", "2025-06")] * 3
    assert [row["newer_last"] for row in rows] == ["2025-12", "2025-10", "2025-07"]
    assert [row["newer_customers"] for row in rows] == [240, 160, 40]
    # Half of the newer cohorts have lived three months, not six.
    assert [row["headline"] for row in rows] == [False, True, False]


def test_only_the_last_three_years_are_compared() -> None:
    orders = [
        Order(f"{place}-{number}", date(2020 + place // 12, place % 12 + 1, 1), Decimal(10))
        for place in range(60)
        for number in range(31)
    ]
    (row, *_) = asked(orders, as_of=date(2024, 12, 31)).tables["trend"]

    assert (row["older_first"], row["older_last"]) == ("2022-01", "2023-06")
    assert (row["newer_first"], row["newer_last"]) == ("2023-07", "2024-12")


def test_the_difference_is_that_of_the_averages() -> None:
    orders = shop(lambda month: 20.0 + month)
    (row, *_) = asked(orders).tables["trend"]

    def mean(months: range) -> float:
        own = [one for one in orders if one.day.month == int(one.customer.split("-")[0])]
        firsts = [one.amount for one in own if one.day.month in months]
        return float(sum(firsts)) / len(firsts)

    older, newer = mean(range(1, 7)), mean(range(7, 13))
    assert (row["older"], row["newer"]) == (pytest.approx(older), pytest.approx(newer))
    assert row["difference"] == pytest.approx(newer - older)


@pytest.mark.parametrize("metric", ["ltv", "retention", "revenue", "margin", "orders"])
def test_better_and_worse_are_distinguished(metric: Metric) -> None:
    def steps(low: float, high: float) -> Callable[[int], float]:
        return lambda month: low if month <= 6 else high

    money = metric in ("ltv", "revenue", "margin")
    up = shop(steps(20, 60)) if money else shop(lambda _: 20, again=steps(0.1, 0.9))
    down = shop(steps(60, 20)) if money else shop(lambda _: 20, again=steps(0.9, 0.1))
    assert headline(up, metric).startswith(
        ("Newer cohorts do better", "Newer cohorts retain better")
    )
    assert headline(down, metric).startswith(
        ("Newer cohorts do worse", "Newer cohorts retain worse")
    )


@pytest.mark.parametrize("metric", ["ltv", "retention"])
def test_chance_is_not_called_a_change(metric: Metric) -> None:
    assert "not differ significantly" in headline(shop(lambda _: 20.0), metric)


def test_months_that_swing_by_season_make_the_answer_less_sure() -> None:
    """The same halves, steady or swinging from month to month by as much on both sides."""
    steady = asked(shop(lambda month: 20 if month <= 6 else 26))
    swinging = asked(shop(lambda month: (20 if month <= 6 else 26) + (12 if month % 2 else -12)))

    def width(row: dict[str, float]) -> float:
        return row["difference_high"] - row["difference_low"]

    first, second = (found.tables["trend"][0] for found in (steady, swinging))
    assert first["differs"] is True
    assert second["differs"] is False
    assert width(second) > 3 * width(first)  # type: ignore[arg-type]


def test_several_ages_are_adjusted_for_multiple_comparisons() -> None:
    side = Side(first="", last="", cohorts=1, customers=30, value=1.0, low=None, high=None)
    alone = [
        Comparison(months=n, older=side, newer=side, difference=0.0, low=None, high=None, p=p)
        for n, p in enumerate([0.01, 0.04, None, 0.03])
    ]

    adjusted = _adjusted(alone)

    assert [one.p for one in adjusted] == [0.03, 0.06, None, 0.06]
    assert [one.differs for one in adjusted] == [True, False, None, False]


def test_one_cohort_has_no_other() -> None:
    orders = shop(lambda _: 20.0, months=[3])
    assert headline(orders) == "There is only one cohort, so nothing to compare it with."
    assert asked(orders).tables["trend"] == ()


def test_few_customers_are_not_compared() -> None:
    assert headline(shop(lambda _: 20.0, months=[1, 2], customers=29)).startswith(
        "Newer and older cohorts cannot be compared yet"
    )


@pytest.mark.slow
def test_intervals_have_about_their_nominal_coverage() -> None:
    """Orders 31 days apart that half of the customers go on with, and uniform amounts about 20."""
    truth = 20 * (1 + 0.5 + 0.5**2)
    shops = 300
    held = {"cohort": 0, "difference": 0, "wrongly": 0}
    for seed in range(shops):
        found = asked(
            shop(lambda _: 20.0, range(1, 9), customers=60, again=lambda _: 0.5, seed=seed)
        )
        (value,) = [
            row
            for row in found.tables["triangle"]
            if (row["cohort"], row["age_month"]) == ("2025-03", 2)
        ]
        held["cohort"] += float(value["value_low"] or 0) <= truth <= float(value["value_high"] or 0)
        (row,) = [row for row in found.tables["trend"] if row["headline"]]
        held["difference"] += row["difference_low"] <= 0 <= row["difference_high"]  # type: ignore[operator]
        held["wrongly"] += any(one["differs"] for one in found.tables["trend"])

    assert 0.90 <= held["cohort"] / shops <= 0.99
    assert 0.90 <= held["difference"] / shops <= 0.995
    assert held["wrongly"] / shops <= 0.08
