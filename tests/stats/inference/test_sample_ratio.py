"""Sample ratio: chi-square and exact binomial against scipy, and the published oracle."""

from __future__ import annotations

import pytest

from ltvcli.stats.inference.sample_ratio import sample_ratio

stats = pytest.importorskip("scipy.stats")


def test_hillstrom_is_as_large_as_meant() -> None:
    found = sample_ratio([21306, 21387, 21307], [1, 1, 1])

    assert round(found.chi_square, 4) == 0.2025
    assert found.p_value == pytest.approx(stats.chi2.sf(found.chi_square, 2), rel=1e-12)
    assert found.passed


@pytest.mark.parametrize(
    ("sizes", "share"), [((30, 70), 0.4), ((0, 12), 0.5), ((499, 500), 0.5), ((3, 2), 0.1)]
)
def test_few_customers_are_compared_exactly(sizes: tuple[int, int], share: float) -> None:
    expected = stats.binomtest(sizes[0], sum(sizes), share).pvalue

    assert sample_ratio(sizes, [share, 1 - share]).p_value == pytest.approx(expected, rel=1e-9)


def test_many_customers_are_compared_by_chi_square() -> None:
    expected = stats.chisquare([5200, 4800]).pvalue

    assert sample_ratio([5200, 4800], [50, 50]).p_value == pytest.approx(expected, rel=1e-9)
    assert not sample_ratio([5200, 4800], [50, 50]).passed
