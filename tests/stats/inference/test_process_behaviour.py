"""Process behaviour charts: the published example and each rule."""

from __future__ import annotations

import pytest

from ltvcli.stats.inference.process_behaviour import Rule, limits, signal

SERIES = [52, 49, 51, 50, 53, 48, 51, 50]


def test_limits_of_the_worked_example() -> None:
    found = limits(SERIES)

    assert found is not None
    assert found.mean == 50.5
    assert (found.high - found.mean) / 2.66 == pytest.approx(18 / 7)
    assert (round(found.low, 2), round(found.high, 2)) == (43.66, 57.34)


@pytest.mark.parametrize(("value", "is_high"), [(36, False), (43.6, False), (57.4, True)])
def test_a_value_outside_the_limits_is_a_signal(value: float, is_high: bool) -> None:
    found = signal(SERIES, value)

    assert found is not None
    assert (found.rule, found.is_high) == (Rule.OUTSIDE, is_high)


@pytest.mark.parametrize("value", [47, 50.5, 57, 44])
def test_routine_variation_is_no_signal(value: float) -> None:
    assert signal(SERIES, value) is None


def test_fewer_than_eight_earlier_values_have_no_limits() -> None:
    assert limits(SERIES[:7]) is None
    assert signal(SERIES[:7], 1000) is None


def test_the_eighth_value_in_a_row_on_one_side_is_a_signal() -> None:
    above = [51.2] * 7
    earlier = [*([50, 47] * 8), *above]

    found = signal(earlier, 51.0)

    assert found is not None
    assert (found.rule, found.is_high) == (Rule.RUN, True)
    assert signal([*([50, 47] * 8), *above[1:]], 51.0) is None


def test_three_of_four_values_nearer_a_limit_than_the_mean_are_a_signal() -> None:
    earlier = [*([50, 51] * 10), 52.5, 50.5, 52.5]

    found = signal(earlier, 52.5)

    assert found is not None
    assert (found.rule, found.is_high) == (Rule.NEAR, True)
    assert signal(earlier, 51.6) is None  # now it is near the mean again


def test_any_movement_after_a_constant_series_is_a_signal() -> None:
    assert signal([5] * 8, 5) is None
    assert signal([5] * 8, 5.1) is not None
