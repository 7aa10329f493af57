from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.stats.retention.discounted_lifetime import (
    endless,
    endless_by_payments,
    residual_within,
    within,
)
from ltvcli.stats.retention.shifted_beta_geometric import posterior_after, survival

alphas, betas = st.floats(0.01, 1e4), st.floats(0.01, 1e6)


def residual_lifetime(churn: float, spread: float, payments: int, discount: float) -> float:
    """Return DERL by equation 6 of Fader & Hardie (2010).

    (beta + n - 1) / (alpha + beta + n - 1) 2F1(1, beta + n; alpha + beta + n; 1 / (1 + discount))
    for n payments made.
    """
    leaving, _ = posterior_after(churn, spread, payments - 1)
    return float((1 - leaving) * endless(*posterior_after(churn, spread, payments), discount))


@pytest.mark.parametrize(
    ("alpha", "beta", "new", "residual"),
    [
        pytest.param(
            0.763665, 1.295830, 3.6211, (2.8833, 3.9407, 4.6766, 5.2363, 5.6838), id="regular, 4"
        ),
        pytest.param(
            0.7041, 1.1820, 3.6948, (2.9642, 4.1030, 4.8697, 5.4419, 5.8940), id="regular, 7"
        ),
        pytest.param(
            0.6681, 3.8061, 5.9222, (5.4144, 5.9013, 6.2938, 6.6199, 6.8967), id="high end, 7"
        ),
    ],
)
def test_published_lifetimes_at_ten_percent_a_year(
    alpha: float, beta: float, new: float, residual: tuple[float, ...]
) -> None:
    churn, spread = alpha / (alpha + beta), 1 / (alpha + beta)

    assert endless(churn, spread, 0.1) == pytest.approx(new, abs=5.1e-5)
    for payments, expected in enumerate(residual, 1):
        computed = residual_lifetime(churn, spread, payments, 0.1)
        assert computed == pytest.approx(expected, abs=5.1e-5)


@given(alphas, betas, st.floats(0.005, 1))
def test_the_closed_form_equals_the_sum(alpha: float, beta: float, discount: float) -> None:
    churn, spread = alpha / (alpha + beta), 1 / (alpha + beta)
    shares = survival(churn, spread, 8000)

    assert endless(churn, spread, discount) == pytest.approx(within(shares, discount), rel=1e-10)


@given(alphas, betas, st.floats(0.005, 1), st.integers(1, 30))
def test_the_residual_equals_its_sum(
    alpha: float, beta: float, discount: float, payments: int
) -> None:
    churn, spread = alpha / (alpha + beta), 1 / (alpha + beta)
    shares = survival(churn, spread, 8000)
    if shares[payments - 1] == 0:
        return

    computed = residual_lifetime(churn, spread, payments, discount)

    assert computed == pytest.approx(residual_within(shares, payments, discount), rel=1e-9)


@given(alphas, betas, st.floats(1e-4, 1))
def test_all_but_the_first_payment_is_the_residual(
    alpha: float, beta: float, discount: float
) -> None:
    churn, spread = alpha / (alpha + beta), 1 / (alpha + beta)

    later = (endless(churn, spread, discount) - 1) * (1 + discount)

    assert later == pytest.approx(residual_lifetime(churn, spread, 1, discount), rel=1e-8, abs=1e-9)


@given(st.floats(1e-6, 1), st.floats(1e-4, 1))
def test_without_spread_it_is_constant_churn(churn: float, discount: float) -> None:
    expected = (1 + discount) / (churn + discount)

    assert endless(churn, 0.0, discount) == pytest.approx(expected, rel=1e-9)
    assert endless(churn, 1e-12, discount) == pytest.approx(expected, rel=1e-4)


def test_where_libraries_give_nan() -> None:
    shares = survival(1 / 50_001, 1 / 50_001, 6000)

    assert endless(1 / 50_001, 1 / 50_001, 0.01) == pytest.approx(within(shares, 0.01), rel=1e-12)


@given(st.floats(0, 1), st.floats(0, 1e6), st.floats(1e-4, 0.1))
def test_never_endless_nor_undefined(churn: float, spread: float, discount: float) -> None:
    value = float(endless(churn, spread, discount))

    assert 1 - 1e-9 <= value <= (1 + discount) / discount * (1 + 1e-6)


@pytest.mark.parametrize("discount", [0.0, 1e-7, -0.1, float("nan")])
def test_refuses_to_sum_for_good_without_discount(discount: float) -> None:
    with pytest.raises(ValueError, match="at least 1e-06"):
        endless(0.1, 0.1, discount)


def test_refuses_customers_who_never_paid() -> None:
    with pytest.raises(ValueError, match="1 payment or more"):
        residual_within([1.0, 0.5], 0)


def test_several_curves_at_once() -> None:
    curves = np.array([[1.0, 0.5, 0.25], [1.0, 1.0, 1.0]])

    assert within(curves).tolist() == [1.75, 3.0]
    assert residual_within(curves, 2).tolist() == [0.5, 1.0]


@given(alphas, betas, st.integers(0, 40), st.floats(0.005, 1))
def test_all_payments_at_once_are_those_one_by_one(
    alpha: float, beta: float, most: int, discount: float
) -> None:
    churn, spread = alpha / (alpha + beta), 1 / (alpha + beta)
    after = [residual_lifetime(churn, spread, n, discount) for n in range(1, most + 1)]
    one_by_one = np.array([endless(churn, spread, discount), *after])

    assert endless_by_payments(churn, spread, most, discount) == pytest.approx(one_by_one, rel=1e-9)
