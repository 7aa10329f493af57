"""The interval of a count, against the exact one."""

from __future__ import annotations

import pytest
from scipy import stats

from ltvcli.stats.inference.poisson_interval import interval


@pytest.mark.parametrize("count", [5, 10, 30, 100, 1_000, 100_000])
def test_it_is_the_exact_one_within_a_hundredth(count: int) -> None:
    exact = (stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.ppf(0.975, 2 * count + 2) / 2)

    assert interval(count) == pytest.approx(exact, rel=0.01)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_of_few_it_is_no_narrower_than_by_a_hundredth(count: int) -> None:
    low, high = interval(count)

    assert 0 <= low <= 1.01 * stats.chi2.ppf(0.025, 2 * count) / 2 if count else low == 0
    assert high >= 0.99 * stats.chi2.ppf(0.975, 2 * count + 2) / 2
