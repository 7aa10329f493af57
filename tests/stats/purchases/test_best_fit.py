"""Searches over surfaces whose peaks, ridges and ends are known."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.purchases.best_fit import Levels, Limit, Objective, Peak, search

FAR = Limit("far", {1: 18.0})


def once(objective: Objective) -> Levels:
    return Levels(objective, objective, objective, objective)


def hill(at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Its peak is at 1 and -2, where it bends by 2 and 6."""
    down = at - np.array([1.0, -2.0])
    return float(-down @ (down * [1, 3])), -2 * down * [1, 3], np.diag([-2.0, -6.0])


def rising(gain: float, width: float = 1.0) -> Objective:
    """Rises by `gain` in all toward the far end of the second coordinate."""

    def value(at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        share = 1 / (1 + np.exp(-at[1] / width))
        height = -((at[0] - 1) ** 2) + gain * share
        slope = gain * share * (1 - share) / width
        bend = slope * (1 - 2 * share) / width
        return float(height), np.array([-2 * (at[0] - 1), slope]), np.diag([-2.0, bend])

    return value


def test_a_peak_is_found_with_its_covariance() -> None:
    found = search(once(hill), 50.0, [np.array([4.0, 3.0])], [FAR])
    assert found is not None
    assert found.at.tolist() == pytest.approx([1, -2])
    assert found.limits == ()
    assert found.covariance.tolist() == [
        pytest.approx([1 / 100, 0], abs=1e-6),
        pytest.approx([0, 1 / 300], abs=1e-6),
    ]


def test_a_ridge_ends_in_the_simpler_model() -> None:
    found = search(once(rising(0.5)), 100.0, [np.zeros(2)], [FAR])
    assert found is not None
    assert found.limits == (FAR,)
    assert found.at.tolist() == pytest.approx([1, 18])
    assert found.covariance[1].tolist() == [0, 0]


def test_a_ridge_that_ends_in_no_simpler_model_is_no_fit() -> None:
    assert search(once(rising(0.5)), 100.0, [np.zeros(2)], []) is None


def test_a_simpler_model_that_is_worse_is_not_taken() -> None:
    """A wide peak: the far end is lower by more than the data leaves open."""

    def wide(at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        down = at - np.array([1.0, 0.0])
        return float(-down @ (down * [1, 0.001])), -2 * down * [1, 0.001], np.diag([-2.0, -0.002])

    found = search(once(wide), 100.0, [np.zeros(2) + 3], [FAR])
    assert found is not None
    assert found.limits == ()
    assert found.at.tolist() == pytest.approx([1, 0], abs=1e-6)


def test_of_two_peaks_the_higher_one_is_found() -> None:
    def twins(at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        left, right = np.exp(-((at[0] + 3) ** 2)), 2 * np.exp(-((at[0] - 3) ** 2))
        slope = -2 * (at[0] + 3) * left - 2 * (at[0] - 3) * right
        bend = (4 * (at[0] + 3) ** 2 - 2) * left + (4 * (at[0] - 3) ** 2 - 2) * right
        return float(left + right), np.array([slope]), np.array([[bend]])

    found = search(once(twins), 1000.0, [np.array([-3.5]), np.array([3.5])], [])
    assert found is not None
    assert found.at[0] == pytest.approx(3, abs=1e-3)


def test_the_peak_is_that_of_the_whole_record_and_not_of_its_summary() -> None:
    def shifted(at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        return hill(at - 0.05)

    levels = Levels(shifted, shifted, shifted, hill)
    found = search(levels, 50.0, [np.array([4.0, 3.0])], [FAR])
    assert found is not None
    assert found.at.tolist() == pytest.approx([1, -2])
    assert np.abs(found.slope).max() < 1e-7


def test_what_is_undetermined_is_seen_in_any_direction() -> None:
    """Two coordinates of which the data shows only the difference."""
    peak = Peak(
        at=np.zeros(3),
        height=0.0,
        slope=np.zeros(3),
        information=np.array([[50.0, -50.0, 0.0], [-50.0, 50.0, 0.0], [0.0, 0.0, 9.0]]),
        settled=True,
    )
    assert peak.undetermined() == {0, 1}
