"""Fieller's interval: when it is bounded, and its coverage."""

from __future__ import annotations

import numpy as np

from ltvcli.stats.inference.fieller import relative
from ltvcli.stats.inference.welch import Sample


def test_a_base_that_may_be_0_leaves_no_ends() -> None:
    found = relative(Sample(n=9, mean=2.0, sd=1.0), Sample(n=9, mean=1.0, sd=3.0), 1.96)

    assert found is not None
    assert (found.value, found.low, found.high) == (1.0, None, None)


def test_a_base_of_0_or_less_has_no_relative_effect() -> None:
    assert relative(Sample(n=9, mean=2.0, sd=1.0), Sample(n=9, mean=0.0, sd=1.0), 1.96) is None


def test_a_base_that_is_certain_gives_the_interval_of_the_effect() -> None:
    found = relative(Sample(n=4, mean=6.0, sd=2.0), Sample(n=4, mean=4.0, sd=0.0), 2.0)

    assert found is not None
    assert (found.low, found.high) == (0.0, 1.0)


def test_95_of_100_intervals_hold_the_true_ratio() -> None:
    chance = np.random.default_rng(7)
    held = 0
    for treated, control in zip(chance.normal(6, 1, 4000), chance.normal(5, 1, 4000), strict=True):
        found = relative(
            Sample(n=100, mean=treated, sd=10.0), Sample(n=100, mean=control, sd=10.0), 1.96
        )
        assert found is not None
        low = -np.inf if found.low is None else found.low
        high = np.inf if found.high is None else found.high
        held += low <= 0.2 <= high

    assert 0.94 <= held / 4000 <= 0.96
