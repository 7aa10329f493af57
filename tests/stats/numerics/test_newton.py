from __future__ import annotations

import numpy as np

from ltvcli.stats.numerics.newton import maximise


def test_climbs_over_a_saddle_to_the_peak() -> None:
    # x^2 - x^4 has its low at 0 and its peaks at one over the square root of 2.
    peak, curvature = maximise(
        lambda x: float(x[0] ** 2 - x[0] ** 4),
        lambda x: (2 * x - 4 * x**3, np.array([[2 - 12 * x[0] ** 2]])),
        np.array([0.01]),
    )

    assert abs(peak[0] - np.sqrt(0.5)) < 1e-9
    assert curvature is not None


def test_a_slope_without_end_is_not_a_peak() -> None:
    _, curvature = maximise(
        lambda x: float(-np.exp(-x[0])),
        lambda x: (np.exp(-x), np.array([[-np.exp(-x[0])]])),
        np.zeros(1),
    )

    assert curvature is None


def test_level_ground_is_not_a_peak() -> None:
    _, curvature = maximise(lambda x: 0.0, lambda x: (np.zeros(1), np.zeros((1, 1))), np.zeros(1))

    assert curvature is None
