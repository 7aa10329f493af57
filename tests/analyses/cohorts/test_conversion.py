"""F2 and F3 conversion: by hand, by an independent count, and by laws for every shop."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

from ltvcli.analyses.cohorts import answer
from ltvcli.analyses.cohorts.answer import Cohorts
from ltvcli.choices import Period
from ltvcli.cli import app
from ltvcli.facts import orders as facts
from ltvcli.settings.settings import Settings
from tests.effort import examples
from tests.reference import DAYS, Order
from tests.shops import engine, shop

AS_OF = date(2025, 12, 31)
YEAR = timedelta(days=365)
FIRST = date(2024, 1, 10)
DAY = timedelta(days=1)
few_examples = examples(6)
seeds = st.integers(0, 10_000)


def cohorts(orders: Sequence[Order], by: Period = "month") -> Cohorts:
    with engine(orders) as opened:
        return answer.answer(opened, facts.gather(opened, AS_OF, None), Settings(), by, "ltv")


def orders_on(days: dict[str, Sequence[date]]) -> list[Order]:
    return [Order(name, day, Decimal(10)) for name, dates in days.items() for day in dates]


BY_HAND = {
    # Second order within 12 months (365.2425 days) of the first, second order observed 12 months,
    # third order within 12 months of the second:
    "one order": [FIRST],  # no, -, -
    "second after five months": [FIRST, date(2024, 6, 10)],  # yes, yes, no
    "second on the last day": [FIRST, FIRST + YEAR],  # yes, no: from 2025-01-09 on it is not a year
    "second a day late": [FIRST, FIRST + YEAR + DAY],  # no, no
    "three within a year": [FIRST, date(2024, 3, 1), date(2024, 5, 1)],  # yes, yes, yes
    "three on one day": [FIRST] * 3,  # yes, yes, yes
    "two on one day, one in time": [FIRST, FIRST, FIRST + YEAR],  # yes, yes, yes
    "two on one day, one late": [FIRST, FIRST, FIRST + YEAR + DAY],  # yes, yes, no
    "away for a year, then twice": [date(2022, 1, 1), date(2024, 6, 1), date(2024, 9, 1)],
    # no, yes, yes
    "third a day late": [date(2022, 1, 1), date(2022, 3, 1), date(2023, 3, 2)],  # yes, yes, no
    "away twice": [date(2021, 1, 1), date(2022, 6, 1), date(2024, 6, 1)],  # no, yes, no
    "observed for a day less": [date(2025, 1, 1), date(2025, 1, 2)],  # not observed for 12 months
    "second observed to the day": [date(2024, 6, 1), date(2024, 12, 31), date(2025, 6, 1)],
    # yes, yes, yes
    "second observed for a day less": [date(2024, 6, 1), date(2025, 1, 1), date(2025, 6, 1)],
    # yes, no
    "observed to the day": [date(2024, 12, 31), date(2025, 1, 2)],  # yes, no
}
"""14 of 15 are observed for 12 months; 10 of them came back. Of 9 second orders that were observed,
5 were followed by a third."""


def test_second_and_third_orders_counted_by_hand() -> None:
    figures = cohorts(orders_on(BY_HAND)).figures

    assert figures.f2_conversion is not None
    assert figures.f3_conversion is not None
    assert figures.f2_conversion.value == pytest.approx(10 / 14)
    assert figures.f3_conversion.value == pytest.approx(5 / 9)


def test_refunds_are_no_orders() -> None:
    refund = Order("one order", FIRST + DAY, Decimal(-3), counted=False)

    assert cohorts([*orders_on(BY_HAND), refund]).figures == cohorts(orders_on(BY_HAND)).figures


def test_without_12_months_of_data_both_are_unknown() -> None:
    found = cohorts(orders_on({"a": [date(2025, 3, 1)] * 2, "b": [date(2025, 4, 1)]}))

    assert found.figures.f2_conversion is None
    assert found.figures.f3_conversion is None
    assert "Unknown" in next(line.says.text for line in found.says if line.label == "F2/F3")


def counted(orders: Sequence[Order]) -> tuple[float, float]:
    """Count both shares once more, from sorted lists of days."""
    days: dict[str, list[date]] = {}
    for order in orders:
        if order.counted:
            days.setdefault(order.customer, []).append(order.day)
    year = 12 * DAYS
    second, third = [], []
    for dates in map(sorted, days.values()):
        if (AS_OF - dates[0]).days + 1 >= year:
            second.append(len(dates) > 1 and (dates[1] - dates[0]).days < year)
        if len(dates) > 1 and (AS_OF - dates[1]).days + 1 >= year:
            third.append(len(dates) > 2 and (dates[2] - dates[1]).days < year)
    return sum(second) / len(second), sum(third) / len(third)


@few_examples
@given(seeds, st.sampled_from([0.3, 0.6, 0.97]))
def test_the_count_agrees_with_an_independent_one(seed: int, stay: float) -> None:
    old = [replace(order, day=order.day - 2 * YEAR) for order in shop(seed + 1, 60, stay=stay)]
    old = [replace(order, customer=f"old {order.customer}") for order in old]
    rare = [order for number, order in enumerate(old) if number % 5 == 0]
    orders = [*shop(seed, 60, stay=stay), *rare]
    figures = cohorts(orders).figures

    assert figures.f2_conversion is not None
    assert figures.f3_conversion is not None
    assert (figures.f2_conversion.value, figures.f3_conversion.value) == pytest.approx(
        counted(orders)
    )


@pytest.mark.slow
@few_examples
@given(seeds)
def test_neither_the_order_of_rows_nor_the_names_of_customers_matter(seed: int) -> None:
    orders = shop(seed, 80, stay=0.7)
    renamed = [replace(order, customer=f"id/{order.customer}") for order in orders]
    one = cohorts(orders).figures

    for other in (cohorts(orders[::-1]).figures, cohorts(renamed).figures):
        for key in ("f2_conversion", "f3_conversion"):
            assert getattr(other, key).value == pytest.approx(getattr(one, key).value)


def test_shares_of_cohorts_average_to_those_of_all_by_their_customers() -> None:
    orders = [order for order in shop(5, 200, stay=0.6) if order.counted]
    found = cohorts(orders, "quarter")
    first: dict[str, date] = {}
    for order in orders:
        first[order.customer] = min(first.get(order.customer, order.day), order.day)
    observed = [day for day in first.values() if (AS_OF - day).days + 1 >= 12 * DAYS]
    quarters = [f"{day.year}-Q{(day.month + 2) // 3}" for day in observed]
    shares = {row["cohort"]: row["f2_conversion"] for row in found.tables["cohorts"]}
    mean = sum(float(shares[quarter] or 0) for quarter in quarters) / len(observed)

    assert len(set(quarters)) > 2
    assert found.figures.f2_conversion is not None
    assert found.figures.f2_conversion.value == pytest.approx(mean)


@pytest.mark.slow
def test_the_document_has_both_with_unit_and_interval_however_the_file_is_split(
    tmp_path: Path,
) -> None:
    orders = shop(9, 150, stay=0.6)
    lines = [
        f"o{number},{order.customer},{order.day},{order.amount}\n"
        for number, order in enumerate(orders)
        if order.counted
    ]
    (tmp_path / "all.csv").write_text("order id,customer id,order date,total\n" + "".join(lines))
    for name, rows in (("even", lines[::2]), ("odd", lines[1::2])):
        text = "order id,customer id,order date,total\n" + "".join(rows)
        (tmp_path / f"{name}.csv").write_text(text)

    def figures(*names: str) -> dict[str, dict[str, object]]:
        files = [str(tmp_path / name) for name in names]
        typed = ["cohorts", *files, "--as-of", "2025-12-31", "--format", "json"]
        done = CliRunner().invoke(app, typed)
        assert done.exit_code == 0, done.stderr
        found: dict[str, dict[str, object]] = json.loads(done.stdout)["figures"]
        return found

    whole = figures("all.csv")
    f2 = whole["f2_conversion"]

    assert f2["unit"] == "rate"
    assert f2["source"] == "measured"
    assert f2["low"] is not None
    assert f2["value"] == pytest.approx(counted(orders)[0])
    assert figures("even.csv", "odd.csv") == whole
