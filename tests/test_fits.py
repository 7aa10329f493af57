"""What is computed once depends on its arguments alone."""

from __future__ import annotations

import numpy as np

from tests import fits


def test_equal_arguments_are_computed_once() -> None:
    asked: list[float] = []

    def doubled(values: np.ndarray, *, times: int = 2) -> np.ndarray:
        asked.append(float(values.sum()))
        return values * times

    once = fits.once(doubled)
    once(np.array([1.0, 2.0]))[:] = 0  # each caller has a result of its own

    assert once(np.array([1.0, 2.0])).tolist() == [2.0, 4.0]
    assert once(np.array([1.0, 3.0])).tolist() == [2.0, 6.0]
    assert once(np.array([1.0, 2.0]), times=3).tolist() == [3.0, 6.0]
    assert asked == [3.0, 4.0, 3.0]
