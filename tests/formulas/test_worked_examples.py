"""The worked examples of the definitions, to the last digit."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.formulas import bands, lifetime_value, payback

rates = st.floats(0.01, 1)
money = st.floats(0, 1e6)


def test_the_basic_formula() -> None:
    assert lifetime_value.basic(8000, 0.4, 3, 24) == 19_200.0


def test_retention_cost_over_two_years() -> None:
    assert lifetime_value.retention(1000, 24) == 2_000.0


@pytest.mark.parametrize(
    ("arpu", "margin", "churn", "worth"),
    [
        pytest.param(10_000, 1.0, 0.05, 200_000.0, id="revenue"),
        pytest.param(10_000, 0.4, 0.05, 80_000.0, id="margin"),
        pytest.param(100, 1.0, 0.05, 2_000.0, id="ChartMogul's published example"),
        pytest.param(10, 1.0, 0.04, 250.0, id="ProfitWell's published example"),
    ],
)
def test_the_formula_of_constant_churn(
    arpu: float, margin: float, churn: float, worth: float
) -> None:
    assert lifetime_value.constant_churn(arpu, margin, churn) == worth


def test_the_formula_of_a_fixed_lifespan() -> None:
    assert lifetime_value.fixed_life(10_000, 1.0, 24) == 240_000.0


@given(money, rates, rates)
def test_constant_churn_equals_its_sum(arpu: float, churn: float, discount: float) -> None:
    step = (1 - churn) / (1 + discount)
    total = math.fsum(arpu * step**month for month in range(3_000))

    assert lifetime_value.constant_churn(arpu, 1.0, churn, discount) == pytest.approx(
        total, rel=1e-6, abs=1e-9
    )


@given(money, st.integers(1, 60), st.floats(0.001, 1))
def test_a_fixed_lifetime_equals_its_payments(arpu: float, months: int, discount: float) -> None:
    total = lifetime_value.realised([arpu] * months, 1.0, discount)

    assert lifetime_value.fixed_life(arpu, 1.0, months, discount) == pytest.approx(
        total, rel=1e-6, abs=1e-9
    )


@given(money, rates)
def test_a_long_horizon_reaches_the_endless_value(arpu: float, churn: float) -> None:
    within = lifetime_value.constant_churn_within(arpu, 1.0, churn, 3_000)

    assert within == pytest.approx(lifetime_value.constant_churn(arpu, 1.0, churn), rel=1e-9)


def test_payback_is_cac_over_monthly_margin() -> None:
    assert payback.simple(60_000, 10_000, 1.0) == 6.0


@pytest.mark.parametrize(
    ("margin", "months"),
    [
        pytest.param(0.0, None, id="no margin never pays back"),
        pytest.param(-0.1, None, id="a loss never pays back"),
    ],
)
def test_payback_that_never_comes(margin: float, months: float | None) -> None:
    assert payback.simple(100, 10, margin) is months
    assert payback.observed(100, [10, 10], margin) is months


@pytest.mark.parametrize(
    ("cac", "months"),
    [
        pytest.param(50, 1.0, id="exactly the first month"),
        pytest.param(51, 2.0, id="in the second"),
        pytest.param(66, None, id="not yet"),
    ],
)
def test_payback_as_it_happened(cac: float, months: float | None) -> None:
    assert payback.observed(cac, [100.0, 10.0, 20.0], 0.5) == months


@pytest.mark.parametrize(
    ("ratio", "reached"), [(-1, 0), (0.999, 0), (1, 1), (2, 2), (2.999, 2), (3, 3), (99, 3)]
)
def test_bands_begin_at_their_step(ratio: float, reached: int) -> None:
    assert bands.band(ratio) == reached
