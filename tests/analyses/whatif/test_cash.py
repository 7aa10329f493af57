"""Cash, month by month, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from ltvcli.analyses.calc.answer import answer
from ltvcli.formulas import cash
from ltvcli.settings.settings import from_python
from tests.analyses.whatif.asked import row, whatif
from tests.shops import gathered, shop

# 100 a month at 60% for two months and a half; a customer costs 100.
SHORT = {"arpu": 100, "lifespan": 2.5, "margin": 0.6, "cac": 100}
FACTS = gathered(shop(41, 200, cost=True))


def column(found: Any, table: str, key: str) -> list[Any]:
    return [one[key] for one in found.tables[table]]


def given(**more: Any) -> dict[str, Any]:
    return {**SHORT, "lifespan": "2.5mo", **more}


def test_a_customer_of_two_months_and_a_half() -> None:
    found = whatif(given())

    assert column(found, "cash", "month") == [0, 1, 2, 3]
    assert column(found, "cash", "customer") == pytest.approx([-100, -40, 20, 50])
    assert row(found, "lows", what="customer")["back_after"] == 2
    assert (found.tables["levers"][0]["ltv"]) == pytest.approx(150)


def test_expected_revenue_declines_with_churn_probability() -> None:
    found = whatif({"arpu": 100, "churn": 0.5, "margin": 0.6, "cac": 100})

    assert column(found, "cash", "customer")[:4] == pytest.approx([-100, -40, -10, 5])
    assert row(found, "lows", what="customer")["back_after"] == 3


def test_keeping_a_customer_costs_cash() -> None:
    found = whatif(given(retention_cost=120))

    assert column(found, "cash", "customer") == pytest.approx([-100, -50, 0, 25])


def test_a_months_spend_wins_as_many_as_the_cac_lets_it() -> None:
    found = whatif(given(budget=1000), cac="+25%")

    assert column(found, "cash", "spend") == pytest.approx([-1000, -400, 200, 500])
    assert column(found, "cash", "customer_after") == pytest.approx([-125, -65, -5, 25])
    assert column(found, "cash", "spend_after") == pytest.approx([-1000, -520, -40, 200])
    spend = row(found, "lows", what="spend")
    assert (spend["lowest"], spend["lowest_month"], spend["back_after"], spend["left"]) == (
        -1000, 0, 2, pytest.approx(500),
    )  # fmt: skip


def test_more_is_spent_with_a_larger_budget() -> None:
    found = whatif(given(budget=1000), budget="+10%")

    assert column(found, "cash", "spend_after") == pytest.approx([-1100, -440, 220, 550])


def test_growing_by_hand() -> None:
    """1,000 and then half as much again: 10 customers, then 15, then 22.5, each 60, 60 and 30."""
    found = whatif(given(budget=1000, growth=0.5))

    assert column(found, "growth", "month") == list(range(1, 13))
    assert column(found, "growth", "spend")[:3] == pytest.approx([1000, 1500, 2250])
    assert column(found, "growth", "customers")[:3] == pytest.approx([10, 15, 22.5])
    assert column(found, "growth", "brought")[:3] == pytest.approx(
        [600, 900 + 600, 1350 + 900 + 300]
    )
    assert column(found, "growth", "lowest")[:3] == pytest.approx([-1000, -1900, -2650])
    assert column(found, "growth", "cash")[:3] == pytest.approx([-400, -400, -100])


def test_constant_spend_is_recovered_when_margin_reaches_it() -> None:
    """600, 1,200 and then 1,500 come in a month for 1,000: lowest in month 2, back in month 3."""
    found = whatif(given(budget=1000, growth=0))

    assert column(found, "growth", "lowest")[:4] == pytest.approx([-1000, -1400, -1200, -700])
    assert column(found, "growth", "cash")[:4] == pytest.approx([-400, -200, 300, 800])
    low = row(found, "lows", what="growth")
    assert (low["lowest"], low["lowest_month"], low["back_after"]) == (
        pytest.approx(-1400), 2, 3,
    )  # fmt: skip


def test_monthly_cash_converges_to_margin_less_spend() -> None:
    """At 50%: 60 + 60 / 1.5 + 30 / 2.25 = 113.33 for every 100 spent."""
    found = whatif(given(budget=1000, growth=0.5))

    assert row(found, "lows", what="growth")["need"] == pytest.approx(-0.4 / 3)


@pytest.mark.parametrize("growth", [0.02, 0.3, 0.8])
def test_the_long_run_is_what_a_long_course_comes_to(growth: float) -> None:
    monthly = [60.0, 60.0, 30.0]
    rows = cash.growing(1000.0, growth, 100.0, monthly, 60)

    last = rows[-1]
    assert (last.spend - last.brought) / last.spend == pytest.approx(
        cash.need(growth, 100.0, monthly)
    )


def test_where_the_cac_answers_to_spend_growth_wins_fewer() -> None:
    """Half as much again each month at an elasticity of 1 wins ten customers every month."""
    found = whatif(given(budget=1000, growth=0.5), links={"cac": {"budget": 1.0}})

    assert column(found, "growth", "customers")[:3] == pytest.approx([10, 10, 10])
    assert column(found, "growth", "cash")[:3] == pytest.approx([-400, -700, -1450])
    low = row(found, "lows", what="growth")
    assert (low["need"], low["self_funding"]) == (None, None)


def test_growth_that_pays_for_itself_needs_nothing() -> None:
    found = row(whatif(given()), "lows", what="customer")["self_funding"]

    assert cash.need(found, 100, [60, 60, 30]) == pytest.approx(0, abs=1e-9)
    # 60 + 60 x + 30 x^2 = 100 for x = 1 / (1 + g): x = -1 + sqrt(1 + 4 / 3)
    assert 1 / (1 + found) == pytest.approx(-1 + (7 / 3) ** 0.5)


@pytest.mark.parametrize(
    ("cac", "why"), [(200, "a customer never returns it"), (50, "a customer returns it at once")]
)
def test_growth_without_a_limit_or_without_hope_has_no_number(cac: float, why: str) -> None:
    assert row(whatif(given(cac=cac)), "lows", what="customer")["self_funding"] is None, why


def test_cash_of_data_ends_at_what_a_customer_is_worth_less_the_cac() -> None:
    said = {"cac": 30, "retention_cost": 2}
    found = whatif(said, FACTS)
    best = next(one for one in answer(from_python(said), FACTS).methods if one.method == "observed")

    last = found.tables["cash"][-1]
    assert best.ltv_net is not None
    assert best.low is not None
    assert last["month"] == found.before.horizon
    assert last["customer"] == pytest.approx(best.ltv_net)
    assert last["customer_low"] == pytest.approx(best.low - 30)


def test_a_months_spend_of_data_is_what_new_customers_cost() -> None:
    """New customers of the last three whole months, at 30 each."""
    found = whatif({"cac": 30}, FACTS)
    observed = FACTS.observed
    last = 12 * 2025 + 11
    new = observed.customers[(observed.cohort > last - 3) & (observed.cohort <= last)].sum()

    assert found.tables["cash"][0]["spend"] == pytest.approx(-30 * int(new) / 3)


def test_without_data_nobody_is_followed_for_longer_than_five_years() -> None:
    found = whatif({"arpu": 100, "lifespan": "10y", "margin": 0.6, "cac": 100})

    assert len(found.tables["cash"]) == 61
