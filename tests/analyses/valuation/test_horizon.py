"""The default horizon: the largest step that enough customers were observed for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from ltvcli.analyses.calc.answer import Economics
from ltvcli.formulas import horizons
from ltvcli.methods import arpu_churn, basic, ec, observed
from ltvcli.pages import calc
from ltvcli.results import Grade
from tests.reference import Order
from tests.shops import AS_OF, economics

pytestmark = pytest.mark.sampled

MONTH = 30.436875


def buyers(count: int, months: int, *later: int, amount: int = 10) -> list[Order]:
    """Return orders of customers observed for exactly so many months, and orders months later."""
    begun = AS_OF - timedelta(days=round(months * MONTH) + 5)
    return [
        Order(f"{months}-{number}", begun + timedelta(days=round(after * MONTH)), Decimal(amount))
        for number in range(count)
        for after in (0, *later)
    ]


@pytest.mark.parametrize(
    ("groups", "horizon"),
    [
        pytest.param([(301, 6), (99, 12)], 6, id="99 of 400 are too few for 12 months"),
        pytest.param([(300, 6), (100, 12)], 12, id="100 of 400 are enough for 12 months"),
        pytest.param([(3000, 3), (157, 12)], 3, id="157 of 3157 are less than 5%"),
        pytest.param([(3000, 3), (158, 12)], 12, id="158 of 3158 are 5%"),
        pytest.param([(269, 2), (30, 18)], 18, id="30 are enough of 299"),
        pytest.param([(270, 2), (30, 18)], 2, id="30 are too few of 300"),
        pytest.param([(270, 2), (29, 18)], 2, id="29 are too few of 299"),
        pytest.param([(120, 17)], 12, id="17 months count as 12"),
        pytest.param([(120, 41)], 36, id="nothing past 36 months counts by default"),
        pytest.param([(12, 7)], 6, id="all of fewer than 30"),
        pytest.param([(11, 7), (1, 0)], 0, id="not all of fewer than 30"),
    ],
)
def test_default_horizon(groups: Sequence[tuple[int, int]], horizon: int) -> None:
    orders = [order for count, months in groups for order in buyers(count, months)]

    assert economics(orders).horizon == horizon


def grown() -> list[Order]:
    """Return 400 customers of whom 60 were observed for 24 months; the second order comes late."""
    return [
        *buyers(200, 3, 2),
        *buyers(140, 12, 5, 11, amount=12),
        *buyers(60, 24, 8, 20, amount=20),
    ]


def test_values_at_other_horizons_are_those_of_the_horizon_typed() -> None:
    found = economics(grown(), retention_cost=6.0, discount=0.1)
    rows = found.tables["horizons"]

    assert [row["horizon"] for row in rows] == [1, 2, 3, 6, 12, 18, 24]
    assert [row["customers"] for row in rows] == [400, 400, 400, 200, 200, 60, 60]
    assert [row["enough"] for row in rows] == [True] * 5 + [False] * 2
    for row in rows:
        typed = economics(grown(), retention_cost=6.0, discount=0.1, horizon=float(row["horizon"]))
        best = next(one for one in typed.methods if one.method == "observed")
        assert (row["ltv"], row["ltv_low"], row["ltv_high"]) == pytest.approx(
            (best.ltv, best.low, best.high)
        )


def test_payback_is_searched_beyond_the_horizon() -> None:
    """40 at 12 months; the 60 who were observed for 24 months bring 20 more in their 21st."""
    found = economics(grown(), cac=50.0)

    assert found.horizon == 12
    assert found.payback_verdict.payback_observed == 21


def test_each_method_states_how_many_months_it_counts() -> None:
    counted = {one.method: one.horizon for one in economics(grown()).methods}
    given = {one.method: one.horizon for one in economics(grown(), lifespan=30.0).methods}

    assert counted == {"observed": 12, "basic": 12, "ec": 12, "arpu-churn": None}
    assert given == {"observed": 12, "basic": 30, "ec": 30, "arpu-churn": 30}
    assert arpu_churn.months({"churn": 0.1, "lifespan": 5.0}) is None
    assert basic.months({"lifespan": 5.0}) == ec.months({"lifespan": 5.0}) == 5
    assert observed.months({"revenue_by_age": [1.0, 2.0]}) == 2


def test_a_headline_does_not_move_because_a_month_went_by() -> None:
    """The oldest age with 30 customers grows by a month; the horizon stays."""
    now, later = (
        economics(grown(), as_of=AS_OF + timedelta(days=days)).horizon for days in (0, 31)
    )

    assert now == later == 12


def test_no_grade_before_three_months_are_observed_for_enough_customers() -> None:
    """30 of 330 customers were observed for 5 months, the others for 2."""
    orders = [*buyers(300, 2), *buyers(30, 5)]
    found = economics(orders, cac=5.0)
    typed = economics(orders, cac=5.0, horizon=5.0)

    assert found.horizon == 2
    assert found.verdict.grade is Grade.UNKNOWN
    assert found.verdict.says.facts["months"].value == 2  # type: ignore[union-attr]
    assert typed.verdict.grade is Grade.IMPROVABLE


def test_ltv_is_unknown_where_not_even_one_month_is_supported() -> None:
    found: Economics = economics(buyers(300, 0), cac=5.0)

    assert found.horizon == 0
    assert found.tables["horizons"] == ()
    assert {one.ltv for one in found.methods if one.method != "arpu-churn"} == {None}
    assert found.verdict.grade is Grade.UNKNOWN


def test_horizons_shown_are_steps() -> None:
    assert set(horizons.SHOWN) < set(horizons.STEPS)
    assert calc.HORIZONS == "LTV at"
