from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln, polygamma, psi

from ltvcli.stats.numerics.gamma_ratio import (
    digamma_difference,
    log_gamma_ratio,
    trigamma,
    with_slopes,
)


@given(st.floats(1e-8, 1e3), st.floats(0, 1e3))
def test_agrees_with_the_functions_themselves(x: float, u: float) -> None:
    ahead = np.array(u)

    assert log_gamma_ratio(x, ahead) == pytest.approx(
        gammaln(x + u) - gammaln(x), rel=1e-11, abs=1e-11
    )
    assert digamma_difference(x, ahead) == pytest.approx(psi(x + u) - psi(x), rel=1e-9, abs=1e-13)
    assert trigamma(np.array(x)) == pytest.approx(polygamma(1, x), rel=1e-12)
    *both, bend = with_slopes(x, ahead)
    assert both == [log_gamma_ratio(x, ahead), digamma_difference(x, ahead)]
    assert bend == pytest.approx(polygamma(1, x + u) - polygamma(1, x), rel=1e-9, abs=1e-13)


@given(st.floats(1e3, 1e12), st.integers(1, 5))
def test_large_x_keeps_its_digits(x: float, u: int) -> None:
    factors = x + np.arange(u)

    assert log_gamma_ratio(x, np.array(float(u))) == pytest.approx(np.log(factors).sum(), rel=1e-14)
    assert digamma_difference(x, np.array(float(u))) == pytest.approx((1 / factors).sum(), rel=1e-9)
    assert with_slopes(x, np.array(float(u)))[2] * x == pytest.approx(
        -(x / factors**2).sum(), rel=1e-9
    )
