"""The difference of two areas under the ROC curve, by hand and by its definition."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ltvcli.stats.inference import roc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


def test_the_difference_and_its_interval_equal_those_by_hand() -> None:
    """The one score is ahead in all pairs of the three positives, the other in two of three.

    Placements of positives differ by 1, 0, 0 (variance 1/3), those of negatives by 1/3 and 1/3.
    """
    positive = np.array([False, False, True, True, True])
    one, other = np.array([0.1, 0.2, 0.6, 0.7, 0.8]), np.array([0.3, 0.6, 0.2, 0.7, 0.9])
    found = roc.difference(one, other, positive)

    assert found is not None
    assert found.value == pytest.approx(1 / 3)
    assert found.high - found.value == pytest.approx(1.959964 / 3, abs=1e-6)


def test_against_mlstatkit() -> None:
    """Source: Delong_test of MLstatkit 0.1.91: z = 1.6719928661789905, variance 0.0183012."""
    positive = np.arange(13) > 5
    one = np.array([0.1, 0.2, 0.05, 0.3, 0.1, 0.6, 0.6, 0.7, 0.8, 0.99, 0.8, 0.67, 0.5])
    other = np.array([0.3, 0.6, 0.2, 0.1, 0.1, 0.9, 0.23, 0.7, 0.9, 0.4, 0.77, 0.3, 0.89])
    found = roc.difference(one, other, positive)

    assert found is not None
    error = (found.high - found.value) / 1.959963984540054
    assert error**2 == pytest.approx(0.018301209372637944)
    assert found.value / error == pytest.approx(1.6719928661789905)


def defined(one: Floats, other: Floats, positive: Bools) -> tuple[float, float]:
    """Return the difference and its standard error, pair by pair, as DeLong et al. write it."""

    def pairs(score: Floats) -> Floats:
        above = score[positive][:, None] - score[~positive][None, :]
        return (above > 0) + 0.5 * (above == 0)

    m, n = int(positive.sum()), int((~positive).sum())
    tables = [pairs(one), pairs(other)]
    v10 = np.array([table.mean(axis=1) for table in tables])
    v01 = np.array([table.mean(axis=0) for table in tables])
    covariance = np.cov(v10) / m + np.cov(v01) / n
    contrast = np.array([1, -1])
    error = math.sqrt(contrast @ covariance @ contrast)
    return float(tables[0].mean() - tables[1].mean()), error


@pytest.mark.parametrize("seed", range(5))
def test_auc_matches_its_definition_with_ties(seed: int) -> None:
    draw = np.random.default_rng(seed)
    positive = draw.random(80) < 0.4
    one = np.round(draw.normal(size=80) + positive, 1)
    other = np.round(0.5 * one + draw.normal(size=80), 1)
    value, error = defined(one, other, positive)
    found = roc.difference(one, other, positive)

    assert found is not None
    assert found.value == pytest.approx(value)
    assert found.high - found.value == pytest.approx(1.959964 * error, rel=1e-6)


def test_a_score_is_no_better_than_itself() -> None:
    score = np.arange(10.0)
    found = roc.difference(score, score, score > 4)

    assert found is not None
    assert (found.value, found.low, found.high) == (0, 0, 0)


def test_one_positive_has_no_variance() -> None:
    score = np.arange(4.0)
    assert roc.difference(score, -score, score > 2) is None


def test_the_interval_holds_the_difference_in_nineteen_of_twenty_draws() -> None:
    draw = np.random.default_rng(1)
    held = 0
    for _ in range(300):
        positive = draw.random(200) < 0.5
        one, other = (positive + draw.normal(scale=1.5, size=200) for _ in range(2))
        found = roc.difference(one, other, positive)
        assert found is not None
        held += found.low <= 0 <= found.high

    assert 0.92 <= held / 300 <= 0.98
