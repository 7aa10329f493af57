"""Expected value compared with CAC, by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest

from ltvcli.analyses.predict import against_cac as costs_of
from ltvcli.analyses.predict import new_customer_sentences as says
from ltvcli.analyses.predict.against_cac import Costs
from ltvcli.results import Row

GIVEN = Costs(20.0, None)
WON: Row = {
    "segment": None, "size": None, "customers": 400, "first_order": 10.0,
    "value": 40.0, "value_low": 25.0, "value_high": 60.0,
}  # fmt: skip


def outlook() -> Any:
    """Repeat orders of a new customer that come evenly over time."""
    return SimpleNamespace(usual={"even": SimpleNamespace(expected_new=lambda weeks: weeks * 0.1)})


def won(row: Row = WON, costs: Costs = GIVEN, worth: float = 1.0) -> Row:
    (found,) = costs_of.new([row], costs, outlook(), 12.0, 1.0, worth)
    return found


def group(name: str, customers: int) -> Row:
    ends = {"pltv": 70.0, "pltv_low": 60.0, "pltv_high": 90.0}
    return {"segment": name, "customers": customers, **ends}


def measured(spend: float, customers: int) -> Any:
    """What customers cost, as spend would have told."""
    cac = SimpleNamespace(value=spend / customers)
    month = SimpleNamespace(month=None, cac=cac, customers=customers)
    return SimpleNamespace(blended=cac, customers=customers, months=(month,), channels=())


def test_without_a_cost_no_cost_is_mentioned() -> None:
    assert won(costs=Costs(None, None)) == WON


def test_a_given_cac_divides_value_and_interval() -> None:
    found = won()

    assert [found[f"pltv_to_cac{end}"] for end in ("", "_low", "_high")] == pytest.approx(
        [2.0, 1.25, 3.0]
    )
    assert found["grade"] == "improvable"


def test_the_count_of_customers_widens_a_measured_cac() -> None:
    found = won(costs=Costs(None, measured(8000.0, 400)))

    noise = 1.2816 / math.sqrt(400)
    assert found["pltv_to_cac_low"] == pytest.approx(
        2.0 * math.exp(-math.hypot(math.log(40 / 25), noise))
    )
    assert found["pltv_to_cac_high"] == pytest.approx(
        2.0 * math.exp(math.hypot(math.log(60 / 40), noise))
    )


def test_payback_is_the_month_that_reaches_the_cac() -> None:
    # 10 at once, then 30 evenly over 12 months: 20 are there by the end of month 4.
    found = won()

    assert [found[f"payback{end}"] for end in ("", "_low", "_high")] == [4, 2, 9]


def test_payback_takes_money_as_it_comes_in_not_discounted() -> None:
    discounted = {**WON, "value": 10 + 30 * 0.9, "value_low": 23.0, "value_high": 55.0}

    assert won(discounted, worth=0.9)["payback"] == won()["payback"]


def test_what_is_not_back_within_the_horizon_has_no_month() -> None:
    found = won(costs=Costs(50.0, None))

    assert [found[f"payback{end}"] for end in ("", "_low", "_high")] == [None, 10, None]
    statement = list(says.statements([found], 12.0, "margin", 4))[-1]
    assert statement.grade == "unknown"
    assert "at best" in statement.says.text
    assert set(statement.says.facts) == {"cac", "months", "low"}


def test_chances_are_those_of_the_interval() -> None:
    below = [costs_of._chance_below(step, 2.0, 1.25, 3.6, 5) for step in (1.25, 2.0, 3.6)]

    assert below == pytest.approx([0.1, 0.5, 0.9])
    assert costs_of._chance_below(1.0, -0.5, -1.0, 0.2, 5) == 1.0


def test_a_loss_has_a_ratio_below_zero_and_its_worst_end_is_lower() -> None:
    row = {**WON, "value": -4.0, "value_low": -6.0, "value_high": -2.0}
    found = won(row, Costs(None, measured(8000.0, 400)))

    assert found["grade"] == "danger"
    low, value, high = (float(found[f"pltv_to_cac{end}"] or 0) for end in ("_low", "", "_high"))
    assert low < -0.3 < value == -0.2 < high


def test_few_customers_have_no_grade() -> None:
    (row,) = costs_of.groups(
        [group("ads", 29)],
        "segment",
        GIVEN,
    )
    assert row["grade"] == "unknown"
    assert row["pltv_to_cac"] == pytest.approx(3.5)


def test_a_segment_on_which_nothing_was_spent_has_no_ratio() -> None:
    (row,) = costs_of.groups(
        [
            {
                "segment": "organic",
                "customers": 99,
                "pltv": 70.0,
                "pltv_low": 60.0,
                "pltv_high": 90.0,
            }
        ],
        "segment",
        Costs(None, measured(8000.0, 400)),
    )
    assert row["cac"] is None
    assert "pltv_to_cac" not in row
