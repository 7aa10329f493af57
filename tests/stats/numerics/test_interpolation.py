"""A smooth function computed at few places is the same in between."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ltvcli.stats.numerics.interpolation import interpolated

Floats = NDArray[np.float64]


class Counted:
    """A smooth function, two values at each place, that counts the places it was computed at."""

    def __init__(self) -> None:
        self.places = 0
        self.lowest, self.highest = np.inf, -np.inf

    def __call__(self, kind: Floats, at: Floats) -> Floats:
        self.places += len(at)
        self.lowest = min(self.lowest, at.min(initial=np.inf))
        self.highest = max(self.highest, at.max(initial=-np.inf))
        return np.array([(1 + np.exp(at)) ** -kind, kind / (kind + np.exp(-at))])


@pytest.mark.parametrize("width", [1e-9, 0.1, 2.0, 8.0])
def test_values_in_between_are_those_of_the_function(width: float) -> None:
    chance = np.random.default_rng(1)
    kind, at = chance.integers(1, 5, 4000).astype(np.float64), chance.uniform(-width, width, 4000)
    function = Counted()

    found = interpolated(function, kind, at)

    assert function.places < 4 * 200
    assert np.abs(found - Counted()(kind, at)).max() < 2e-12


def test_nothing_is_computed_beyond_the_places_of_a_kind() -> None:
    """Far beyond them a forecast may take too long."""
    at = np.concatenate([np.linspace(0, 1, 500), np.linspace(20, 21, 500)])
    function = Counted()
    interpolated(function, np.repeat([1.0, 2.0], 500), at)

    assert 0 <= function.lowest < function.highest <= 21

    first = Counted()
    interpolated(first, np.ones(500), at[:500])
    assert first.highest <= 1


@pytest.mark.parametrize(
    "at",
    [
        pytest.param([0.3, 0.1, 0.2], id="few places"),
        pytest.param([0.5] * 500, id="one place for all"),
        pytest.param([-np.inf, *[0.5] * 500], id="a place that is not finite"),
        pytest.param([], id="no place"),
    ],
)
def test_where_points_save_nothing_the_function_itself_is_computed(at: list[float]) -> None:
    places = np.array(at)
    kind = 1.0 + np.arange(len(places)) % 2

    assert interpolated(Counted(), kind, places).tolist() == Counted()(kind, places).tolist()
