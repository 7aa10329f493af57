"""Slopes of a shrunken Poisson regression: by a closed form, by their gradient, by truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from ltvcli.stats.forecasts import shrunken_poisson


def test_two_groups_without_shrinkage_have_the_ratio_of_their_rates() -> None:
    """Group means 3 and 1 around a forecast of 2: half the log of the ratio per deviation."""
    numbers = np.repeat([[1.0], [-1.0]], 50, axis=0)
    counts = np.repeat([3.0, 1.0], 50)
    found = shrunken_poisson.slopes(numbers, np.full(100, 2.0), counts, 1e6)

    assert found[0] == pytest.approx(np.log(3) / 2)


def test_it_is_the_minimum_that_scipy_finds() -> None:
    draw = np.random.default_rng(3)
    numbers = draw.normal(size=(300, 4))
    expected = draw.gamma(2.0, 1.0, 300)
    counts = draw.poisson(expected * np.exp(0.4 * numbers[:, 0])).astype(np.float64)

    def loss(at: np.ndarray) -> float:  # type: ignore[type-arg]
        line = at[0] + numbers @ at[1:]
        fit = float((expected * np.exp(line)).sum() - counts @ line)
        return fit + float(at[1:] @ at[1:]) / (2 * 0.1**2)

    best = minimize(loss, np.zeros(5), method="BFGS", options={"gtol": 1e-9})
    found = shrunken_poisson.slopes(numbers, expected, counts, 0.1)

    assert found == pytest.approx(best.x[1:], abs=1e-5)


def test_smaller_deviations_shrink_more_and_0_gives_none() -> None:
    draw = np.random.default_rng(4)
    numbers = draw.normal(size=(400, 1))
    counts = draw.poisson(np.exp(0.5 * numbers[:, 0])).astype(np.float64)
    found = [shrunken_poisson.slopes(numbers, np.ones(400), counts, d)[0] for d in (0, 0.03, 0.3)]

    assert found[0] == 0 < found[1] < found[2] < 0.7


def test_factors_keep_the_sum_and_stay_within_limits() -> None:
    draw = np.random.default_rng(5)
    amounts = draw.gamma(1.0, 1.0, 200)
    factor = shrunken_poisson.factors(draw.normal(size=(200, 2)), np.array([5.0, 1.0]), amounts)

    assert amounts @ factor == pytest.approx(amounts.sum())
    assert factor.max() / factor.min() <= np.exp(3.0) + 1e-9


def test_the_deviation_follows_what_helps_other_customers() -> None:
    draw = np.random.default_rng(6)
    numbers, folds = draw.normal(size=(2000, 3)), np.arange(2000) % 2
    helped = draw.poisson(np.exp(0.5 * numbers[:, 0])).astype(np.float64)

    assert shrunken_poisson.deviation(numbers, np.ones(2000), helped, folds) >= 0.1
    noise = draw.poisson(1.0, 2000).astype(np.float64)
    assert shrunken_poisson.deviation(numbers, np.ones(2000), noise, folds) <= 0.03
