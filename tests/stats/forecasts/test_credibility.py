"""Credibility of earlier errors: by their agreement, their number and chance."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.forecasts.credibility import OF_ITS_TIME, periods, shrunken_bias, weights

APART = np.array([0.0, 1.0, 2.0, 3.0])
NONE = np.zeros(4)


def test_without_a_backtest_nothing_is_corrected() -> None:
    found = shrunken_bias(np.array([]), np.array([]), np.array([]))

    assert (found.lasting, found.of_its_time) == (0.0, OF_ITS_TIME**2)


def test_errors_that_agree_are_believed_more_than_errors_that_do_not() -> None:
    agree = shrunken_bias(np.array([0.2, 0.2, 0.2, 0.2]), NONE, APART)
    differ = shrunken_bias(np.array([0.5, -0.1, 0.6, -0.2]) * 1.0, NONE, APART)

    assert 0.1 < agree.lasting < 0.2
    assert abs(differ.lasting) < 0.6 * 0.2
    assert differ.of_its_time > agree.of_its_time


def test_overlapping_periods_are_one_record_not_four() -> None:
    apart = shrunken_bias(np.full(4, 0.2), NONE, APART)
    overlapping = shrunken_bias(np.full(4, 0.2), NONE, APART / 20)

    assert overlapping.lasting < apart.lasting


def test_small_numbers_are_believed_less() -> None:
    many, few = (shrunken_bias(np.full(4, 0.2), np.full(4, chance), APART) for chance in (0.0, 0.2))

    assert few.lasting < many.lasting / 2


def test_the_newest_error_counts_most() -> None:
    newest = shrunken_bias(np.array([0.3, 0, 0, 0]), NONE, APART)
    oldest = shrunken_bias(np.array([0, 0, 0, 0.3]), NONE, APART)

    assert newest.lasting > oldest.lasting > 0


def test_the_sign_is_kept_and_a_correction_never_overshoots() -> None:
    chance = np.random.default_rng(1)
    for _ in range(200):
        errors = chance.normal(chance.normal(0, 0.3), 0.2, 4)
        mean = float(0.5**APART @ errors / (0.5**APART).sum())
        found = shrunken_bias(errors, NONE, APART).lasting

        assert 0 <= found / mean <= 1


def test_cut_offs_are_worth_as_many_periods_as_they_span() -> None:
    assert periods(np.array([0.0])) == 1
    assert periods(np.array([0.0, 0.2, 0.4])) == pytest.approx(1.4)


def test_better_records_weigh_more_but_the_best_never_all() -> None:
    errors = np.array([[0.0, 0.0], [0.2, 0.2], [1.0, 1.0]])
    found = weights(errors, np.ones(errors.shape, dtype=bool))

    assert found.sum() == pytest.approx(1)
    assert found[0] > found[1] > found[2] > 0
    assert found[0] < 0.9


def test_a_forecast_without_a_record_weighs_as_one_that_was_wrong_by_thirty_percent() -> None:
    errors = np.array([[0.3, 0.3], [0.0, 0.0]])
    known = np.array([[True, True], [False, False]])

    assert weights(errors, known).tolist() == pytest.approx([0.5, 0.5])
