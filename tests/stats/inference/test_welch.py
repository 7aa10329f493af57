"""Welch's interval and test against scipy, also for degrees of freedom that are not whole."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.inference import welch
from ltvcli.stats.inference.welch import Sample

stats = pytest.importorskip("scipy.stats")


def sample(values: list[float]) -> Sample:
    return Sample(n=len(values), mean=float(np.mean(values)), sd=float(np.std(values, ddof=1)))


@pytest.mark.parametrize("size", [2, 5, 40, 3000])
def test_interval_and_p_value_are_those_of_scipy(size: int) -> None:
    chance = np.random.default_rng(size)
    treated, control = chance.gamma(2, 9, size).tolist(), chance.gamma(2, 8, size + 3).tolist()
    found = welch.difference(sample(treated), sample(control))
    expected = stats.ttest_ind(treated, control, equal_var=False)
    ends = expected.confidence_interval(0.95)

    assert found.p_value() == pytest.approx(expected.pvalue, rel=1e-9)
    assert found.value - found.half_width == pytest.approx(ends.low, rel=1e-9)
    assert found.value + found.half_width == pytest.approx(ends.high, rel=1e-9)


def test_a_test_against_another_value_is_that_of_the_shifted_difference() -> None:
    treated, control = Sample(n=50, mean=5.0, sd=2.0), Sample(n=60, mean=3.0, sd=4.0)
    shifted = welch.difference(Sample(n=50, mean=4.5, sd=2.0), control)

    assert welch.difference(treated, control).p_value(0.5) == shifted.p_value()


def test_without_any_spread_a_difference_is_certain() -> None:
    found = welch.difference(Sample(n=9, mean=2.0, sd=0.0), Sample(n=9, mean=1.0, sd=0.0))

    assert (found.half_width, found.p_value(), found.p_value(1.0)) == (0.0, 0.0, 1.0)
