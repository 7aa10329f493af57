"""Tails of distributions against scipy."""

from __future__ import annotations

import pytest

from ltvcli.stats.numerics.chi_square import upper_tail
from ltvcli.stats.numerics.incomplete_beta import incomplete_beta

special = pytest.importorskip("scipy.special")


@pytest.mark.parametrize(
    ("a", "b", "x"), [(0.5, 0.5, 0.01), (3, 4, 0.7), (21_000, 0.5, 0.9999), (1e6, 0.5, 0.999999)]
)
def test_incomplete_beta(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-7)


@pytest.mark.parametrize("degrees", range(1, 9))
def test_upper_tail_of_chi_square(degrees: int) -> None:
    for value in (0.0, 0.3, 4.0, 90.0):
        expected = special.chdtrc(degrees, value)
        assert upper_tail(value, degrees) == pytest.approx(expected, rel=1e-10)
