"""CAC of each cohort, given or from spend."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from ltvcli.analyses.cohorts import answer
from ltvcli.choices import Period
from ltvcli.facts import orders as facts
from ltvcli.results.acquisition import MonthCost
from ltvcli.settings.settings import Settings
from tests.analyses.cohorts.test_answer import asked, columns, daily
from tests.shops import AS_OF, engine


def cost(month: int, spend: float, customers: int, *, complete: bool = True) -> MonthCost:
    return MonthCost(
        month=date(2025, month, 1), complete=complete, spend=spend, customers=customers, cac=None
    )


SPENT: Any = SimpleNamespace(
    spend=2500.0,
    customers=119,
    by_month=(),
    months=(
        cost(1, 400.0, 40, complete=False),
        cost(2, 1200.0, 40),
        cost(3, 800.0, 39, complete=False),
        cost(6, 100.0, 0),
    ),
)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        # One came in March on a day of which no spend is known; of April and May nothing is.
        pytest.param("month", [10.0, 30.0, None, None, None], id="by month"),
        pytest.param("quarter", [None, None], id="by quarter, of all three months"),
    ],
)
def test_a_cohort_costs_what_was_spent_on_its_months(
    by: Period, expected: list[float | None]
) -> None:
    days = [(month, date(2025, month, 1)) for month in range(1, 6)]
    alike = [order for month, day in days for order in daily(day, [10], f"m{month}-")]
    orders = [replace(order, amount=order.amount + n % 2) for n, order in enumerate(alike)]
    with engine(orders) as opened:
        sums = facts.gather(opened, AS_OF, None)
        found = answer.answer(opened, sums, Settings(), by, "ltv", SPENT)
        given = answer.answer(opened, sums, Settings(cac=7.0), by, "ltv", SPENT)

    assert columns(found, "cohorts", "cac") == expected
    if by == "month":
        # The same 10.50 a customer: how many came of it is chance where it was spent.
        counted, told = (one.tables["cohorts"][0] for one in (found, asked(orders, cac=10.0)))
        assert counted["ltv_to_cac"] == told["ltv_to_cac"]
        assert float(counted["ltv_to_cac_low"] or 0) < float(told["ltv_to_cac_low"] or 0)
        assert float(counted["ltv_to_cac_high"] or 0) > float(told["ltv_to_cac_high"] or 0)
    assert set(columns(given, "cohorts", "cac")) == {7.0}
