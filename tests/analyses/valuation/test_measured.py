"""Figures measured from orders: given values override them, unknown ones stay unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from scipy import stats

from ltvcli.errors import (
    HorizonPastDataError,
    InternalError,
    NoMonthObservedError,
    NotWholeMonthsError,
)
from ltvcli.facts import orders as facts
from ltvcli.results import Estimate, Grade, PaybackGrade, Source
from ltvcli.settings.settings import Settings
from tests.reference import Order, figures
from tests.shops import AS_OF, economics, gathered, points, shop

SHOP = shop(21, 150)


def test_given_numbers_beat_measured_ones_but_not_in_what_was_observed() -> None:
    plain = points(economics(SHOP))
    found = economics(SHOP, aov=50.0, frequency=2.0, lifespan=24.0)

    assert found.figures.aov == Estimate(value=50.0, source=Source.GIVEN)
    assert points(found)["basic"] == 50.0 * 2 * 2
    assert points(found)["arpu-churn"] == pytest.approx(plain["arpu"] * 24)
    assert points(found)["observed"] == plain["observed"]
    assert found.verdict.method == "observed"


def test_a_cost_column_gives_the_margin() -> None:
    found = economics(shop(22, 60, cost=True))

    assert found.figures.margin is not None
    assert found.figures.margin.source is Source.MEASURED
    assert found.figures.margin.value == pytest.approx(0.4, abs=0.001)
    assert found.basis == "margin"


def test_without_cost_or_margin_every_value_is_revenue() -> None:
    found = economics(SHOP)

    assert found.figures.margin == Estimate(value=1.0, source=Source.ASSUMED)
    assert found.basis == "revenue"


def test_nobody_lapsed_is_not_nobody_ever_will() -> None:
    orders = [Order(f"c{n}", AS_OF - timedelta(days=200), Decimal(10)) for n in range(40)]
    orders += [Order(f"c{n}", AS_OF - timedelta(days=5), Decimal(10)) for n in range(40)]
    found = economics(orders)

    assert found.figures.churn is not None
    assert found.figures.churn.source is Source.ASSUMED
    assert found.figures.churn.value == pytest.approx(3 / (40 * 201 / 30.436875))


def test_nobody_returned_so_the_lapse_time_is_assumed() -> None:
    orders = [Order(f"c{n}", AS_OF - timedelta(days=500), Decimal(10)) for n in range(40)]
    found = economics(orders)

    assert found.figures.lapse_after == Estimate(value=365 / 30.436875, source=Source.ASSUMED)


def test_a_lapse_time_can_be_given() -> None:
    lapse = economics(SHOP, lapse_after=4.0).figures.lapse_after

    assert lapse == Estimate(value=4.0, source=Source.GIVEN)


@pytest.mark.parametrize("days", [30, 60, 90, 125, 245])
def test_whoever_is_silent_for_just_the_lapse_time_has_not_lapsed(days: int) -> None:
    silent = [Order("a", AS_OF - timedelta(days=days), Decimal(10))]
    longer = [Order("a", AS_OF - timedelta(days=days + 1), Decimal(10))]
    months = days / 30.436875

    assert gathered(silent, lapse_after=months).lifetimes.ended.tolist() == [False]
    assert gathered(longer, lapse_after=months).lifetimes.ended.tolist() == [True]


def test_intervals_come_from_leaving_customers_out_one_by_one() -> None:
    orders = shop(24, 12)
    settings = {"horizon": 2, "lapse_after_days": 60.0}
    found = economics(orders, horizon=2.0, lapse_after=60 / 30.436875)
    without = [
        figures([one for one in orders if one.customer != f"c{n}"], AS_OF, **settings)
        for n in range(12)
    ]
    for key in ("aov", "arpu", "churn", "lifespan", "frequency"):
        estimate = getattr(found.figures, key)
        left_out = np.array([one[key] for one in without])
        error = np.sqrt(11 / 12 * ((left_out - left_out.mean()) ** 2).sum())

        away = left_out.mean() - left_out
        skew = (away**3).sum() / (away**2).sum() ** 1.5
        for end, t in ((estimate.low, 1), (estimate.high, -1)):
            # The end is where t, made symmetric by the formula of Hall, is that of 95%.
            x = (estimate.value - end) / error
            symmetric = x + skew * x**2 / 3 + skew**2 * x**3 / 27 + skew / 6
            assert symmetric == pytest.approx(t * stats.t.ppf(0.975, 11), rel=1e-6), key


def test_repeat_rate_is_unknown_before_a_year_has_passed() -> None:
    young = [one for one in SHOP if one.day > AS_OF - timedelta(days=300)]

    assert economics(young).figures.repeat_rate is None


@pytest.mark.parametrize(
    ("horizon", "error"),
    [
        pytest.param(2.5, NotWholeMonthsError, id="half a month"),
        pytest.param(0.5, NotWholeMonthsError, id="less than a month"),
        pytest.param(240.0, HorizonPastDataError, id="past the data"),
    ],
)
def test_a_horizon_the_data_does_not_carry(horizon: float, error: type[Exception]) -> None:
    with pytest.raises(error):
        economics(SHOP, horizon=horizon)


def test_a_horizon_past_the_data_names_the_longest() -> None:
    with pytest.raises(HorizonPastDataError) as caught:
        economics(SHOP, horizon=240.0)

    longest = caught.value.facts["longest"]
    assert economics(SHOP, horizon=float(str(longest))).horizon == longest
    with pytest.raises(HorizonPastDataError):
        economics(SHOP, horizon=float(str(longest)) + 1)


def test_a_week_of_data_has_no_curve_and_no_revenue_per_month() -> None:
    """Sixty orders of 10 in three days on average are not 100 a month."""
    orders = [Order(f"c{n}", AS_OF - timedelta(days=n % 7), Decimal(10)) for n in range(60)]
    found = economics(orders, cac=5.0)

    assert found.horizon == 0
    assert [one.ltv is None for one in found.methods] == [True, True, True, True]
    assert found.figures.arpu is None
    assert found.verdict.method == "observed"
    assert found.verdict.grade is Grade.UNKNOWN
    with pytest.raises(NoMonthObservedError):
        economics(orders, horizon=1.0)


@pytest.mark.parametrize(("days", "is_known"), [(26, False), (27, True)])
def test_revenue_per_month_takes_a_month_of_activity(days: int, is_known: bool) -> None:
    orders = [Order(f"c{n}", AS_OF - timedelta(days=days), Decimal(10)) for n in range(40)]

    assert (economics(orders).figures.arpu is not None) is is_known


@pytest.mark.parametrize("customers", [29, 30])
def test_under_thirty_customers_there_is_no_verdict(customers: int) -> None:
    orders = [
        replace(one, customer=f"{one.customer}-{n}")
        for n in range(customers)
        for one in shop(23, 1, stay=1.0)
    ]
    found = economics(orders, cac=5.0)

    assert (found.verdict.grade is Grade.UNKNOWN) is (customers < 30)
    assert (found.payback_verdict.grade is PaybackGrade.UNKNOWN) is (customers < 30)
    assert found.verdict.ltv_to_cac is not None


def test_refunds_lower_revenue_but_are_no_orders_and_start_nobodys_age() -> None:
    bought = Order("a", AS_OF - timedelta(days=100), Decimal(50))
    before = Order("a", AS_OF - timedelta(days=300), Decimal(-20), None, counted=False)
    found = points(economics([bought, before]))

    assert (found["orders"], found["net_revenue"], found["aov"]) == (1, 30.0, 30.0)
    assert found["observed"] == 30.0


def test_cents_add_up_exactly() -> None:
    orders = [Order(f"c{n % 50}", AS_OF, Decimal("0.1")) for n in range(300)]

    assert gathered(orders).net_revenue == Decimal("30.0")
    assert points(economics(orders))["net_revenue"] == 30.0


class _Leaky:
    """An engine whose triangle lost a cent."""

    def __init__(self, totals: Mapping[str, Any]) -> None:
        self.totals = totals

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        pass

    def columns(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return dict.fromkeys(facts.Triangle.__struct_fields__)

    def row(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        if name == "facts/orders/triangle_totals":
            return {"net_revenue": self.totals["net_revenue"] - Decimal("0.01"), "orders": 3}
        return {"gaps": 0, "gap_days": None} if name.endswith("order_gaps") else dict(self.totals)


def test_a_cent_lost_on_the_way_is_our_bug_and_gives_no_answer() -> None:
    sums = {"orders": 3, "net_revenue": Decimal("9.99")}
    totals = {"groups": 200, "customers": 200, "most_days": 30, **sums}

    with pytest.raises(InternalError, match=r"9\.98"):
        facts.gather(_Leaky(totals), date(2025, 1, 1), None)


@pytest.mark.slow("a simulation; intervals by hand are in a usual run")
def test_intervals_have_about_their_nominal_coverage() -> None:
    """40 small shops against a large one: 38 are due, under 33 is one chance in a thousand."""
    truth = points(economics(shop(1, 3_000), horizon=6.0))
    held = dict.fromkeys(("observed", "aov", "lifespan"), 0)
    for seed in range(100, 140):
        found = economics(shop(seed, 100), horizon=6.0, lapse_after=truth["lapse_after"])
        observed = next(one for one in found.methods if one.method == "observed")
        intervals = {
            "observed": (observed.low, observed.high),
            "aov": (found.figures.aov.low, found.figures.aov.high),  # type: ignore[union-attr]
            "lifespan": (found.figures.lifespan.low, found.figures.lifespan.high),  # type: ignore[union-attr]
        }
        for key, (low, high) in intervals.items():
            held[key] += low <= truth[key] <= high  # type: ignore[operator]

    assert all(count >= 33 for count in held.values()), held


def test_settings_and_facts_alone_decide() -> None:
    found = gathered(SHOP)

    from ltvcli.analyses.calc.answer import answer

    first, again = (replace(answer(Settings(cac=9.0), found), prepared=None) for _ in range(2))
    assert first == again
