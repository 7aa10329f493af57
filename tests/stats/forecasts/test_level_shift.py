"""A change of level among weekly orders that vary by chance, trend and season."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ltvcli.stats.forecasts import level_shift

WEEKS, A_WEEK = 104, 25.0
EXPECTED = np.full(WEEKS, A_WEEK)


def orders(seed: int, level: np.ndarray | float = 1.0) -> np.ndarray:
    """Return orders of each week, the newest first, which vary as those of clumpy buyers."""
    chance = np.random.default_rng(seed)
    clumps = chance.poisson(EXPECTED * level / 1.3)
    return chance.binomial(clumps, 0.3) + clumps.astype(float)


def newest(weeks: int, factor: float) -> np.ndarray:
    return np.where(np.arange(WEEKS) < weeks, factor, 1.0)


def test_steady_orders_rarely_seem_to_have_changed() -> None:
    found = [level_shift.find(orders(seed), EXPECTED) for seed in range(200)]
    assert sum(shift is not None for shift in found) <= 6  # of 200: 3%


def test_neither_season_nor_trend_is_a_change_of_level() -> None:
    weeks = np.arange(WEEKS)
    season = 1 + 0.3 * np.cos(2 * math.pi * weeks / 52)
    growth = np.exp(-0.15 * weeks / 52)
    for level in (season, growth):
        found = [level_shift.find(orders(seed, level), EXPECTED) for seed in range(40)]
        assert sum(shift is not None for shift in found) <= 2


@pytest.mark.parametrize("factor", [0.5, 2.0], ids=["half", "double"])
def test_orders_that_halve_or_double_for_a_quarter_are_found(factor: float) -> None:
    found = [level_shift.find(orders(seed, newest(16, factor)), EXPECTED) for seed in range(40)]
    shifts = [shift for shift in found if shift]

    assert len(shifts) >= 36
    assert np.median([shift.weeks for shift in shifts]) == 16
    changes = np.exp([shift.change for shift in shifts])
    assert np.median(changes) == pytest.approx(factor, rel=0.15)


def test_a_clear_change_of_a_tenth_is_too_small_to_report() -> None:
    many = 1_000 * EXPECTED
    assert level_shift.find(many * newest(16, 0.9), many) is None


def test_a_quarter_of_a_year_shows_no_change() -> None:
    assert level_shift.find(newest(4, 0.5)[:24] * A_WEEK, EXPECTED[:24]) is None
