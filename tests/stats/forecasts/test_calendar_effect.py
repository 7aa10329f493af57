"""Season and trend are found where they exist, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.forecasts.calendar_effect import fit

WEEKS_BACK = np.arange(156)
EXPECTED = np.full(156, 100.0)


def season(week_back: np.ndarray) -> np.ndarray:
    return 1 + 0.3 * np.cos(2 * np.pi * (week_back + 0.5) / 52)


def test_a_season_comes_round() -> None:
    found = fit(EXPECTED * season(WEEKS_BACK), EXPECTED)

    assert found is not None
    ahead = season(-1.0 - np.arange(4)).mean()
    assert found.factor(np.array([1.0])) == pytest.approx(ahead, rel=0.05)
    after_half_a_year = np.zeros(7)
    after_half_a_year[6] = 1.0
    assert found.factor(after_half_a_year) == pytest.approx(0.7, rel=0.12)


def test_over_a_whole_year_a_season_evens_out() -> None:
    found = fit(EXPECTED * season(WEEKS_BACK), EXPECTED)

    assert found is not None
    assert found.factor(np.full(13, 1 / 13)) == pytest.approx(1, abs=0.02)


def test_a_trend_is_carried_on_by_half() -> None:
    growing = np.exp(-0.2 * (WEEKS_BACK + 0.5) / 52)
    found = fit(EXPECTED * growing, EXPECTED)

    assert found is not None
    assert found.trend == pytest.approx(0.2, rel=0.3)
    assert 1 < found.factor(np.full(13, 1 / 13)) < np.exp(0.2 * 2)


def test_the_level_is_left_to_the_record() -> None:
    found = fit(EXPECTED * 1.7, EXPECTED)

    assert found is not None
    assert found.factor(np.full(6, 1 / 6)) == pytest.approx(1, abs=0.01)


def test_chance_is_drawn_towards_nothing() -> None:
    few = np.random.default_rng(5).poisson(0.5, 156).astype(float)
    found = fit(few, np.full(156, 0.5))

    assert found is not None
    assert np.abs(found.season).max() < 0.15


def test_a_year_is_too_short_for_a_verdict() -> None:
    assert fit(EXPECTED[:59], EXPECTED[:59]) is None
