from __future__ import annotations

import pytest
from scipy import stats

from ltvcli.stats.inference import student_t


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 10, 29, 30, 98, 99])
@pytest.mark.parametrize("t", [-40.0, -3.2, -0.5, 0.0, 0.1, 1.96, 7.5, 500.0])
def test_cdf_is_the_one_of_scipy(t: float, degrees: int) -> None:
    assert student_t.cdf(t, degrees) == pytest.approx(stats.t.cdf(t, degrees), abs=1e-13)


@pytest.mark.parametrize("degrees", [1, 2, 3, 8, 62, 99])
@pytest.mark.parametrize("probability", [0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999])
def test_quantile_is_the_one_of_scipy(probability: float, degrees: int) -> None:
    expected = stats.t.ppf(probability, degrees)

    assert student_t.quantile(probability, degrees) == pytest.approx(expected, rel=1e-9, abs=1e-12)
