"""Shapley values: by hand, and the laws that define them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.stats.inference import shapley

numbers = st.lists(st.floats(-10, 10), min_size=8, max_size=8)


def test_three_factors_of_a_product_by_hand() -> None:
    """1 x 1 x 1 to 2 x 1 x 1: the first factor did it all."""
    sides = ((1.0, 1.0, 1.0), (2.0, 1.0, 1.0))

    found = shapley.contributions(
        lambda choice: np.array(np.prod([sides[new][k] for k, new in enumerate(choice)])), 3
    )

    assert found.tolist() == [1.0, 0.0, 0.0]


@given(numbers)
def test_contributions_sum_to_the_change_and_flip_when_swapped(values: list[float]) -> None:
    def value(choice: shapley.Choice) -> np.ndarray:
        return np.array(values[sum(2**k for k, new in enumerate(choice) if new)])

    found = shapley.contributions(value, 3)
    swapped = shapley.contributions(lambda choice: value(tuple(not new for new in choice)), 3)

    assert found.sum() == pytest.approx(values[7] - values[0], abs=1e-9)
    assert swapped == pytest.approx(-found, abs=1e-9)
