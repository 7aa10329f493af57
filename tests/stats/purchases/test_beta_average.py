from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import beta, betaln

from ltvcli.stats.purchases.beta_average import beta_average

shapes = st.floats(-4, 3.5).map(lambda log: float(np.exp(log)))


@given(shapes, shapes, st.integers(0, 6))
def test_averages_of_powers_equal_the_moments_of_the_beta_distribution(
    a: float, b: float, power: int
) -> None:
    found = beta_average(a, np.array([b]), lambda p, _: p**power)[0]
    assert found == pytest.approx(np.exp(betaln(a + power, b) - betaln(a, b)), rel=1e-6, abs=1e-9)


@given(shapes, shapes, st.floats(0.1, 3), st.floats(0, 20))
def test_mean_of_a_smooth_function(a: float, b: float, power: float, reach: float) -> None:
    """By a rule for integrals with poles at both ends, which shares nothing with this one."""
    found = beta_average(a, np.array([b]), lambda p, _: (1 + reach * p) ** -power)[0]
    integral = quad(
        lambda p: (1 + reach * p) ** -power,
        *(0, 1),
        weight="alg",
        wvar=(a - 1, b - 1),
        epsabs=0,
        epsrel=1e-9,
    )
    assert found == pytest.approx(integral[0] / beta(a, b), rel=1e-6)


@pytest.mark.parametrize(
    ("a", "b", "mean"),
    [
        pytest.param(1e-12, 3.0, 0.0, id="almost surely 0"),
        pytest.param(3.0, 1e-12, 1.0, id="almost surely 1"),
        pytest.param(1e-12, 3e-12, 0.25, id="either 0 or 1"),
        pytest.param(1e7, 3e7, 0.0625, id="one probability for all"),
    ],
)
def test_extreme_parameters_give_the_limits_of_the_mean(a: float, b: float, mean: float) -> None:
    found = beta_average(a, np.array([b]), lambda p, _: p**2)[0]
    assert found == pytest.approx(mean, abs=1e-6)


def test_each_average_is_over_its_own_distribution() -> None:
    """Also where there are more of them than are worked on at once."""
    b = np.tile([1.0, 2.0, 5.0], 700)
    found = beta_average(2.0, b, lambda p, part: p * b[part])
    assert found == pytest.approx(b * 2 / (2 + b))
