"""Published survival curves, and what must hold for any."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.retention import kaplan_meier
from ltvcli.stats.retention.kaplan_meier import Survival


def curve(lives: str) -> Survival:
    """Read lives as papers print them: `9+` goes on at 9."""
    words = lives.split()
    times = np.array(sorted({float(word.rstrip("+")) for word in words}))
    ended, censored = (
        np.array([[sum(w == f"{t:g}{mark}" for w in words) for t in times]], dtype=float)
        for mark in ("", "+")
    )
    return kaplan_meier.fit(times, ended, censored)


FREIREICH = curve("6 6 6 7 10 13 16 22 23 6+ 9+ 10+ 11+ 17+ 19+ 20+ 25+ 32+ 32+ 34+ 35+")
CONTROL = curve("34 32 9 19 50+ 48+")


def test_the_curve_of_freireich_is_the_published_one() -> None:
    """Freireich et al. (1963), Blood 21, as in every textbook on survival."""
    seen = FREIREICH.at(np.array([6.0, 7, 10, 13, 16, 22, 23]))[0]

    assert seen == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)


def test_the_curve_of_treated_patients_of_g3_is_the_published_one() -> None:
    """Data g3 of R's coin as lifelines tests it."""
    treated = curve("53 28+ 69+ 58+ 54+ 25 51+ 61+ 57+ 57+ 50+")

    assert treated.at(np.array([25.0, 53.0]))[0] == pytest.approx([0.909, 0.779], abs=5e-4)


def test_g3_control_with_log_log_limits() -> None:
    """Data g3 as lifelines tests it; limits as R prints them."""
    low, high = CONTROL.limits()

    assert CONTROL.survival[0, :4] == pytest.approx([5 / 6, 4 / 6, 3 / 6, 2 / 6])
    assert low[0, :4] == pytest.approx([0.2731, 0.1946, 0.1109, 0.0461], abs=5e-5)
    assert high[0, :4] == pytest.approx([0.975, 0.904, 0.804, 0.676], abs=5e-4)


def test_area_is_the_integral_of_the_steps() -> None:
    by_hand = 9 + 10 * 5 / 6 + 13 * 4 / 6 + 2 * 3 / 6 + 6 * 2 / 6

    assert CONTROL.area_by_month(40).sum() == pytest.approx(by_hand)
    assert CONTROL.area_by_month(40)[0, 8:10] == pytest.approx([1.0, 5 / 6])


def test_without_lapses_everyone_is_active_all_the_time() -> None:
    assert curve("5+ 9+").area_by_month(4).tolist() == [[1.0, 1.0, 1.0, 1.0]]


def test_nobody_at_risk_keeps_the_curve_finite() -> None:
    found = kaplan_meier.fit(np.array([1.0, 2.0]), np.array([[0.0, 0.0]]), np.array([[2.0, 0.0]]))

    assert found.survival.tolist() == [[1.0, 1.0]]
