"""The negative binomial law against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ltvcli.stats.inference import negative_binomial

CHANCE = np.random.default_rng(3)
MEAN = np.concatenate([CHANCE.gamma(0.5, 2, 300), [1e-8, 800.0]])
SPREAD = np.concatenate([CHANCE.gamma(0.5, 2, 300), [0.5, 0.3]])


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
def test_quantiles_are_those_of_scipy(probability: float) -> None:
    law = stats.nbinom(1 / SPREAD, 1 / (1 + MEAN * SPREAD))
    found = negative_binomial.quantile(probability, MEAN, SPREAD)

    assert found.tolist() == law.ppf(probability).tolist()


def test_without_spread_it_is_a_poisson_law_however_large() -> None:
    mean = np.array([0.3, 5.0, 2000.0])
    found = negative_binomial.quantile(0.9, mean, np.zeros(3))

    assert found.tolist() == stats.poisson(mean).ppf(0.9).tolist()


def test_the_probability_of_zero_equals_that_of_scipy() -> None:
    law = stats.nbinom(1 / SPREAD, 1 / (1 + MEAN * SPREAD))
    assert negative_binomial.none(MEAN, SPREAD) == pytest.approx(law.pmf(0), rel=1e-6)
